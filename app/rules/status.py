"""The names of the states of an application and of a student, and what may follow what."""

APPLICATION_STATES = (
    "submitted", "needs_information", "returned", "waiting_list", "approved", "rejected", "withdrawn",
)  # fmt: skip
"""待审核, 等家长答复, 退回修改, 候补, 已通过, 未通过, 已撤回. A draft is no application yet."""

OPEN = ("submitted", "needs_information", "returned", "waiting_list")
"""Applications on which nothing is decided yet."""

STUDENT_STATES = ("entered", "paid", "enrolled", "suspended", "left", "archived", "merged")
"""已录入, 已缴费, 在托, 暂停, 退托, 归档 (product.md P3, P6, P7, P9), 已并入: the second record of a child."""

ACTIVE = ("entered", "paid", "enrolled")
"""Who comes, or is about to."""

AT_THE_CENTRE = (*ACTIVE, "suspended")
"""Who has a place, be it that nobody sits there just now."""

GONE = ("left", "archived")
"""Who left; a former student may come back under the same number."""

NOT_HERE = (*GONE, "merged")
"""Who left, and records that went into another one."""

APPLICATION_STEPS: dict[str, frozenset[str]] = {
    "submitted": frozenset({"needs_information", "returned", "waiting_list", "approved", "rejected", "withdrawn"}),
    "needs_information": frozenset({"submitted", "returned", "waiting_list", "rejected", "withdrawn"}),
    "returned": frozenset({"submitted", "rejected", "withdrawn"}),
    "waiting_list": frozenset({"submitted", "rejected", "withdrawn"}),
    "approved": frozenset(),
    "rejected": frozenset(),
    "withdrawn": frozenset(),
}

STUDENT_STEPS: dict[str, frozenset[str]] = {
    "entered": frozenset({"paid", "left", "merged"}),
    "paid": frozenset({"entered", "enrolled", "left", "merged"}),
    "enrolled": frozenset({"suspended", "left", "merged"}),
    "suspended": frozenset({"enrolled", "left", "merged"}),
    "left": frozenset({"entered", "archived", "merged"}),
    "archived": frozenset({"entered", "merged"}),
    "merged": frozenset(),
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
