"""What tables show: columns, and cells of two lines, an avatar, an icon or pills.

A model answers CELL_ROLE with a `Cell` and DisplayRole with its words.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
SIDES = {  # of words in their cell
    "left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter,
}  # fmt: skip
ALIGNMENTS = {name: int(flag | Qt.AlignmentFlag.AlignVCenter) for name, flag in SIDES.items()}  # of header cells
TICK_WIDTH = 40


@dataclass(frozen=True)
class Column:
    """A column: `key` for the page, width in design pixels; one column should stretch."""

    key: str
    title: str
    width: int = 120
    align: str = "left"
    stretch: bool = False
    sortable: bool = False
    avatar: bool = False  # its cells begin with an avatar: the title stands over their words


@dataclass(frozen=True)
class Cell:
    """What a cell shows: text and a second, smaller line; or `pills` as (text, kind); `pill` draws the text as one."""

    text: str
    second: str = ""
    tone: str = ""
    weight: int = 400
    pill: str = ""
    avatar: str = ""
    icon: str = ""
    second_tone: str = ""
    pills: tuple[tuple[str, str], ...] = ()
    tint: str = ""  # ground of the whole cell: red, amber ...; never without words that say why

    def words(self) -> str:
        """All words of the cell, for readers and for copying."""
        return " ".join(filter(None, (self.text, self.second, *(text for text, _ in self.pills))))
