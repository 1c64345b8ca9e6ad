"""The operation log can be read: every action, subject and field that is written there has a word."""

import json

import pytest

from app.models.database import database
from app.ui.log_words.actions import ACTIONS, OTHER_SUBJECTS, SUBJECTS
from app.ui.log_words.fields import field_text
from tests.conftest import Centre
from tests.house.samples import Sample, all_samples
from tests.house.test_writing_functions import grant_teacher


@pytest.mark.clause("P13")
@pytest.mark.parametrize("one", [pytest.param(one, id=one.function) for one in all_samples() if one.logged])
def test_what_a_use_case_leaves_in_the_log_has_words(one: Sample, centre: Centre) -> None:
    call = one.prepare(centre)
    grant_teacher({right.split("|")[0] for right in one.rights})
    call(centre.teacher)
    rows = database.execute_sql("SELECT action, subject_kind, details FROM operation_log").fetchall()
    fields = {field for _, _, details in rows for field in json.loads(details)}
    fields |= {field for (field,) in database.execute_sql("SELECT DISTINCT field FROM operation_value").fetchall()}
    wordless = {
        "ACTIONS": sorted({action for action, _, _ in rows} - set(ACTIONS)),
        "SUBJECTS": sorted({subject for _, subject, _ in rows} - set(SUBJECTS) - set(OTHER_SUBJECTS)),
        "FIELDS": sorted(field for field in fields if field_text(field) == field),
    }
    assert not any(wordless.values()), f"app/ui/log_words lacks {wordless}"
