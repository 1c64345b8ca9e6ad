"""Blank forms and the recipe: made by who registers, with the centre's services, prices and schools of today."""

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import form_papers, office
from tests.conftest import Centre
from tests.printing import reading
from tests.printing.filling import fields


@pytest.fixture(autouse=True)
def schools(centre: Centre) -> None:
    with unit_of_work():
        office.remember_values({"school": "文三街小学"})


@pytest.mark.clause("P1")
def test_the_form_bears_the_centre_and_its_prices(centre: Centre) -> None:
    words = reading.words(form_papers.blank_form(centre.receptionist))
    name, fen = database.execute_sql(
        "SELECT name, fen FROM service JOIN price ON price.service_id = service.id ORDER BY service.position LIMIT 1",
    ).fetchone()
    assert office.centre().name in words
    assert reading.bare(name) in words
    assert f"{fen // 100:,}.{fen % 100:02d}元/" in words


@pytest.mark.clause("P1")
def test_the_fillable_form_lets_choose_the_schools_that_were_typed_before(centre: Centre) -> None:
    assert "文三街小学" in fields(form_papers.fillable_form(centre.receptionist))["child.school"]["/Opt"]


@pytest.mark.clause("P1")
def test_the_recipe_is_a_paper_and_a_text_with_the_same_questions(centre: Centre) -> None:
    made = form_papers.recipe(centre.receptionist)
    words = reading.words(made.paper)
    titles = [line.split(". ", 1)[1].split("［")[0] for line in made.text.splitlines() if "［" in line]
    assert len(titles) == made.questions
    assert all(reading.bare(title) in words for title in titles)
    assert "文三街小学" in made.text
    assert reading.in_order(words, *titles)
    assert all(reading.fonts(made.paper).values())
    assert not reading.outside(made.paper)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("make", [form_papers.blank_form, form_papers.fillable_form, form_papers.recipe])
def test_who_may_not_register_gets_no_form(centre: Centre, make: object) -> None:
    assert callable(make)
    with pytest.raises(Refused, match="no_right"):
        make(centre.teacher)


@pytest.mark.clause("P17")
def test_in_practice_mode_every_form_says_so(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = office.setting
    monkeypatch.setattr(office, "setting", lambda name, default="": "1" if name == "practice" else plain(name, default))
    made = form_papers.recipe(centre.receptionist).paper
    for paper in (form_papers.blank_form(centre.receptionist), form_papers.fillable_form(centre.receptionist), made):
        assert "练习PRACTICE" in reading.words(paper)
