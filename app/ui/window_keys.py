"""The keys of the frame: which the visible page answers, and which lead to a page."""

KEYS = {  # key: the method of the visible page that answers it
    "F5": "refresh",
    "F6": "hold",
    "F9": "commit",
    "Shift+F9": "commit_with_dialog",
    "Ctrl+P": "print_sheet",
    "Ctrl+Z": "undo",
    "Esc": "go_back",
    "Ctrl+Return": "finish_step",
    "Ctrl+Enter": "finish_step",
    "Ins": "add_line",
    "PgDown": "next_step",
    "PgUp": "previous_step",
}
LEADS = {  # key: the page that it leads to
    "F2": "registration", "F4": "students", "F6": "registration", "Shift+F6": "registration", "F7": "payment",
}  # fmt: skip
