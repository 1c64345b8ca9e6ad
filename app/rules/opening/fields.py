"""The fields that a column of a centre's own list of students can be, beside those of a form (form_columns/fields)."""

CLASS, SERVICES, WEEKDAYS = "opening.class", "opening.services", "opening.weekdays"
PAID_UNTIL, DAYS_LEFT, MEALS_LEFT = "opening.paid_until", "opening.days_left", "opening.meals_left"
BALANCE, DEBT, CREDIT = "opening.balance", "opening.debt", "opening.credit"
OLD_NUMBER, NOTE = "opening.old_number", "opening.note"

OPENING = (
    CLASS, SERVICES, WEEKDAYS, PAID_UNTIL, DAYS_LEFT, MEALS_LEFT, BALANCE, DEBT, CREDIT, OLD_NUMBER, NOTE,
)  # fmt: skip
"""In the order of the page. Of a balance plus is the family's money; of a debt and a credit the words say whose."""

OPENING_JOINED = frozenset({SERVICES, NOTE})
"""Those that several columns may fill together (a column for each service, several remarks)."""
