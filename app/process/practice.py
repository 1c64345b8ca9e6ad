"""Invented centres to practise on and to measure with (product.md P17): a data folder of its own, marked as practice.

Everybody signs in with the password `practice`. Of one seed and one day comes one centre; only its keys differ.
"""

import ctypes
import glob
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from app.errors import Refused
from app.models import bulk
from app.models.bulk import Rows
from app.models.database import database
from app.process import clock, confirmation, data_folder, founding, keys, office, papers, payment, pointer, prices
from app.process.actor import Actor
from app.process.practice_centre import book, families, waiting
from app.process.practice_centre import terms as calendar
from app.process.practice_centre.history import History, Staff
from app.process.practice_centre.student import Student, invent

PASSWORD = "practice"  # noqa: S105 - of invented people
MOST_STUDENTS = 1_000_000
SMALL = 60  # students of a centre to practise on
_CENTRE = founding.NewCentre(
    "晨光托管中心", "杭州市西湖区文三路 188 号 2 楼", "0571-88001234", practice=True,
    english_name="MORNING LIGHT CARE CENTRE",
)  # fmt: skip
_PEOPLE = (
    ("receptionist", "林小婉", ("receptionist", "class_administrator")),
    ("finance", "许建国", ("finance",)),
    ("teacher", "周敏", ("teacher",)),
)
_GRADES = "一二三四五六"
_MOST_CLASSES = 240
_PRINTER = "练习打印机"
_SYNCHRONIZE = 0x00100000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Opened:
    """A new folder with its people, services and classes, and everything else of the office in it."""

    folder: Path
    key: bytes
    staff: Staff
    services: dict[str, int]
    classes: dict[str, int]
    number_form: str
    centre: office.Centre


def fill(folder: Path, students: int, seed: int, progress: Progress | None = None) -> None:
    """Make a practice folder with an invented centre of so many students, some years of ledger, and today's work.

    It is built beside and renamed at last: killed in the middle it leaves no half centre, and what it left beside goes
    at the next call. `progress(done, 100)`.
    Raises Refused students_out_of_range(most), folder_not_empty, folder_in_use, folder_is_file,
    folder_not_writable.
    """
    if not 1 <= students <= MOST_STUDENTS:
        raise Refused("students_out_of_range", most=MOST_STUDENTS)
    if pointer.exists(folder) or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise Refused("folder_not_empty", folder=str(folder))
    tell = progress or (lambda _done, _total: None)
    _sweep(folder)
    new = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    try:
        opened = _found_centre(new, students, clock.now().date())
        tell(2, 100)
        _write_history(opened, students, seed, tell)
        _todays_work(opened)
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    finally:
        data_folder.abandon()
        shutil.rmtree(new, ignore_errors=True)
    tell(100, 100)


def _sweep(folder: Path) -> None:
    """Remove what somebody who was killed in the middle left beside this folder."""
    for left in folder.parent.glob(f"{glob.escape(folder.name)}.new-*"):
        pid = left.name.rpartition("-")[2]
        if pid.isdigit() and (int(pid) == os.getpid() or not _lives(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    """Whether a process is still there (or another one that was given its number)."""
    if sys.platform == "win32":  # there os.kill would end it
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)  # noqa: FBT003 - the system's own call
        lives = bool(handle) and kernel.WaitForSingleObject(handle, 0) != 0
        kernel.CloseHandle(handle)
        return lives
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


# the office ---------------------------------------------------------------------------------------------------------


def _found_centre(folder: Path, students: int, today: date) -> _Opened:
    """A new data folder with users, services, prices and classes, all by the use cases; closed again."""
    founding.create(folder, _CENTRE, "manager", "王丽华", PASSWORD)
    key = keys.unlock(folder, "manager", PASSWORD)
    manager = data_folder.open(folder, key, "manager")
    people = {
        login: Actor(office.add_user(manager, login, name, roles, PASSWORD), login, name)
        for login, name, roles in _PEOPLE
    }
    services = {service.name: _offer(manager, service, today) for service in calendar.SERVICES}
    classes = _classes(manager, students, people["teacher"].user_id)
    staff = Staff(manager, people["receptionist"], people["finance"])
    form, centre = office.setting("student_number_form"), office.centre()
    data_folder.close()
    return _Opened(folder, key, staff, services, classes, form, centre)


def _offer(manager: Actor, service: calendar.Offered, today: date) -> int:
    service_id = prices.save_service(manager, None, service.name, service.kind, service.session, service.hours)
    first = date(today.year - calendar.YEARS - 1, 8, 1)
    for unit, fen in service.prices:
        prices.set_price(manager, service_id, unit, fen, first.isoformat())
    for year in calendar.rises(today) if service.rise else ():
        day, unit = date(year, 8, 1), service.prices[0][0]
        prices.set_price(manager, service_id, unit, calendar.price(service, unit, day, today), day.isoformat())
    return service_id


def _classes(manager: Actor, students: int, teacher: int) -> dict[str, int]:
    """Classes of some twenty, as far as that goes: names like 三年级 2 班. The teacher has two of them."""
    count = max(6, min(_MOST_CLASSES, students // 26))
    found = {}
    for place in range(count):
        grade, number = _GRADES[place % 6], place // 6 + 1
        name = f"{grade}年级托管 {number} 班"
        room, capacity = f"{1 + place // 12 % 4}{place % 12 + 1:02d}", max(25, 5 * -(-students // count // 5) + 5)
        found[name] = office.save_class(manager, None, name, room, capacity, teacher if place in (0, 2) else None)
    return found


# the years before ---------------------------------------------------------------------------------------------------


def _write_history(opened: _Opened, students: int, seed: int, tell: Progress) -> None:
    random, now = Random(seed), clock.now()
    terms = calendar.terms(now.date())
    households = families.Families(random)
    found = invent(random, households, students, terms)
    _share_out(random, found, opened.classes)
    tell(8, 100)
    with bulk.rows(pointer.current(opened.folder), opened.key) as rows:
        past = History(rows, random, opened.staff, opened.services, opened.number_form, now.date())
        past.live(found, terms, lambda done, total: tell(8 + 72 * done // max(1, total), 100))
        desk = waiting.Desk(rows, random, households, past, opened.staff)
        desk.fill(found, opened.classes, opened.services, terms[-1], now)
        rows.write_all()
        _count_on(rows, past)
        _draw_last(rows, past, opened)
        tell(85, 100)
    tell(97, 100)


def _share_out(random: Random, found: list[Student], classes: dict[str, int]) -> None:
    """Everybody who stays gets a class of the grade."""
    by_grade: dict[str, list[str]] = {}
    for name in classes:
        by_grade.setdefault(str(_GRADES.index(name[0]) + 1), []).append(name)
    for student in found:
        grade = student.who.child.grade if student.who.child.grade in by_grade else "1"
        student.class_name = random.choice(by_grade[grade])
        student.class_id = classes[student.class_name]


def _count_on(rows: Rows, past: History) -> None:
    """Leave the counters where the numbers ended, and what was typed in the pick lists."""
    counters = past.counters | {f"receipt-{year}": no for year, no in past.book.numbers.items()}
    rows.connection.executemany("INSERT INTO counter (name, value) VALUES (?, ?)", sorted(counters.items()))
    used = [("school", name) for name in families.SCHOOLS] + [("heard_of", name) for name in families.HEARD_OF]
    used += [("form_teacher", name) for name in families.FORM_TEACHERS]
    used += [("school_class", f"（{number}）班") for number in range(1, 7)]
    sql = "INSERT INTO used_value (field, value, last_used) VALUES (?, ?, ?)"
    rows.connection.executemany(sql, [(*one, f"{clock.stamp()}.{place:06d}") for place, one in enumerate(used[::-1])])


def _draw_last(rows: Rows, past: History, opened: _Opened) -> None:
    """Draw and keep the papers of the last receipts."""
    from app.printing import receipt  # reportlab: only here
    from app.printing.paper import Centre

    one = opened.centre
    centre = Centre(one.name, one.english_name, one.address, one.phone, one.logo)
    with bulk.stored_files(pointer.current(opened.folder), opened.key) as store:
        for paper_id, printed in enumerate(past.book.last, 1):
            said = printed.said
            digest = store("receipt", receipt.draw(book.facts(printed, centre)), said["issued_at"])
            rows.connection.execute(
                "INSERT INTO paper (id, kind, number, code, student_id, sha256, made_at, made_by, log_seq)"
                " VALUES (?, 'receipt', ?, ?, ?, ?, ?, ?, ?)",
                (
                    paper_id, said["number"], said["code"], printed.student_id, digest, said["issued_at"],
                    printed.cashier_id, printed.log_seq,
                ),
            )  # fmt: skip
            rows.connection.execute("UPDATE receipt SET paper_id = ? WHERE id = ?", (paper_id, printed.receipt_id))


# today --------------------------------------------------------------------------------------------------------------


def _todays_work(opened: _Opened) -> None:
    """Some work of today by the use cases themselves: sheets drawn, some signed, two payments."""
    receptionist = data_folder.open(opened.folder, opened.key, "receptionist")
    unsigned = _ids("unsigned = 1 AND state <> 'left' ORDER BY id DESC LIMIT 6")
    signed = _ids("unsigned = 0 AND state IN ('enrolled', 'paid') ORDER BY id DESC LIMIT 4")
    for student_id in unsigned + signed:
        sheet = confirmation.make_sheet(receptionist, student_id=student_id)
        papers.record_print(receptionist, sheet.id, _PRINTER)
        if student_id in signed:
            name, relation, guardian_id = confirmation.signers(receptionist, sheet.id)[0]
            confirmation.mark_signed(
                receptionist, sheet.id, signed_on=clock.today(), signer=name, relation=relation,
                guardian_id=guardian_id,
            )  # fmt: skip
    owing = _ids("balance_fen > 0 AND state = 'enrolled' ORDER BY balance_fen, id LIMIT 2")
    for turn, student_id in enumerate(owing):
        account = payment.open_items(receptionist, student_id)
        paid = (payment.Paid("wechat", account.balance_fen),)
        relation = account.guardians[0][1]
        payment.take(
            receptionist, student_id=student_id, methods=paid, payer=account.payer, relation=relation,
            opid=f"sample-t{turn}",
        )  # fmt: skip
    data_folder.close()


def _ids(condition: str) -> list[int]:
    rows = database.execute_sql(f"SELECT id FROM student WHERE {condition}")  # noqa: S608 - of this file
    return [student_id for (student_id,) in rows]
