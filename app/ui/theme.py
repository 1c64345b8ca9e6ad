"""Colours, sizes, fonts and the one style sheet, all from the tokens of the design; light and dark; text size.

Windows never name a colour or a font size: they ask `colour`, `px` and `font`, and ask again when Qt tells them
`StyleChange`, which `apply` causes everywhere when theme or text size change.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.ui import style_sheet

TEXT_SIZES = (100, 115, 130, 150)
REGULAR, MEDIUM, BOLD = 400, 500, 700

LIGHT = {
    "ink": "#1B2733", "ink2": "#51606D", "ink3": "#66747F",
    "primary": "#0F6B6B", "on_primary": "#FFFFFF", "tint": "#E4F1F0", "primary_hover": "#0C5A5A",
    "canvas": "#F3F6F7", "side": "#FBFCFC", "surface": "#FFFFFF",
    "line": "#E1E7EB", "hair": "#EDF1F3", "selection": "#EAF4F3", "tick": "#8796A2",
    "accent": "#B4470F", "accent_tint": "#FDF0E6", "red": "#B3261E", "red_tint": "#FBE9E7",
    "green": "#1E6B41", "green_tint": "#E5F3EA", "amber": "#7A5200", "amber_tint": "#FFF4D6",
    "blue": "#1F5AA6", "blue_tint": "#E8F0FB",
}  # fmt: skip
DARK = {
    "ink": "#E8EDF1", "ink2": "#A9B6C0", "ink3": "#8B99A5",
    "primary": "#3FB5AC", "on_primary": "#06201F", "tint": "#17363A", "primary_hover": "#55C4BB",
    "canvas": "#12181D", "side": "#161D23", "surface": "#1A222A",
    "line": "#2C3740", "hair": "#242E36", "selection": "#1B3336", "tick": "#6C7A86",
    "accent": "#F2A068", "accent_tint": "#3A2618", "red": "#F2877F", "red_tint": "#3A1E1D",
    "green": "#79CE9B", "green_tint": "#17332A", "amber": "#EBC066", "amber_tint": "#372C14",
    "blue": "#8FB8F2", "blue_tint": "#1A2A40",
}  # fmt: skip
# Practice mode has another colour everywhere, so that nobody takes it for the real data.
PRACTICE_LIGHT = {"primary": "#7A3E9D", "primary_hover": "#68338A", "tint": "#F3EAF8", "selection": "#F6EFFA"}
PRACTICE_DARK = {
    "primary": "#C79AE3", "primary_hover": "#D5B0EC", "on_primary": "#24102F",
    "tint": "#33213F", "selection": "#2F2139",
}  # fmt: skip


class _Current:
    """What holds now; changed only by `apply` and the font loading."""

    tokens = LIGHT
    percent = 100
    dark = False
    practice = False
    families: dict[int, str] = {}  # noqa: RUF012 - one object lives, it is the state of the module
    fallbacks: list[str] = []  # noqa: RUF012 - as above
    fonts: dict[tuple[int, int], QFont] = {}  # noqa: RUF012 - as above: made once, for a list asks for every cell


def colour(token: str) -> QColor:
    """Colour of a token in the current theme. KeyError for an unknown one."""
    return QColor(_Current.tokens[token])


def css(token: str) -> str:
    """The same as `#rrggbb`."""
    return _Current.tokens[token]


def px(pixels: float) -> int:
    """Pixels of the design, scaled by the chosen text size."""
    return round(pixels * _Current.percent / 100)


def wide(pixels: float) -> int:
    """Width of a pane: grows with the text, but less, so that 150 % still fits a small screen."""
    return round(pixels * (1 + (_Current.percent - 100) / 100 * 0.55))


def is_dark() -> bool:
    """Whether the dark tokens are in use."""
    return _Current.dark


def percent() -> int:
    """Text size in per cent of the design."""
    return _Current.percent


def font(size: float = 14, weight: int = REGULAR) -> QFont:
    """The program's font in `size` design pixels; only the weights 400, 500 and 700 exist."""
    pixels = px(size)
    made = _Current.fonts.get((pixels, weight))
    if made is None:
        made = _Current.fonts[pixels, weight] = _made_font(pixels, weight)
    return QFont(made)


def _made_font(pixels: int, weight: int) -> QFont:
    made = QFont()
    family = _Current.families.get(weight) or next(iter(_Current.families.values()), "")
    made.setFamilies([name for name in (family, *_Current.fallbacks) if name])
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def load_fonts(*weights: str) -> None:
    """Load cut fonts (`regular`, `medium`, `bold`) into Qt; what is missing is left to the system's fonts."""
    numbers = {"regular": REGULAR, "medium": MEDIUM, "bold": BOLD}
    for weight in weights:
        if numbers[weight] in _Current.families:
            continue
        families = _add(weight)
        if families:
            _Current.families[numbers[weight]] = families[0]


def load_fallback_fonts() -> None:
    """Load the small fonts for characters that Noto Sans SC lacks; done after the first window is on screen."""
    if _Current.fallbacks:
        return
    for name in ("fallback-sc", "fallback-tc", "fallback-jp", "fallback-kr"):
        _Current.fallbacks.extend(_add(name)[:1])
    app = QApplication.instance()
    if isinstance(app, QApplication) and _Current.fallbacks:
        app.setFont(font())


def _add(weight: str) -> list[str]:
    path = paths.font(weight)
    if not path.is_file():
        return []
    _Current.fonts.clear()
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number) if number >= 0 else []


def apply(app: QApplication, theme: str = "system", text_percent: int = 100, *, practice: bool | None = None) -> None:
    """Use a theme (`system`, `light`, `dark`) and text size from now on, in every window that is open."""
    _Current.dark = theme == "dark" or (theme == "system" and _system_is_dark())
    _Current.percent = text_percent if text_percent in TEXT_SIZES else 100
    _Current.practice = _Current.practice if practice is None else practice
    _Current.tokens = dict(DARK if _Current.dark else LIGHT)
    if _Current.practice:
        _Current.tokens |= PRACTICE_DARK if _Current.dark else PRACTICE_LIGHT
    app.setFont(font())
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet.build(_Current.tokens, px))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    """Our own palette: the system's dark scheme is not there without a desktop."""
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, token in (
        ((role.Window,), "canvas"),
        ((role.Base, role.Button, role.ToolTipBase), "surface"),
        ((role.AlternateBase,), "side"),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), "ink"),
        ((role.PlaceholderText,), "ink3"),
        ((role.Highlight, role.Accent, role.Link), "primary"),
        ((role.HighlightedText,), "on_primary"),
        ((role.Light, role.Midlight, role.Mid, role.Dark), "line"),
    ):
        for one in roles:
            palette.setColor(one, colour(token))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, colour("ink3"))
    return palette


if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Themed(_Base):
    """Mix-in for widgets that set fonts, colours or sizes themselves: `restyle` runs again when the theme changes."""

    def changeEvent(self, event: QEvent) -> None:
        """Restyle when theme or text size changed."""
        if event.type() == QEvent.Type.StyleChange:
            self.restyle()
        super().changeEvent(event)

    def restyle(self) -> None:
        """Take fonts, colours and sizes from the theme; overridden."""
