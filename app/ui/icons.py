"""Icons: the Phosphor font that came with qtawesome, loaded directly (importing qtawesome costs 0.25 s)."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from app.ui import theme

FONT_FILE = "phosphor-1.3.0.ttf"
# Name: code point of the regular and of the filled form. A test compares these with the font's own list of names.
NAMES: dict[str, tuple[int, int]] = {
    "arrow-clockwise": (0xf020, 0xf78a),
    "arrow-counter-clockwise": (0xf021, 0xf78b),
    "arrow-down": (0xf022, 0xf78c),
    "arrow-left": (0xf03b, 0xf7a5),
    "arrow-right": (0xf044, 0xf7ae),
    "arrow-square-out": (0xf058, 0xf7c2),
    "arrow-u-up-left": (0xf066, 0xf7d0),
    "arrow-up": (0xf061, 0xf7cb),
    "arrows-clockwise": (0xf045, 0xf7af),
    "arrows-out": (0xf04e, 0xf7b9),
    "backspace": (0xf06f, 0xf7d9),
    "bank": (0xf073, 0xf7dd),
    "barcode": (0xf075, 0xf7df),
    "bell": (0xf082, 0xf7ec),
    "book-open": (0xf097, 0xf801),
    "buildings": (0xf0a8, 0xf812),
    "cake": (0xf0aa, 0xf814),
    "calculator": (0xf0ab, 0xf815),
    "calendar": (0xf0ac, 0xf818),
    "calendar-blank": (0xf0ad, 0xf816),
    "calendar-check": (0xf0ae, 0xf817),
    "camera": (0xf0b1, 0xf81b),
    "caret-double-right": (0xf0c0, 0xf829),
    "caret-down": (0xf0c2, 0xf82b),
    "caret-left": (0xf0c3, 0xf82c),
    "caret-right": (0xf0c4, 0xf82d),
    "caret-up": (0xf0c5, 0xf82e),
    "chalkboard-teacher": (0xf0d1, 0xf83b),
    "chart-bar": (0xf0d2, 0xf83c),
    "chat-circle-dots": (0xf0dd, 0xf845),
    "chat-dots": (0xf0df, 0xf848),
    "check": (0xf0e7, 0xf852),
    "check-circle": (0xf0e8, 0xf851),
    "check-square": (0xf0ea, 0xf854),
    "circle": (0xf0ec, 0xf857),
    "clipboard-text": (0xf0f8, 0xf862),
    "clock": (0xf0f9, 0xf866),
    "clock-counter-clockwise": (0xf0fc, 0xf865),
    "columns": (0xf10e, 0xf878),
    "copy": (0xf114, 0xf87e),
    "credit-card": (0xf11a, 0xf884),
    "currency-cny": (0xf123, 0xf88d),
    "database": (0xf12d, 0xf897),
    "door": (0xf141, 0xf8ab),
    "dots-three": (0xf145, 0xf8b1),
    "dots-three-vertical": (0xf14a, 0xf8b4),
    "download": (0xf14b, 0xf8b5),
    "export": (0xf15a, 0xf8c4),
    "eye": (0xf15b, 0xf8c7),
    "eye-slash": (0xf15e, 0xf8c8),
    "file-pdf": (0xf16c, 0xf8d6),
    "file-text": (0xf170, 0xf8da),
    "files": (0xf16e, 0xf8d9),
    "first-aid": (0xf178, 0xf8e2),
    "first-aid-kit": (0xf179, 0xf8e3),
    "flask": (0xf180, 0xf8ea),
    "floppy-disk": (0xf181, 0xf8ec),
    "folder": (0xf186, 0xf8f0),
    "folder-open": (0xf18c, 0xf8f6),
    "fork-knife": (0xf193, 0xf8fd),
    "funnel": (0xf196, 0xf900),
    "gear": (0xf19b, 0xf905),
    "gift": (0xf1a5, 0xf90f),
    "globe": (0xf1af, 0xf919),
    "graduation-cap": (0xf1b6, 0xf920),
    "hard-drives": (0xf1c4, 0xf92e),
    "heart": (0xf1ca, 0xf935),
    "heartbeat": (0xf1cb, 0xf934),
    "hourglass": (0xf1d0, 0xf93a),
    "hourglass-medium": (0xf1d3, 0xf93d),
    "house": (0xf1d8, 0xf942),
    "identification-card": (0xf1dc, 0xf946),
    "image": (0xf1dd, 0xf947),
    "info": (0xf1e0, 0xf94a),
    "key": (0xf1e4, 0xf94f),
    "keyboard": (0xf1e5, 0xf94e),
    "link": (0xf1f3, 0xf95f),
    "list": (0xf1fa, 0xf966),
    "list-bullets": (0xf1fb, 0xf964),
    "lock": (0xf1ff, 0xf969),
    "lock-key": (0xf200, 0xf96a),
    "lock-open": (0xf204, 0xf96e),
    "magnifying-glass": (0xf20a, 0xf974),
    "magnifying-glass-minus": (0xf20b, 0xf975),
    "magnifying-glass-plus": (0xf20c, 0xf976),
    "map-pin": (0xf20d, 0xf977),
    "minus": (0xf21a, 0xf985),
    "money": (0xf21c, 0xf986),
    "moon": (0xf21f, 0xf989),
    "note": (0xf22a, 0xf996),
    "note-pencil": (0xf22e, 0xf998),
    "notebook": (0xf22c, 0xf995),
    "paperclip": (0xf258, 0xf9c2),
    "pen": (0xf262, 0xf9d0),
    "pen-nib": (0xf267, 0xf9d1),
    "pencil-simple": (0xf266, 0xf9cf),
    "percent": (0xf269, 0xf9d3),
    "phone": (0xf26e, 0xf9da),
    "plus": (0xf27f, 0xf9ea),
    "plus-circle": (0xf280, 0xf9e9),
    "power": (0xf284, 0xf9ee),
    "printer": (0xf288, 0xf9f2),
    "prohibit": (0xf289, 0xf9f3),
    "push-pin": (0xf28d, 0xf9f7),
    "qr-code": (0xf292, 0xf9fc),
    "question": (0xf293, 0xf9fd),
    "receipt": (0xf29a, 0xfa04),
    "shield-check": (0xf2b8, 0xfa22),
    "shield-warning": (0xf2bd, 0xfa27),
    "sign-in": (0xf2c6, 0xfa30),
    "sign-out": (0xf2c7, 0xfa31),
    "sliders-horizontal": (0xf2d0, 0xfa3a),
    "sort-ascending": (0xf2dc, 0xfa46),
    "sort-descending": (0xf2dd, 0xfa47),
    "squares-four": (0xf2f0, 0xfa5a),
    "stack": (0xf2f1, 0xfa5b),
    "star": (0xf2f3, 0xfa5d),
    "student": (0xf2fb, 0xfa65),
    "sun": (0xf2fe, 0xfa69),
    "tag": (0xf305, 0xfa70),
    "text-aa": (0xf310, 0xfa7a),
    "translate": (0xf333, 0xfa9d),
    "trash": (0xf334, 0xfa9e),
    "tray": (0xf336, 0xfaa0),
    "upload": (0xf344, 0xfaae),
    "user": (0xf346, 0xfab4),
    "user-circle": (0xf347, 0xfab0),
    "user-list": (0xf34d, 0xfab7),
    "user-plus": (0xf34f, 0xfab9),
    "users": (0xf351, 0xfabb),
    "users-three": (0xf354, 0xfabe),
    "wallet": (0xf35b, 0xfac4),
    "warning": (0xf35c, 0xfac7),
    "warning-circle": (0xf35d, 0xfac6),
    "x": (0xf36d, 0xfad8),
    "x-circle": (0xf36e, 0xfad7),
}


def icon(name: str, colour: str = "ink2", size: int = 18, *, filled: bool = False) -> QIcon:
    """Icon `name` in the colour of a theme token, for `size` design pixels. KeyError for an unknown name."""
    made = QIcon(pixmap(name, colour, size, filled=filled))
    made.addPixmap(pixmap(name, "ink3", size, filled=filled), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str = "ink2", size: int = 18, *, filled: bool = False) -> QPixmap:
    """The same as a picture of `size` design pixels, sharp on any screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, theme.css(colour), theme.px(size), ratio, filled)


def paint(painter: QPainter, name: str, colour: QColor, box: QRectF, *, filled: bool = False) -> None:
    """Draw the icon into `box` (a square) with a painter that is already open."""
    painter.save()
    painter.setPen(colour)
    painter.setFont(_font(box.height()))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chr(NAMES[name][filled]))
    painter.restore()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, pixels: int, ratio: float, filled: bool) -> QPixmap:
    made = QPixmap(round(pixels * ratio), round(pixels * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint(painter, name, QColor(colour), QRectF(0, 0, pixels, pixels), filled=filled)
    painter.end()
    return made


@lru_cache(maxsize=1)
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(font_path()))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def _font(pixels: float) -> QFont:
    made = QFont(_family())
    made.setPixelSize(max(1, round(pixels)))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font_path() -> Path:
    """Where the icon font lies: beside the program when packaged, else in the qtawesome package."""
    found = find_spec("qtawesome")  # finds the folder, imports nothing
    folder = next(iter(found.submodule_search_locations or ()), "") if found else ""
    return Path(folder) / "fonts" / FONT_FILE
