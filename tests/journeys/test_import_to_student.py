"""The export of an online form through the real windows: columns, a cell corrected, import, review, student."""

from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui import state, texts, theme
from app.ui.desk import Desk
from app.ui.import_page.page import ImportPage
from app.ui.main_window import MainWindow
from app.ui.review.page import ReviewPage
from app.ui.students.page import StudentsPage
from tests import exports
from tests.conftest import Centre


def window_of(qtbot: QtBot, actor: object, centre: Centre) -> MainWindow:
    state.use_settings(Settings(centre.folder.parent / "settings.json"))
    made = MainWindow(Desk(actor, state.settings()))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.clause("P1")
@pytest.mark.clause("P2")
@pytest.mark.clause("P3")
def test_from_an_online_form_to_a_student(
    qtbot: QtBot, qapp: QApplication, centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    theme.load_fonts("regular", "medium", "bold")
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)
    families = exports.family(Random(5), 3)
    families[0]["name"] = "张琢晨"
    families[1]["mother_phone"], families[1]["father_phone"] = "139571890", "139571890"
    path = tmp_path / "问卷 2026 秋.xlsx"
    path.write_bytes(exports.workbook(exports.table("survey", families, Random(5)), above=[["2026 秋季报名"], []]))

    # the receptionist reads the file, looks at the columns, corrects a phone in its cell, and imports
    window = window_of(qtbot, centre.receptionist, centre)
    window.go("import")
    page = window.page()
    assert isinstance(page, ImportPage)
    page.take([path])
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.columns, timeout=20_000)
    page.finish_step()
    assert page.import_button.text() == "导入 3 行中的 2 行"
    page.rows.next_button.click()
    for _ in range(8):
        row = page.rows.current()
        if row is None or not row.has_error:
            break
        at = int(page.rows.table.columns[page.rows.table.currentIndex().column()].key)
        page.rows._edited(page.rows.table.currentIndex().row(), at, f"1395718904{at % 10}")
        page.rows.next_button.click()
    assert page.import_button.text() == "导入 3 行中的 3 行"
    page.commit()
    assert page.done is not None
    wanted = page.done.application_ids[0]
    page.finish_step()
    assert isinstance(window.page(), ReviewPage)
    window.hide()

    # the manager finds them in the queue with channel, file and row, and approves one
    window = window_of(qtbot, centre.manager, centre)
    window.go("review", application_id=wanted)
    queue = window.page()
    assert isinstance(queue, ReviewPage)
    assert queue.view is not None
    assert (queue.view.channel, queue.view.imported) == ("online", ("问卷 2026 秋.xlsx", 1))
    assert "问卷 2026 秋.xlsx 第 1 行" in queue.detail.facts.text()
    queue.commit()
    window.go("students", text="zzc")
    students = window.page()
    assert isinstance(students, StudentsPage)
    assert students.model.rowCount() == 1
    window.hide()
