"""The paper part of the gallery: every paper in several cases, as pictures to look at beside ../shared/look.

python -m tests.gallery_papers FOLDER
"""

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2

from app.printing import (
    application_form,
    confirmation_sheet,
    marks,
    notice,
    opening_statement,
    receipt,
    recipe_sheet,
    recovery_key_sheet,
)
from app.printing.notice import NoticeFacts
from app.printing.receipt import ReceiptLine
from app.printing.recovery_key_sheet import RecoveryFacts
from app.rules.person import PickUp, Registration, Services
from tests.printing import pictures, samples

DPI = 110
AT = "2026-09-13T09:02:00"
KEY = "7F3AQ-91C2M-XK0TZ-PPWE4-00B1R-NN7HS-V2D6J-YG8QC"


def papers() -> dict[str, bytes]:
    """Draw each case; the name says which."""
    centre = replace(samples.CENTRE, logo=pictures.logo())
    sheet = confirmation_sheet.draw(samples.sheet())
    usual = receipt.draw(samples.receipt())
    alone = replace(samples.USUAL, pick_up=PickUp(goes_home_alone=True, alone_from="17:30"))
    changes = (("监护人 2 手机", "139 5718 9042", "138 0000 1234"), ("健康 过敏", "", "花生、腰果"))
    six = tuple(ReceiptLine(f"收费项目 {place}", "2026 秋季", "1 期", 104667) for place in range(1, 7))
    rare = samples.receipt(child=f"欧阳慕容{samples.RARE[0]}娜", payer=f"李{samples.RARE[1]}")
    return {
        "sheet": sheet,
        "sheet-changed": confirmation_sheet.draw(samples.sheet(version=2, changed_since=1, changes=changes)),
        "sheet-empty": confirmation_sheet.draw(samples.sheet(Registration(services=Services()), student_number="")),
        "sheet-goes-home-alone": confirmation_sheet.draw(samples.sheet(alone, photo=pictures.photo(), centre=centre)),
        "sheet-much": confirmation_sheet.draw(samples.sheet(samples.MUCH, centre=samples.LONG_CENTRE)),
        "sheet-practice": marks.laid_over(sheet, practice=True, nth=1, at=AT),
        "receipt": usual,
        "receipt-first-print": marks.laid_over(usual, nth=1, at=AT),
        "receipt-reprint": marks.laid_over(usual, nth=12, at=AT),
        "receipt-void-rare": marks.laid_over(receipt.draw(rare), nth=2, void=True, at=AT),
        "receipt-practice": marks.laid_over(usual, practice=True, nth=1, at=AT),
        "receipt-owed": receipt.draw(samples.receipt(due_fen=828000, balance_fen=200000, centre=centre)),
        "receipt-six-lines": receipt.draw(samples.receipt(lines=six, paid_fen=628002, due_fen=628002)),
        "receipt-much": receipt.draw(samples.much_receipt()),
        "form-blank": application_form.blank(samples.FORM),
        "form-fillable": application_form.fillable(samples.FORM),
        "form-practice": marks.laid_over(application_form.blank(samples.FORM), practice=True),
        "opening-statement": opening_statement.draw(samples.opening()),
        "opening-statement-much": opening_statement.draw(samples.much_opening()),
        "form-recipe": recipe_sheet.draw(samples.RECIPE),
        "recovery-key": recovery_key_sheet.draw(RecoveryFacts(KEY, samples.CENTRE, "2026-09-01T08:30:00", "周敏")),
        "privacy-notice": notice.draw(NoticeFacts(samples.CENTRE, "2026-09-01T08:30:00", "周敏")),
    }


def draw(folder: Path) -> list[Path]:
    """Draw every paper into `folder` as PDF and its pages as PNG; give the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, content in papers().items():
        (folder / f"paper-{name}.pdf").write_bytes(content)
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
        for number, page in enumerate(document, 1):
            made.append(folder / f"paper-{name}-{number}.png")
            page.render(scale=DPI / 72).to_pil().save(made[-1])
        document.close()
    return made


if __name__ == "__main__":
    for file in draw(Path(sys.argv[1])):
        print(file)
