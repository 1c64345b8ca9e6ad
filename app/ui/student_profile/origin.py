"""Where a file comes from: brothers and sisters, who keyed, approved and entered it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process.student_file import Profile
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.text import Text
from app.ui.words import STUDENT_STATE, word


class Origin(QWidget):
    """Two lines at the end of the file."""

    def __init__(self) -> None:
        """Of nobody yet."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        self.family = Text("", "secondary", wrap=True)
        self.entered = Text("", "caption", wrap=True)
        column.addWidget(self.family)
        column.addWidget(self.entered)

    def show_profile(self, found: Profile) -> None:
        """Show those of a student."""
        names = tr("、").join(
            f"{one.name}（{one.class_name or word(STUDENT_STATE, one.state)}）" for one in found.siblings
        )
        self.family.setText(tr("兄弟姐妹：{names}", names=names) if names else "")
        self.entered.setText(
            tr(
                "{day} 录入　登记 {keyed}　审核 {approved}　录入 {entered}",
                day=found.entered_on,
                keyed=found.keyed_by or "—",
                approved=found.approved_by or "—",
                entered=found.entered_by,
            ),
        )
