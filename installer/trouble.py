"""What stops the set-up."""


class SetupError(Exception):
    """Set-up cannot go on; the text is what the person at the keyboard is told."""
