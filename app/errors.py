"""The two kinds of trouble that a person at the counter may be told about. Everything else is a bug."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """Something that may be told in one sentence that says what to do.

    `code` names the sentence (app/ui/sentences), `values` fill its gaps. The text of the exception is the code alone,
    so that no personal value can get into a report.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        """Remember the code and the values for the sentence."""
        super().__init__(code)
        self.code = code
        self.values = values


class Damaged(Exception):  # noqa: N818 - as above
    """A file of the data folder that cannot be used; `code` names the sentence, `values` fill its gaps."""

    def __init__(self, code: str, /, **values: object) -> None:
        """Remember the code and the values for the sentence."""
        super().__init__(code)
        self.code = code
        self.values = values
