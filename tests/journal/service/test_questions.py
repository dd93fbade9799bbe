"""Questions to bring along: two lists, where each line came from, and what is written to bring to therapy."""

from __future__ import annotations

import msgspec

from journal.records import Experience, IntegrationNote, Question, Session, Whom
from journal.service import JournalService
from journal.store import Query
from tests.journal.service.conftest import Reopen
from tests.journal.service.entries import at, page


def question(text: str, day: int, **fields: object) -> Question:
    return Question(**{"text": text, "made": at(day), **fields})  # type: ignore[arg-type]


def test_waiting_oldest_first_and_asked_newest_first(service: JournalService) -> None:
    service.save_many(
        [
            question("second", 4),
            question("first", 3, whom=Whom.THERAPY),
            question("asked long ago", 1, asked=at(2), answer="yes"),
            question("asked yesterday", 1, asked=at(11)),
        ]
    )
    view = service.to_bring()
    assert [one.question.text for one in view.waiting] == ["first", "second"]
    assert [one.question.text for one in view.asked] == ["asked yesterday", "asked long ago"]


def test_each_says_where_it_came_from(service: JournalService) -> None:
    session = service.save(Session(starts=at(2), happened=True)).eid
    note = service.save(IntegrationNote(at=at(5), title="Weather", text="not furniture", session=session)).eid
    service.save(question("about it", 6, entry=note, session=session))
    service.save(question("about nothing that is here", 7, entry="0" * 32))
    first, second = service.to_bring().waiting
    assert (first.entry, first.kind, first.name, first.at, first.session) == (
        note, "integration", "Weather", at(5), "Session 1",
    )  # fmt: skip
    assert (second.entry, second.session) == (None, "")
    service.delete(note)
    assert service.to_bring().waiting[0].entry is None


def test_an_entry_is_brought_by_its_title_its_words_or_what_was_selected(service: JournalService) -> None:
    session = service.save(Session(starts=at(2), happened=True)).eid
    titled = service.save(Experience(at=at(3), title="Blue", text="under water", session=session)).eid
    plain = service.save(page("one line\nand " + "many words " * 40)).eid
    assert service.bring(titled, at(4)) is not None
    assert service.bring(plain, at(5)) is not None
    assert service.bring(plain, at(6), "  many words ") is not None
    by_title, by_words, selected = (one.question for one in service.to_bring().waiting)
    assert by_title == Question(text="Blue", made=at(4), whom=Whom.THERAPY, session=session, entry=titled)
    assert by_words.text.startswith("one line and many words") and by_words.text.endswith("…")
    assert len(by_words.text) <= 121
    assert selected.text == "many words"


def test_a_covered_entry_lends_nothing_but_its_cover(service: JournalService) -> None:
    covered = Experience(at=at(3), title="secret", text="more secret", covered=True, cover="The blue one")
    eid = service.save(covered).eid
    bare = service.save(msgspec.structs.replace(covered, cover="")).eid
    service.bring(eid, at(4), "more secret")
    service.bring(bare, at(5))
    first, second = service.to_bring().waiting
    assert (first.question.text, first.name) == ("The blue one", "The blue one")
    assert (second.question.text, second.name) == ("Experience", "")


def test_what_stands_there_is_not_put_there_twice_until_it_was_asked(service: JournalService) -> None:
    eid = service.save(page("walk by the sea")).eid
    saved = service.bring(eid, at(4))
    assert saved is not None and service.bring(eid, at(5)) is None
    asked = msgspec.structs.replace(service.get(saved.eid).record, asked=at(6))
    service.save(asked, saved.eid)
    assert service.bring(eid, at(7)) is not None
    assert service.bring(saved.eid, at(8)) is None  # only what was written can be brought


def test_a_line_that_was_begun_is_given_back(service: JournalService, reopen: Reopen) -> None:
    begun, known = question("half a sen", 4), question("known", 3)
    eid = service.save(known).eid
    service.put_draft("a" * 32, begun)
    service.put_draft(eid, msgspec.structs.replace(known, answer="not saved yet"))
    service.put_draft("b" * 32, page("something else"))
    again = reopen()
    assert [(draft.eid, draft.record) for draft in again.to_bring().drafts] == [("a" * 32, begun)]


def test_what_was_covered_since_shows_its_cover_in_the_list_and_in_the_journey(service: JournalService) -> None:
    entry = Experience(at=at(3), title="secret", text="more secret\n" + "and so on " * 40)
    eid = service.save(entry).eid
    service.bring(eid, at(4))
    service.bring(eid, at(5), "more secret and")
    service.save(question("what is this?", 6, entry=eid))
    service.save(msgspec.structs.replace(entry, covered=True, cover="The blue one"), eid)
    blue = ["The blue one", "The blue one", "what is this?"]
    assert [one.text for one in service.to_bring().waiting] == blue
    assert sorted(row.title for row in service.rows() if row.kind == "question") == blue
    service.save(msgspec.structs.replace(entry, covered=True), eid)
    assert [one.text for one in service.to_bring().waiting] == ["Experience", "Experience", "what is this?"]
    service.save(entry, eid)
    assert [one.text for one in service.to_bring().waiting] == ["secret", "more secret and", "what is this?"]


def _brought(service: JournalService, words: str = "") -> tuple[Experience, str, str]:
    """An entry, its id, and the id of the question that was brought from it."""
    entry = Experience(at=at(3), title="secret", text="the lamp in the snow burned all night long")
    eid = service.save(entry).eid
    saved = service.bring(eid, at(4), words)
    assert saved is not None
    return entry, eid, saved.eid


def _shown(service: JournalService) -> list[str]:
    return [row.title for row in service.rows() if row.kind == "question"]


def test_a_cover_stays_over_words_of_an_entry_that_was_rewritten_or_removed_since(service: JournalService) -> None:
    entry, eid, _ = _brought(service, "the lamp in the snow")
    later = msgspec.structs.replace(entry, text="nothing of it any more", covered=True, cover="The blue one")
    service.save(later, eid)
    assert _shown(service) == ["The blue one"] == [one.text for one in service.to_bring().waiting]
    service.delete(eid)
    assert _shown(service) == ["The blue one"] == [one.text for one in service.to_bring().waiting]
    service.undo()
    service.uncover(eid)
    assert _shown(service) == ["the lamp in the snow"]


def test_a_question_that_was_changed_and_still_repeats_covered_words_shows_the_cover(service: JournalService) -> None:
    entry, eid, brought = _brought(service, "the lamp in the snow")
    changed = msgspec.structs.replace(service.get(brought).record, text="Why the lamp in the snow, of all things?")
    service.save(changed, brought)
    service.save(msgspec.structs.replace(entry, covered=True, cover="The blue one"), eid)
    assert _shown(service) == ["The blue one"]
    service.save(msgspec.structs.replace(changed, text="What was the lamp about?"), brought)
    assert _shown(service) == ["What was the lamp about?"]  # one's own words, though about the same


def test_found_by_the_words_it_covers_an_entry_and_its_question_show_the_cover_alone(service: JournalService) -> None:
    _, eid, _ = _brought(service, "the lamp in the snow")
    service.cover(eid, "The blue one")
    rows = service.rows(Query(text="lamp snow"))
    assert {row.kind for row in rows} == {"experience", "question"}
    assert {(row.title, row.snippet) for row in rows} == {("The blue one", "")}


def test_unfinished_and_removed_questions_know_the_cover_over_them(service: JournalService) -> None:
    _, eid, brought = _brought(service, "the lamp in the snow")
    service.cover(eid, "The blue one")
    begun = msgspec.structs.replace(service.get(brought).record, answer="half a sen")
    service.put_draft(brought, begun)
    (draft,) = service.drafts()
    assert draft.record == begun and draft.cover is not None and draft.cover.cover == "The blue one"
    service.drop_draft(brought)
    service.delete(brought)
    service.delete(eid)
    assert [one.cover.cover if one.cover else None for one in service.removed()] == ["The blue one"] * 2
