"""What must be true of the money in any copy of the data: balances, receipts, mirror rows, what was settled.

Every function takes a raw connection, as in soundness.py, and names the first row that is wrong. The triggers refuse
all of this while the program runs; here it is asked of files that somebody may have changed without them.
"""

from collections.abc import Iterator
from typing import Any

from app.models.upgrades import runner
from app.process import skipped_numbers
from app.process.findings import DAMAGE, INFO, Finding

_BALANCES = """
SELECT student.number FROM student
LEFT JOIN (SELECT student_id, sum(fen) AS total FROM ledger GROUP BY student_id) AS sums
ON sums.student_id = student.id WHERE student.balance_fen <> coalesce(sums.total, 0)
"""
_RECEIPTS = "SELECT year, max(no), count(*) FROM receipt GROUP BY year"
_COUNTED = "SELECT name, value FROM counter WHERE name LIKE 'receipt-%'"
_UNLIKE_ITS_ENTRY = """
SELECT receipt.number FROM receipt LEFT JOIN operation_log AS log ON log.seq = receipt.log_seq
LEFT JOIN student ON student.id = receipt.student_id
WHERE log.subject_kind IS NOT 'receipt' OR log.subject_id IS NOT receipt.id
   OR coalesce(json_extract(log.details, '$.number'), receipt.number) <> receipt.number
   OR coalesce(json_extract(log.details, '$.fen'), receipt.fen) <> receipt.fen
   OR coalesce(json_extract(log.details, '$.student'), student.number) IS NOT student.number
"""
_UNLIKE_ITS_ROWS = """
SELECT receipt.number FROM receipt LEFT JOIN (
    SELECT receipt_id, sum(fen) AS total FROM ledger WHERE receipt_id IS NOT NULL AND kind = 'payment'
    GROUP BY receipt_id
) AS sums ON sums.receipt_id = receipt.id WHERE coalesce(sums.total, 0) <> -receipt.fen
"""
_UNLIKE_ITS_PAPER = """
SELECT coalesce(receipt.number, paper.number) FROM paper LEFT JOIN receipt ON receipt.paper_id = paper.id
WHERE (paper.kind = 'receipt' OR receipt.id IS NOT NULL) AND (
    receipt.id IS NULL OR paper.kind <> 'receipt' OR paper.number <> receipt.number OR paper.code <> receipt.code
    OR paper.log_seq <> receipt.log_seq OR paper.student_id IS NOT receipt.student_id)
UNION SELECT number FROM receipt
WHERE paper_id IS NULL AND id > (SELECT min(id) FROM receipt WHERE paper_id IS NOT NULL)
"""
_NO_MIRROR = """
SELECT back.id FROM ledger AS back LEFT JOIN ledger AS row ON row.id = back.reverses
WHERE (back.kind = 'reversal' OR back.reverses IS NOT NULL)
  AND (back.kind <> 'reversal' OR row.id IS NULL OR row.kind = 'reversal' OR row.id > back.id
       OR row.fen <> -back.fen OR row.student_id <> back.student_id OR row.receipt_id IS NOT back.receipt_id)
"""
_NO_SETTLED_MIRROR = """
SELECT back.id FROM settlement AS back LEFT JOIN settlement AS row ON row.id = back.reverses
WHERE back.reverses IS NOT NULL
  AND (row.id IS NULL OR row.reverses IS NOT NULL OR row.id > back.id OR row.fen <> -back.fen
       OR row.receipt_id <> back.receipt_id OR row.charge_id <> back.charge_id)
"""
_HALF_VOID = """
WITH back AS (SELECT reverses AS id FROM ledger WHERE reverses IS NOT NULL),
     void AS (SELECT receipt_id, log_seq FROM receipt_void)
SELECT receipt.number FROM receipt LEFT JOIN void ON void.receipt_id = receipt.id
WHERE EXISTS (SELECT 1 FROM ledger AS row WHERE row.receipt_id = receipt.id AND row.kind = 'payment'
              AND (row.id IN back) <> (void.receipt_id IS NOT NULL))
   OR void.receipt_id IS NOT NULL AND (
        (SELECT coalesce(sum(fen), 0) FROM settlement WHERE receipt_id = receipt.id) <> 0
        OR NOT EXISTS (SELECT 1 FROM operation_log AS log WHERE log.seq = void.log_seq AND log.action = 'void_receipt'
                       AND log.subject_kind = 'receipt' AND log.subject_id = receipt.id))
   OR void.receipt_id IS NULL AND receipt.id IN (
        SELECT subject_id FROM operation_log WHERE action = 'void_receipt' AND subject_kind = 'receipt')
"""
_OVERSPENT = """
SELECT receipt.number FROM receipt JOIN (
    SELECT receipt_id, sum(fen) AS total FROM settlement GROUP BY receipt_id
) AS sums ON sums.receipt_id = receipt.id WHERE sums.total < 0 OR sums.total > receipt.fen
"""
_OVERPAID = """
SELECT row.id FROM ledger AS row JOIN (
    SELECT charge_id, sum(fen) AS total FROM settlement GROUP BY charge_id
) AS sums ON sums.charge_id = row.id
WHERE row.kind NOT IN ('charge', 'discount', 'opening', 'correction')
   OR sums.total NOT BETWEEN min(row.fen, 0) AND max(row.fen, 0)
   OR sums.total <> 0 AND row.id IN (SELECT reverses FROM ledger WHERE reverses IS NOT NULL)
"""
_UNLIKE_WHAT_IT_SETTLED = """
WITH told AS (
    SELECT receipt.id, json_extract(log.details, '$.settled_fen') AS fen
    FROM receipt JOIN operation_log AS log ON log.seq = receipt.log_seq
), unlike AS (
    SELECT id, fen FROM told WHERE fen <> 0
    EXCEPT SELECT receipt_id, sum(fen) OVER (PARTITION BY receipt_id ORDER BY id) FROM settlement WHERE reverses IS NULL
)
SELECT number FROM receipt JOIN unlike USING (id)
"""
"""A receipt settles first what its entry says; rows that use its credit later come behind. Old entries say nothing."""
_MERGES_SINCE = 3  # schema
_HALF_MERGED = """
SELECT student.number FROM student LEFT JOIN student_merge AS merge ON merge.from_id = student.id
LEFT JOIN operation_log AS log ON log.seq = merge.log_seq
WHERE (student.state = 'merged') <> (merge.from_id IS NOT NULL)
   OR merge.from_id IS NOT NULL AND (
        log.action IS NOT 'merge_students' OR log.subject_id IS NOT merge.into_id OR student.balance_fen <> 0)
UNION SELECT 'correction ' || row.id FROM ledger AS row WHERE row.rule = 'merge' AND row.kind = 'correction'
  AND (SELECT coalesce(sum(fen), 0) FROM ledger WHERE rule = 'merge' AND kind = 'correction') <> 0
"""


def money(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - raw connection; the library has no types
    """Ask everything about the money: sums, numbers, receipts, mirror rows, what was settled."""
    for count, number in _wrong(data, _BALANCES):
        yield Finding("balance_differs", DAMAGE, {"count": count, "number": number})
    yield from _numbers(data)
    for count, number in _wrong(data, _UNLIKE_ITS_ENTRY, _UNLIKE_ITS_ROWS):
        yield Finding("receipt_differs", DAMAGE, {"count": count, "number": number})
    for count, number in _wrong(data, _UNLIKE_ITS_PAPER):
        yield Finding("receipt_paper_differs", DAMAGE, {"count": count, "number": number})
    yield from _mirrors(data)
    yield from _settled(data)
    if runner.version(data) >= _MERGES_SINCE:
        for count, number in _wrong(data, _HALF_MERGED):
            yield Finding("merge_incomplete", DAMAGE, {"count": count, "number": number})


def _wrong(data: Any, *questions: str) -> Iterator[tuple[int, Any]]:  # noqa: ANN401 - as above
    """How many numbers or rows the questions find, and the first of them; nothing where there is none."""
    found = {row[0] for sql in questions for row in data.execute(sql)}
    if found:
        yield len(found), min(found)


def _mirrors(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Every reversal is the row that it reverses with the opposite sum; a void receipt is reversed in every row."""
    for count, row in _wrong(data, _NO_MIRROR):
        yield Finding("reversal_differs", DAMAGE, {"count": count, "row": row})
    for count, row in _wrong(data, _NO_SETTLED_MIRROR):
        yield Finding("settlement_reversal_differs", DAMAGE, {"count": count, "row": row})
    for count, number in _wrong(data, _HALF_VOID):
        yield Finding("void_incomplete", DAMAGE, {"count": count, "number": number})


def _settled(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """A receipt settles what its entry says, no more than it brought, and no row of the ledger beyond its sum."""
    for count, number in _wrong(data, _OVERSPENT, _UNLIKE_WHAT_IT_SETTLED):
        yield Finding("receipt_overspent", DAMAGE, {"count": count, "number": number})
    for count, row in _wrong(data, _OVERPAID):
        yield Finding("charge_overpaid", DAMAGE, {"count": count, "row": row})


def _numbers(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Receipts run from 1 in every year and end where their counter stands; a gap is one that a restore explains."""
    counted = dict(data.execute(_COUNTED).fetchall())
    found = {f"receipt-{year}": (last, count) for year, last, count in data.execute(_RECEIPTS).fetchall()}
    told = [one for one in skipped_numbers.logged(data.execute) if one.counter.startswith("receipt-")]
    for name in sorted(found.keys() | {name for name, value in counted.items() if value}):
        own = [one for one in told if one.counter == name]
        last, count = found.get(name, (0, 0))
        last = max([last, *(one.last for one in own)])
        count += sum(one.count for one in own)
        year, value = name.removeprefix("receipt-"), counted.get(name, 0)
        if last != count:
            yield Finding("receipt_gap", DAMAGE, {"year": year, "missing": last - count})
        if value != last:
            yield Finding("receipt_counter_differs", DAMAGE, {"year": year, "counter": value, "last": last})
    for one in told:
        values = {"year": one.counter.removeprefix("receipt-"), "first": one.first, "last": one.last}
        yield Finding("receipts_skipped", INFO, values)
