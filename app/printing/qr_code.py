"""QR codes: the smallest version at error level M with a fixed mask, so that a code costs a fifth of a millisecond."""

from functools import lru_cache

MASK = 3
"""Any of the eight may be chosen; the best of them is not worth eight tries for a dozen digits."""


@lru_cache(maxsize=64)
def rows(text: str) -> tuple[bytes, ...]:
    """Give the squares of a code for `text`, row by row, 1 for black, without the white border."""
    from segno import encoder  # pulls in half of the network library: only when a paper is drawn

    mode = "numeric" if text.isdigit() else None
    code = encoder.encode(  # type: ignore[no-untyped-call]
        text, error="m", version=1 if len(text) <= 34 and mode else None, mode=mode, mask=MASK, boost_error=False,
        micro=False,
    )  # fmt: skip
    return tuple(bytes(row) for row in code.matrix)
