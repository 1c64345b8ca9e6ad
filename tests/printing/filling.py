"""Forms filled in and looked at by another library (pypdf), as a viewer leaves them."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import NameObject, TextStringObject


def fields(paper: bytes) -> dict[str, Any]:
    """The fields of a form by their whole name; of boxes that belong together the field above them."""
    return {name: field for name, field, _ in _widgets(pypdf.PdfReader(BytesIO(paper), strict=True))}


def filled(paper: bytes, values: Mapping[str, str], password: str = "") -> bytes:
    """The form with values put in: texts, codes of lists, 'yes' for a box, the chosen one of boxes side by side.

    Nothing is drawn: whoever shows the form does.
    """
    writer, left = pypdf.PdfWriter(clone_from=BytesIO(paper)), dict(values)
    for name, field, widget in _widgets(writer):
        if name not in values:
            continue
        left.pop(name, None)
        if field["/FT"] != "/Btn":
            field[NameObject("/V")] = TextStringObject(values[name])
        elif f"/{values[name]}" in widget["/AP"]["/N"]:
            field[NameObject("/V")] = widget[NameObject("/AS")] = NameObject(f"/{values[name]}")
    assert not left, f"the form has no such fields: {left}"
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _widgets(document: pypdf.PdfReader | pypdf.PdfWriter) -> Iterator[tuple[str, Any, Any]]:
    for page in document.pages:
        annotations: Any = page.get("/Annots", [])
        for one in annotations:
            widget = one.get_object()
            field = widget if "/T" in widget else widget["/Parent"]
            name, above = str(field["/T"]), field.get("/Parent")
            while above is not None:
                name, above = f"{above['/T']}.{name}", above.get("/Parent")
            yield name, field, widget
