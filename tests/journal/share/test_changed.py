"""A text that was changed since an earlier share is said to be changed, and not new."""

from __future__ import annotations

from journal.records import Experience, IntegrationNote, Record, Session
from journal.records import Page as JournalPage
from journal.share import Dates, Payload, Selection, build
from journal.share.digest import Digest, digest
from tests.journal.share.samples import CLOCK, eid, moment

LONG = "A corridor without an end. Then a door, and light behind it."


def share(*records: Record, **options: object) -> Payload:
    items = [(eid(number), record) for number, record in enumerate(records)]
    return build(Selection(eids=frozenset(one for one, _ in items), **options), items, CLOCK)


def texts(payload: Payload, places: frozenset[int]) -> list[str]:
    entries = list(payload.entries)
    return [entries[place].text for place in sorted(places)]


def brought(payload: Payload, *earlier: Payload) -> tuple[list[str], list[str]]:
    """The texts that are new, and those that are changed."""
    found: Digest = digest(payload, earlier)
    assert found.changed <= found.new
    return texts(payload, found.new - found.changed), texts(payload, found.changed)


def test_a_text_with_one_sentence_more_is_changed():
    first = share(Experience(at=moment(3), text=LONG))
    more = Experience(at=moment(3), text=f"{LONG} It was warm.")
    assert brought(share(more), first) == ([], [more.text])
    assert brought(share(Experience(at=moment(3), text=LONG)), first) == ([], [])
    assert brought(first) == ([LONG], [])


def test_another_kind_day_time_or_text_is_new():
    first = share(Experience(at=moment(3, 9), text=LONG), exact_times=True)
    for other in (IntegrationNote(at=moment(3, 9), text="a corridor"), Experience(at=moment(4, 9), text=f"{LONG} x")):
        assert brought(share(other), first) == ([other.text], [])
    later = Experience(at=moment(3, 15), text=f"{LONG} x")
    assert brought(share(later, exact_times=True), first) == ([later.text], [])
    assert brought(share(later), first) == ([], [later.text])  # no time is told: it may be that one
    another = Experience(at=moment(3, 9), text="Rain on the roof, nothing else.")
    assert brought(share(another), first) == ([another.text], [])


def test_what_stands_here_as_it_was_is_not_what_another_text_was_changed_from():
    page = JournalPage(at=moment(3), text="One two three")
    more = JournalPage(at=moment(3), text="One two three four")
    assert brought(share(page, more), share(page)) == (["One two three four"], [])
    assert brought(share(more), share(page)) == ([], ["One two three four"])


def test_each_earlier_text_was_changed_into_one():
    page = JournalPage(at=moment(3), text="One two three")
    two = [JournalPage(at=moment(3), text=f"One two three {word}") for word in ("four", "five")]
    new, changed = brought(share(*two), share(page))
    assert (len(new), len(changed)) == (1, 1)


def test_a_session_s_texts_and_days_told_otherwise():
    session = Session(starts=moment(3, 12), number=1, happened=True)
    before, after = (Experience(at=moment(3), text=text, session=eid(0)) for text in (LONG, f"{LONG} Warm."))
    assert brought(share(session, after, dates=Dates.MONTH), share(session, before)) == ([], [after.text])
