"""The settings of this computer as all windows share them."""

from app.settings import Settings


class _Current:
    settings: Settings | None = None


def settings() -> Settings:
    """The shared settings; read at the first call."""
    if _Current.settings is None:
        _Current.settings = Settings()
    return _Current.settings


def use_settings(chosen: Settings) -> None:
    """Share `chosen` from now on (the start of the program, tests)."""
    _Current.settings = chosen
