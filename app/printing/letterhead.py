"""Head and foot of A4 papers: the centre at the left, the paper's title at the right, pages and makers below."""

from app.printing import blocks, words
from app.printing.fitting import fit_box, middle
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import CENTRE, INK, INK2, INK3, LINE, PRIMARY, RIGHT, Centre, Paper
from app.printing.sheet_parts import LEFT_EDGE, RIGHT_EDGE

FOOT = 285.4
_NAME, _ROOM = LEFT_EDGE + 16.6, 88.0


def head(paper: Paper, centre: Centre, title: str, english: str, under: str, code: str = "") -> None:
    """The centre's mark, name and address; the title with `under` below it; a QR code of `code` if there is one."""
    blocks.logo(paper, centre, LEFT_EDGE, 14, 13)
    name = fit_box(centre.name, _ROOM, 7, 15, BOLD, 0.7)
    paper.lines(_NAME, middle(name, 13.1, 7), name)
    latin = fit_box(centre.english_name.upper(), _ROOM * 0.9, 3.6, 6.6, REGULAR, 0.8)
    paper.lines(_NAME, middle(latin, 20, 3.6), latin, INK3, spacing=0.25)
    reach = "　".join(part for part in (centre.address, f"电话 {centre.phone}" if centre.phone else "") if part)
    address = fit_box(reach, _ROOM, 4.4, 7)
    paper.lines(_NAME, middle(address, 23.6, 4.4), address, INK2)
    right = RIGHT_EDGE - 20.4 if code else RIGHT_EDGE
    paper.text(right, 18.9, title, 18.5, BOLD, PRIMARY, RIGHT)
    paper.text(right, 22.9, english, 6.6, REGULAR, INK3, RIGHT, 0.25)
    paper.lines(right, 26.7, fit_box(under, 52, 4, 8.2, MEDIUM, 0.5), INK2, RIGHT)
    if code:
        blocks.code(paper, code, RIGHT_EDGE - 15, 12.4, 15)


def foot(paper: Paper, copies: str, number: int, of: int, made_at: str, clerk: str) -> None:
    """Copies, page, when and by whom it was made; right of them is room for what a printing adds (`marks`)."""
    paper.line(LEFT_EDGE, 281.6, RIGHT_EDGE, 281.6, 0.6, LINE)
    paper.lines(LEFT_EDGE, FOOT, fit_box(copies, 46, 4, 6.8), INK3)
    paper.text(75, FOOT, f"第 {number} 页 / 共 {of} 页", 6.8, REGULAR, INK, CENTRE)
    made = fit_box(f"制表 {words.minute(made_at)}" + (f"　经办 {clerk}" if clerk else ""), 56, 4, 6.8)
    paper.lines(90, FOOT, made, INK3)
