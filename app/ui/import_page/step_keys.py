"""The keys of each step, for the status bar and the help sheet."""

from app.ui.texts import tr

ROWS, COLUMNS, HEADER, DONE = "rows", "columns", "header", "done"


def step_keys(step: str) -> list[tuple[str, str]]:
    """Keys with what they do; without a step those of the beginning."""
    if step == ROWS:
        return [
            ("F2", tr("改这一格")), ("Space", tr("导入 / 不导入")), ("Alt+↓", tr("下一处问题")),
            ("F9", tr("导入报名")),
        ]  # fmt: skip
    if step == COLUMNS:
        return [("Ctrl+Enter", tr("看各行")), ("Esc", tr("换一个文件"))]
    if step == HEADER:
        return [("↑ ↓", tr("选一行")), ("Ctrl+Enter", tr("这一行是表头")), ("Esc", tr("换一个文件"))]
    if step == DONE:
        return [("Ctrl+Enter", tr("去审核")), ("Alt+N", tr("再导入一份"))]
    return [("Alt+O", tr("选文件")), ("Alt+D", tr("选文件夹"))]
