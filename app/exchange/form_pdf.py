"""Application forms that were filled in on a screen: the bytes of a PDF in, its fields and their texts out.

The file is a stranger's, so this runs in a child process with limits (process/apart.py, reliability.md 2.10): PDFium,
which does the reading, may be brought down by it. A box that is ticked gives what the form calls it (`yes`, `given`),
a list its words; what is empty is left out.
"""

import ctypes
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import Refused

MOST_BYTES = 20_000_000
MOST_PAGES, MOST_FIELDS = 40, 2_000
LONGEST = 32_767  # characters of a field; of a cell in a workbook too
SURE = "child.name"
"""The field by which a form of ours is known, in every layout."""

_TEXTS, _BOXES = (4, 5, 6), (2, 3)  # FPDF_FORMFIELD_COMBOBOX, LISTBOX, TEXTFIELD; CHECKBOX, RADIOBUTTON
_NO_FORM, _XFA = 0, (2, 3)  # FORMTYPE_NONE; FORMTYPE_XFA_FULL, XFA_FOREGROUND
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True)
class FormFile:
    """A file that was looked at: its fields, or the code of the refusal (with its values) that it met."""

    name: str
    sha256: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    of: dict[str, object] = field(default_factory=dict)


def read_files(paths: Sequence[str]) -> tuple[FormFile, ...]:
    """Look at files one after another; what is wrong with one of them stops no other."""
    return tuple(read_file(path) for path in paths)


def read_file(path: str) -> FormFile:
    """Look at one file."""
    name = Path(path).name
    try:
        content = _bytes(Path(path))
        return FormFile(name, hashlib.sha256(content).hexdigest(), read(content))
    except Refused as refused:
        return FormFile(name, trouble=refused.code, of=dict(refused.values))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused("form_file_gone") from error


def is_pdf(content: bytes) -> bool:
    """Tell by the content whether a file is a PDF."""
    return b"%PDF-" in content[:1024]


def read(content: bytes) -> dict[str, str]:
    """Give the filled fields of a form of ours by name.

    Raises Refused form_file_too_big, form_file_no_pdf, form_file_damaged, form_file_locked, form_file_xfa,
    form_file_without_fields (printed, scanned or flattened), form_file_of_others, form_file_not_filled.
    """
    if len(content) > MOST_BYTES:
        raise Refused("form_file_too_big", megabytes=MOST_BYTES // 1_000_000)
    if not is_pdf(content):
        raise Refused("form_file_no_pdf")
    found: dict[str, str] = {}
    names, doubtful = set(), set()
    for name, text in _document(content):
        names.add(name)
        if text and found.setdefault(name, text) != text:
            doubtful.add(name)  # 同意 and 不同意 both ticked: neither counts
    if SURE not in names:
        raise Refused("form_file_of_others" if names else "form_file_without_fields")
    if not any(not name.startswith("form.") for name in found):
        raise Refused("form_file_not_filled")
    return {name: text for name, text in found.items() if name not in doubtful}


def _document(content: bytes) -> Iterator[tuple[str, str]]:
    import pypdfium2  # only in the child

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise Refused("form_file_locked" if locked else "form_file_damaged") from error
    try:
        kind = document.get_formtype()
        if kind in _XFA:
            raise Refused("form_file_xfa")
        if kind == _NO_FORM:
            raise Refused("form_file_without_fields")
        if len(document) > MOST_PAGES:
            raise Refused("form_file_of_others")
        document.init_forms()
        yield from _pages(document)
    except pypdfium2.PdfiumError as error:
        raise Refused("form_file_damaged") from error
    finally:
        document.close()


def _pages(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - pypdfium2 comes without types
    from pypdfium2 import raw

    seen = 0
    for page in document:
        for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            seen += 1
            if seen > MOST_FIELDS:
                raise Refused("form_file_of_others")
            one = raw.FPDFPage_GetAnnot(page.raw, place)
            if one:
                yield from _field(raw, document.formenv.raw, one)
                raw.FPDFPage_CloseAnnot(one)
        page.close()


def _field(raw: Any, form: Any, one: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as above
    kind = raw.FPDFAnnot_GetFormFieldType(form, one)
    if kind in _TEXTS:
        value = _text(raw.FPDFAnnot_GetFormFieldValue, form, one)
    elif kind in _BOXES:
        ticked = raw.FPDFAnnot_IsChecked(form, one)
        value = _text(raw.FPDFAnnot_GetFormFieldExportValue, form, one) if ticked else ""
    else:
        return
    yield _text(raw.FPDFAnnot_GetFormFieldName, form, one), value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(ask: Callable[..., int], form: Any, one: Any) -> str:  # noqa: ANN401 - as above
    """What one of PDFium's questions answers: first its length in bytes, then UTF-16 with a zero at the end."""
    size = ask(form, one, None, 0)
    if size > 2 * LONGEST + 2:
        raise Refused("form_file_damaged")
    room = ctypes.create_string_buffer(size)
    ask(form, one, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
