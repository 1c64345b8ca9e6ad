"""Taking a payment: all of it, from the right to the anchor line."""

from collections.abc import Callable
from itertools import cycle
from uuid import uuid4

from pytest_benchmark.fixture import BenchmarkFixture

from app.models.database import database
from app.process import ledger, papers, payment
from app.process.actor import Actor
from tests.benchmarks.measuring import Goal, measure

ALL_IN = Goal("payment", "take a payment: rights, ledger, number, receipt drawn and stored, log, anchor", ms=25)
VOID = Goal("payment", "void a receipt: mirror rows, what was settled is open again, log, anchor", ms=25)
LEDGER = Goal("9", "the newest 300 rows of the ledger", times=1.2)
ONE_LEDGER = Goal("9", "the ledger of one student, with the right checked and the sums", times=1.2)
LOOK = Goal("payment", "what is open of a student, as the payment window asks", ms=5)


def test_take_a_payment(
    benchmark: BenchmarkFixture, manager: Actor, size: int, append: Callable[[], None],
) -> None:  # fmt: skip
    papers.warm_up()
    students = cycle(_some_students())
    service = database.execute_sql("SELECT id FROM service ORDER BY id LIMIT 1").fetchone()[0]

    def charged() -> tuple[int]:
        student = next(students)
        ledger.charge(
            manager, student, service_id=service, unit="month", unit_fen=78_000, quantity=1, opid=uuid4().hex,
        )  # fmt: skip
        return (student,)

    measure(
        benchmark, ALL_IN, lambda student: _take(manager, student), floor=append, prepare=charged, size=size,
        floor_name="append 4 KiB and sync", rounds=60,
    )  # fmt: skip


def test_void_a_receipt(
    benchmark: BenchmarkFixture, manager: Actor, size: int, append: Callable[[], None],
) -> None:  # fmt: skip
    students = cycle(_some_students())
    measure(
        benchmark, VOID, lambda receipt: payment.void(manager, receipt, "measured", opid=uuid4().hex), floor=append,
        prepare=lambda: (_take(manager, next(students)).id,), size=size, floor_name="append 4 KiB and sync", rounds=30,
    )  # fmt: skip


def test_look_at_what_is_open(benchmark: BenchmarkFixture, manager: Actor, size: int) -> None:
    students = cycle(_some_students())
    measure(
        benchmark, LOOK, lambda student: payment.open_items(manager, student), prepare=lambda: (next(students),),
        size=size,
    )  # fmt: skip


def test_the_newest_of_the_ledger(benchmark: BenchmarkFixture, manager: Actor, size: int) -> None:
    raw = database.connection()
    statement = f"{ledger._ROWS} ORDER BY row.id DESC LIMIT 300"
    measure(
        benchmark, LEDGER, lambda: ledger.all_rows(manager), floor=lambda: raw.execute(statement).fetchall(),
        floor_name="the same raw statement", size=size, rounds=100,
    )  # fmt: skip


def test_the_ledger_of_one_student(benchmark: BenchmarkFixture, manager: Actor, size: int) -> None:
    raw, students, others = database.connection(), cycle(_some_students()), cycle(_some_students())
    statement = f"{ledger._ROWS} WHERE row.student_id = ? ORDER BY row.date, row.id"
    measure(
        benchmark, ONE_LEDGER, lambda student: ledger.page(manager, student), size=size, rounds=160,
        floor=lambda: raw.execute(statement, (next(others),)).fetchall(), floor_name="the same raw statement",
        prepare=lambda: (next(students),),
    )  # fmt: skip


def _take(actor: Actor, student: int) -> payment.Receipt:
    paid = (payment.Paid("wechat", 50_000), payment.Paid("cash", 28_000))
    return payment.take(
        actor, student_id=student, methods=paid, given_fen=30_000, payer="林晓月", relation="mother", opid=uuid4().hex,
    )  # fmt: skip


def _some_students() -> list[int]:
    rows = database.execute_sql("SELECT id FROM student WHERE state = 'enrolled' ORDER BY id DESC LIMIT 80")
    return [student for (student,) in rows]
