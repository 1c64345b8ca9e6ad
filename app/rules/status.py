"""The names of the states of an application and of a student, and what may follow what."""

APPLICATION_STATES = ("submitted", "returned", "approved", "withdrawn")
"""待审核, 退回修改, 已通过, 已撤回. A draft is no application yet."""

STUDENT_STATES = ("entered", "paid", "enrolled", "suspended", "left", "archived")
"""已录入, 已缴费, 在托, 暂停, 退托, 归档 (product.md P3, P6, P7, P9)."""

ACTIVE = ("entered", "paid", "enrolled")
"""Who comes, or is about to."""

AT_THE_CENTRE = (*ACTIVE, "suspended")
"""Who has a place, be it that nobody sits there just now."""

GONE = ("left", "archived")
"""Who left; a former student may come back under the same number."""

APPLICATION_STEPS: dict[str, frozenset[str]] = {
    "submitted": frozenset({"returned", "approved", "withdrawn"}),
    "returned": frozenset({"submitted", "withdrawn"}),
    "approved": frozenset(),
    "withdrawn": frozenset(),
}

STUDENT_STEPS: dict[str, frozenset[str]] = {
    "entered": frozenset({"paid", "left"}),
    "paid": frozenset({"entered", "enrolled", "left"}),
    "enrolled": frozenset({"suspended", "left"}),
    "suspended": frozenset({"enrolled", "left"}),
    "left": frozenset({"entered", "archived"}),
    "archived": frozenset({"entered"}),
}


def application_may_become(state: str, following: str) -> bool:
    """Tell whether an application in `state` may step to `following`."""
    return following in APPLICATION_STEPS[state]


def student_may_become(state: str, following: str) -> bool:
    """Tell whether a student in `state` may step to `following`."""
    return following in STUDENT_STEPS[state]


def by_money(state: str, *, due_fen: int) -> str:
    """Give the state that the ledger makes of a student: entered becomes paid when nothing is due for entry (P6).

    It goes back when a payment is voided. `due_fen` is what is still open of what was charged for entry, less credit.
    Every other state stays: money does not enrol or suspend anybody.
    """
    if state in {"entered", "paid"}:
        return "paid" if due_fen <= 0 else "entered"
    return state
