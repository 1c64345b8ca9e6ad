"""Drawing papers beside a raw canvas that writes the same words, lines and boxes; codes."""

import base64
import pickle
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import count
from statistics import median
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from app.printing import confirmation_sheet, fonts, qr_code, receipt
from app.printing.paper import A4, A5_LANDSCAPE, Paper
from tests.benchmarks import samples
from tests.benchmarks.measuring import Goal, measure, note
from tests.printing import samples as facts

FIRST = Goal("11", "the first receipt of a session, with reading in what it needs", ms=120)
WARM = Goal("11", "the first receipt of a session after the idle time's reading in", ms=120)
LATER = Goal("11", "a receipt", times=1.5)
SHEET = Goal("11", "a confirmation sheet", times=1.5)
MANY = Goal("12", "500 receipts", times=1.2)
CODE = Goal("18", "a QR code", ms=1)
RAW = "raw reportlab canvas, same drawing"
_MM = 72 / 25.4
_FIRST = """
import base64, pickle, sys
from time import perf_counter
from app.process import papers
if sys.argv[1] == "warm":
    papers.warm_up()
began = perf_counter()
facts = pickle.loads(base64.b64decode(sys.argv[2]))
from app.printing import receipt
receipt.draw(facts)
print((perf_counter() - began) * 1000)
"""


@pytest.mark.parametrize(("goal", "before"), [(FIRST, "cold"), (WARM, "warm")])
def test_first_receipt(benchmark: BenchmarkFixture, goal: Goal, before: str) -> None:
    packed = base64.b64encode(pickle.dumps(facts.receipt())).decode()
    command = [sys.executable, "-c", _FIRST, before, packed]
    took = [
        float(subprocess.run(command, cwd=samples.PROJECT, capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, goal, value=median(took), unit="ms")


def test_receipt(benchmark: BenchmarkFixture) -> None:
    turn = count()
    raw = recorded(lambda: receipt.draw(facts.receipt()), A5_LANDSCAPE)
    measure(
        benchmark, LATER, lambda number: receipt.draw(facts.receipt(number=number)), floor=raw, floor_name=RAW,
        prepare=lambda: (f"SJ-2026-{next(turn):06d}",),
    )  # fmt: skip


def test_sheet(benchmark: BenchmarkFixture) -> None:
    raw = recorded(lambda: confirmation_sheet.draw(facts.sheet()), A4)
    measure(benchmark, SHEET, lambda: confirmation_sheet.draw(facts.sheet()), floor=raw, floor_name=RAW)


def test_many_receipts(benchmark: BenchmarkFixture) -> None:
    raw = recorded(lambda: receipt.draw(facts.receipt()), A5_LANDSCAPE)
    many = [facts.receipt(number=f"SJ-2026-{number:06d}") for number in range(1, 501)]

    def all_raw() -> None:
        for _ in many:
            raw()

    measure(
        benchmark, MANY, lambda: [receipt.draw(one) for one in many], floor=all_raw, floor_name=RAW, rounds=3,
    )  # fmt: skip


def test_code(benchmark: BenchmarkFixture) -> None:
    turn = count(1)

    def draw(text: str) -> None:
        qr_code.rows(text)

    measure(benchmark, CODE, draw, prepare=lambda: (f"22026{next(turn):06d}7",), rounds=200)


def recorded(draw: Callable[[], object], size: tuple[float, float]) -> Callable[[], bytes]:
    """Draw once and note what is drawn; the result draws the same with a raw canvas, without any of our code."""
    fonts.register()
    texts: list[tuple[float, float, str, str, float]] = []
    shapes: list[tuple[Any, ...]] = []
    patch = pytest.MonkeyPatch()
    for name, note_down in (
        ("text", lambda x, y, text, size, weight=fonts.REGULAR, *_, **__: texts.append((x, y, text, weight, size))),
        ("line", lambda x0, y0, x1, y1, *_, **__: shapes.append(("line", x0, y0, x1, y1))),
        ("box", lambda x, y, width, height, **_: shapes.append(("rect", x, y + height, width, height))),
    ):
        patch.setattr(Paper, name, _beside(getattr(Paper, name), note_down))
    try:
        draw()
    finally:
        patch.undo()
    return lambda: _raw(size, texts, shapes)


def _beside(real: Callable[..., object], note_down: Callable[..., object]) -> Callable[..., object]:
    def both(self: Paper, *args: Any, **kwargs: Any) -> object:
        note_down(*args, **kwargs)
        return real(self, *args, **kwargs)

    return both


def _raw(
    size: tuple[float, float], texts: list[tuple[float, float, str, str, float]], shapes: list[tuple[Any, ...]],
) -> bytes:  # fmt: skip
    out = BytesIO()
    first = fonts.name_of(fonts.REGULAR)
    canvas = Canvas(out, (size[0] * _MM, size[1] * _MM), pageCompression=1, invariant=1, initialFontName=first)
    height = size[1]
    for kind, x, y, a, b in shapes:
        if kind == "line":
            canvas.line(x * _MM, (height - y) * _MM, a * _MM, (height - b) * _MM)
        else:
            canvas.rect(x * _MM, (height - y) * _MM, a * _MM, b * _MM)
    for x, y, text, weight, points in texts:
        canvas.setFont(fonts.name_of(weight), points)
        canvas.drawString(x * _MM, (height - y) * _MM, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
