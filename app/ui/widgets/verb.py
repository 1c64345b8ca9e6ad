"""A verb on a button of a strip or dialog."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """`key` comes back when it is pressed; `kind` as of Button; `shortcut` is shown on the button and bound."""

    key: str
    text: str
    kind: str = "secondary"
    shortcut: str = ""
