"""The look: tokens with enough contrast, text sizes, icons by name, both languages, this computer's file."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.errors import Damaged, Refused
from app.rules import phones
from app.settings import Settings
from app.ui import icons, texts, theme
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.widgets.pill import KeyCap, Pill
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

TEXT_ON = [
    ("ink", "surface"), ("ink2", "surface"), ("ink3", "surface"), ("ink2", "canvas"), ("primary", "surface"),
    ("on_primary", "primary"), ("primary", "tint"), ("ink", "selection"),
    *((token, f"{token}_tint") for token in ("accent", "red", "green", "amber", "blue")),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours."""
    lights = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_what_it_stands_on(qapp: QApplication, name: str, practice: bool) -> None:
    theme.apply(qapp, name, 100, practice=practice)
    faint = {(ink, ground): round(contrast(theme.css(ink), theme.css(ground)), 1) for ink, ground in TEXT_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


def test_a_theme_and_a_text_size_reach_windows_that_are_open(qtbot: QtBot, qapp: QApplication) -> None:
    label, button = Text("应收合计", "name"), Button("收费", key="F7", bind=False)
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    ink, height = label.palette().windowText().color().name(), button.height()
    theme.apply(qapp, "dark", 150)
    assert label.palette().windowText().color().name() != ink
    assert label.font().pixelSize() == 21
    assert button.height() == height * 3 // 2


def test_three_weights_of_our_own_font_are_there(qapp: QApplication) -> None:
    for weight in (theme.REGULAR, theme.MEDIUM, theme.BOLD):
        shown = QFontInfo(theme.font(14, weight))  # no exact match once fallback fonts stand behind it
        assert (shown.family(), shown.weight(), shown.pixelSize()) == ("Antuo Sans", weight, theme.px(14))


def test_figures_stand_in_columns(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font(14))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def test_icons_have_the_code_points_of_the_font() -> None:
    found = find_spec("qtawesome")
    assert found is not None
    folder = Path(next(iter(found.submodule_search_locations or ()))) / "fonts"
    listed = json.loads((folder / "phosphor-charmap-1.3.0.json").read_text())
    wrong = {
        name: points
        for name, points in icons.NAMES.items()
        if points != (int(listed[name], 16), int(listed[f"{name}-fill"], 16))
    }
    assert wrong == {}


def test_every_icon_that_is_named_in_the_windows_is_known() -> None:
    pattern = re.compile(r"""(?:icon=|IconLabel\(|IconButton\(|MenuButton\()["']([a-z-]+)["']""")
    named: set[str] = set()
    for path in (paths.PROGRAM / "app" / "ui").rglob("*.py"):
        named |= set(pattern.findall(path.read_text(encoding="utf-8")))
    assert named
    assert named - set(icons.NAMES) == set()


def test_an_icon_is_drawn_in_its_colour(qapp: QApplication) -> None:
    image = icons.pixmap("check", "red", 24).toImage()
    strongest = max((image.pixelColor(x, y) for x in range(24) for y in range(24)), key=QColor.alpha)
    assert strongest.alpha() > 200
    assert abs(strongest.red() - theme.colour("red").red()) < 8


# words ---------------------------------------------------------------------------------------------------------------


def test_words_come_in_the_language_that_was_chosen() -> None:
    texts.use_language("en")
    assert texts.tr("取消") == "Cancel"
    assert texts.tr("没有这样的话 {n}", n=3) == "没有这样的话 3"
    texts.use_language("zh")
    assert texts.tr("取消") == "取消"


def test_money_phones_and_dates_are_written_as_people_do() -> None:
    assert [texts.money_text(fen) for fen in (0, 5, 128_000, -48_000)] == ["0.00", "0.05", "1,280.00", "\u2212480.00"]
    assert texts.money_text(100, plus=True) == "+1.00"
    assert phones.show("13805712236") == "138 0571 2236"
    assert texts.date_text("2026-09-12") == "2026 年 9 月 12 日"
    texts.use_language("en")
    assert texts.date_text("2026-09-12") == "12 Sep 2026"


def test_a_refusal_becomes_a_sentence_with_its_values() -> None:
    assert "8" in texts.sentence(Refused("password_short", least=8))
    assert "data.db" in texts.sentence(Damaged("data_file_missing", name="data.db"))
    assert "never_heard_of" in texts.sentence(Refused("never_heard_of"))


# this computer -------------------------------------------------------------------------------------------------------


def test_settings_of_this_computer_are_there_again_after_the_next_start(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "deep" / "settings.json")
    settings.set("theme", "dark")
    settings.set_printer("receipt", printer="EPSON L8050", copies=2)
    settings.use("relation", "mother")
    settings.use("relation", "father")
    settings.use("relation", "mother")
    again = Settings(tmp_path / "deep" / "settings.json")
    assert again.text("theme") == "dark"
    assert again.printer("receipt") == {"printer": "EPSON L8050", "copies": 2}
    assert again.recent("relation") == ["mother", "father"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"theme": 5, "printers": []}'])
def test_a_settings_file_that_cannot_be_used_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    settings = Settings(tmp_path / "settings.json")
    assert settings.text("theme") == "system"
    assert settings.printer("sheet") == {}


# small parts ---------------------------------------------------------------------------------------------------------


def test_typed_text_is_never_taken_for_html(qtbot: QtBot) -> None:
    label = Text("<b>王</b> & 李")
    qtbot.addWidget(label)
    assert label.text() == "<b>王</b> & 李"
    assert label.textFormat().name == "PlainText"


def test_the_key_on_a_button_presses_it_but_never_by_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button("完成", key="Ctrl+Enter", parent=window)
    assert (button.isDefault(), button.autoDefault()) == (False, False)
    assert button._shortcut is not None
    assert len(button._shortcut.keys()) == 2  # Enter and the one of the keypad
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    window.show()
    button._by_key()
    button.set_busy(True)
    button._by_key()
    assert pressed == [True]


def test_a_strip_is_hidden_while_it_has_nothing_to_say(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    strip = Strip("amber", verbs=[Verb("same", "同一家庭"), Verb("other", "不是")], parent=window)
    assert strip.isHidden()
    strip.set("手机已登记为 张子晨 的父亲", "可能是兄弟姐妹")
    assert not strip.isHidden()
    with qtbot.waitSignal(strip.pressed) as heard:
        strip.buttons["same"].click()
    assert heard.args == ["same"]


def test_pills_caps_and_avatars_say_their_words_to_readers(qtbot: QtBot) -> None:
    pill, cap, avatar = Pill("欠费", "red"), KeyCap("F7"), Avatar("张珞晨")
    for widget in (pill, cap, avatar):
        qtbot.addWidget(widget)
    assert pill.accessibleName() == "欠费"
    pill.set("在托", "green")
    assert (pill.accessibleName(), pill.text()) == ("在托", "在托")
    QApplication.sendEvent(avatar, QEvent(QEvent.Type.StyleChange))
    assert avatar.width() == theme.px(30)
