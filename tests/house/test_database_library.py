"""The one database library, recent enough; reliability.md, finding 1 and test 23."""

from importlib.metadata import distributions, packages_distributions

import sqlcipher3
from sqlcipher3 import dbapi2

OLDEST = (3, 51, 3)  # before it a WAL file that is reset can corrupt the database


def test_exactly_one_distribution_brings_sqlcipher3() -> None:
    assert packages_distributions()["sqlcipher3"] == ["sqlcipher3"]
    named = [one.name for one in distributions() if one.name.lower().startswith("sqlcipher3")]
    assert named == ["sqlcipher3"]


def test_its_sqlite_is_past_the_wal_fault() -> None:
    assert dbapi2.sqlite_version_info >= OLDEST


def test_it_is_sqlcipher_and_can_do_what_we_ask_of_it() -> None:
    connection = dbapi2.connect(":memory:")
    try:
        assert connection.execute("PRAGMA cipher_version").fetchone()[0].startswith("4.")
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        assert {"HAS_CODEC", "TEMP_STORE=2"} <= options or {"HAS_CODEC", "TEMP_STORE=3"} <= options
        assert hasattr(connection, "backup")
        assert hasattr(connection, "set_authorizer")
    finally:
        connection.close()
    assert sqlcipher3.dbapi2 is dbapi2
