"""Questions to begin from: the program's, as the person changed them, and their own."""

from __future__ import annotations

import pytest

from journal.records import PromptSet, Template
from journal.service import ABOUT, JournalService, fitting_prompts


def names(service: JournalService, about: str, days: float | None = None) -> list[str]:
    return [one.title for one in fitting_prompts(service.prompts(), about, days)]


def test_every_kind_of_writing_has_questions_that_are_shown(service: JournalService) -> None:
    for about in ABOUT:
        assert any(one.questions for one in fitting_prompts(service.prompts(), about, None))


def test_each_set_has_a_name_of_its_own_and_questions(service: JournalService) -> None:
    sets = service.prompts()
    assert len({one.built_in for one in sets}) == len(sets)
    assert all(one.title and one.questions and one.about in ABOUT for one in sets)
    assert len({question for one in sets for question in one.questions if one.about != "experience"}) > 20


@pytest.mark.parametrize(
    ("days", "first"),
    [(0.1, "Three days after"), (2.0, "Three days after"), (4.99, "Three days after"), (5.0, "A week after"),
     (10.9, "A week after"), (11.0, "Two weeks after"), (400.0, "Two weeks after"), (-1.0, "Three days after"),
     (None, "Three days after")],
)  # fmt: skip
def test_what_is_for_this_time_comes_first(service: JournalService, days: float | None, first: str) -> None:
    assert names(service, "integration", days)[0] == first


def test_an_experience_right_after_begins_with_the_first_hours(service: JournalService) -> None:
    assert names(service, "experience", 0.1)[0] == "The first hours"
    assert names(service, "experience", 1.0)[0] == "A day after"


def test_a_changed_set_stands_in_its_place_and_can_be_come_back_from(service: JournalService) -> None:
    before = service.prompts()
    mine = PromptSet(title="Mine", about="page", questions=("Only this?",), replaces="page")
    saved = service.save(mine)
    changed = service.prompts()
    place = next(number for number, one in enumerate(before) if one.built_in == "page")
    assert (changed[place].title, changed[place].questions, changed[place].changed) == ("Mine", ("Only this?",), True)
    assert changed[:place] == before[:place] and changed[place + 1 :] == before[place + 1 :]
    service.delete(saved.eid)
    assert service.prompts() == before


def test_a_set_that_is_not_shown_is_not_offered(service: JournalService) -> None:
    service.save(PromptSet(title="Any day", about="page", questions=("x?",), shown=False, replaces="page"))
    assert names(service, "page") == []


def test_own_sets_come_last_by_title(service: JournalService) -> None:
    for title in ("zebra", "Apple"):
        service.save(PromptSet(title=title, about="page", questions=("?",)))
    assert names(service, "page") == ["Any day", "Apple", "zebra"]


def test_the_version_of_a_set_that_is_gone_from_the_program_is_the_persons_own(service: JournalService) -> None:
    service.save(PromptSet(title="Old", about="page", questions=("?",), replaces="was-there-once"))
    assert names(service, "page") == ["Any day", "Old"]


def test_two_versions_of_one_set_show_the_same_one_on_every_computer(service: JournalService) -> None:
    low, high = "0" * 31 + "1", "f" * 32
    for eid, title in ((high, "high"), (low, "low")):
        service.save(PromptSet(title=title, about="page", questions=("?",), replaces="page"), eid)
    assert names(service, "page") == ["low"]


def test_templates_of_one_kind_by_title(service: JournalService) -> None:
    for title, about in (("b", "page"), ("A", "page"), ("c", "intention")):
        service.save(Template(title=title, about=about, text="x"))
    assert [item.record.title for item in service.templates("page")] == ["A", "b"]
    assert len(service.templates()) == 3
