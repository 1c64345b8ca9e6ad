"""Rights and roles: the names, and the table right x role that a new centre starts with (product.md, The people)."""

ROLES = ("receptionist", "class_administrator", "teacher", "finance", "manager")

RIGHTS = (
    "register",  # fill in and submit applications, print confirmation sheets
    "import_applications",  # take in the export of a form service
    "review",  # approve or send back applications of others
    "sign",  # mark a confirmation sheet as signed
    "see_students",  # the student list and profile
    "see_identity",  # identity numbers in full on the screen
    "see_health",  # allergies, conditions, medication
    "change_students",  # correct a student's data
    "take_payment",
    "void_receipt",
    "charge",  # add charges and discounts by hand
    "see_ledger",
    "edit_prices",
    "export",  # write personal data to a file outside
    "manage_users",
    "manage_centre",  # settings, texts, classes
    "see_log",
    "backup",
    "restore",
    "merge_students",  # make one of two records of the same child
    "take_over",  # take over the current children from the centre's own list
)

_RECEPTIONIST = frozenset({
    "register", "import_applications", "sign", "see_students", "see_identity", "see_health", "change_students",
    "take_payment", "see_ledger",
})  # fmt: skip

DEFAULT_GRANTS: dict[str, frozenset[str]] = {
    "receptionist": _RECEPTIONIST,
    "class_administrator": frozenset({
        "register", "import_applications", "review", "sign", "see_students", "see_identity", "see_health",
        "change_students",
    }),
    "teacher": frozenset({"see_students", "see_health"}),
    "finance": frozenset({
        "see_students", "take_payment", "void_receipt", "charge", "see_ledger", "edit_prices", "export",
    }),
    "manager": frozenset(RIGHTS),
}  # fmt: skip
