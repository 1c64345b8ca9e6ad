"""Makes the sample data folder of the newest schema: `python -m tests.models.make_sample`, once, when a step is landed.

It holds the centre of the tests with a student who paid, in tests/models/samples/schema_N.zip; all passwords are
`practice`. A sample that was landed is never made again: it is what an old program left behind.
"""

import tempfile
import zipfile
from pathlib import Path

from app.models.upgrades import runner
from tests import builders
from tests.conftest import make_centre

FOLDER = Path(__file__).with_name("samples")


def path(schema: int) -> Path:
    """Where the sample of a schema lies."""
    return FOLDER / f"schema_{schema}.zip"


def main() -> None:
    """Make the sample of the schema that the program speaks now."""
    from app.process import payment

    with tempfile.TemporaryDirectory() as scratch:
        made = make_centre(Path(scratch, "data"))
        manager = made.open()
        student = builders.a_student(manager)
        builders.an_application(manager)
        payment.take(manager, student_id=student, methods=(payment.Paid("cash", 78_000),), opid=builders.opid())
        made.close()
        FOLDER.mkdir(exist_ok=True)
        with zipfile.ZipFile(path(runner.newest()), "w", zipfile.ZIP_DEFLATED) as bundle:
            for file in sorted(made.folder.rglob("*")):
                if file.is_file():
                    bundle.write(file, file.relative_to(made.folder))


if __name__ == "__main__":
    main()
