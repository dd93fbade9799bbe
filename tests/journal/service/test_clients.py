"""A therapist's clients: shares are kept once, what is new is told, comments stand by their passage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from journal.clock import FixedClock
from journal.errors import InvalidRecord, NotFound, ShareError
from journal.records import Client, Comment, Experience, HardMoment, HowHard, Moment, Received
from journal.service import JournalService
from journal.share import Dates, Payload, Selection, build, changed, digest, known, talk
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD
from tests.journal.share.samples import CLOCK, eid, moment

WORKED_OUT = {module.__file__ for module in (changed, digest, known, talk)}


def shared(*texts: str, sender: str = "Ruth", hard: bool = False) -> Payload:
    items: list = [(eid(number), Experience(at=moment(3 + number), text=text)) for number, text in enumerate(texts)]
    if hard:
        items.append((eid(50), HardMoment(at=moment(9), note="a door", talk=True)))
    return build(Selection(eids=frozenset(one for one, _ in items), sender=sender), items, CLOCK)


@contextmanager
def another(tmp_path: Path, clock) -> Iterator[JournalService]:
    """Another journal."""
    made, _ = JournalService.create(
        tmp_path / "another.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "another"
    )
    with closing(made):
        yield made


@pytest.fixture
def ruth(service: JournalService, clock) -> str:
    return service.save(Client(name="Ruth", added=Moment(clock.now()))).eid


def test_a_share_is_kept_once(service, ruth):
    payload = shared("one")
    taken = service.take_in(payload, ruth, "Nothing proves who made it.")
    again = service.take_in(payload, ruth)
    assert again.eid == taken.eid and again.saved is None and again.again.maker == "Nothing proves who made it."
    review = service.review(ruth)
    assert [one.payload for one in review.shares] == [payload]
    assert review.client.name == "Ruth"


def test_a_share_is_kept_with_a_new_client_in_one_step_or_not_at_all(service, clock):
    new = Client(name="Ruth", added=Moment(clock.now()))
    taken = service.take_in(shared("one"), new)
    (row,) = service.clients()
    assert (row.client, row.shares, row.last.share) == (new, 1, service.get(taken.eid).record.share)
    assert set(taken.change.kinds) == {"client", "received"}
    service.undo()
    assert service.clients() == () and service.find(taken.eid) is None
    service.redo()
    assert [row.shares for row in service.clients()] == [1]
    assert service.take_in(service.review(row.eid).shares[0].payload, new).eid == taken.eid
    with pytest.raises(InvalidRecord):
        service.take_in(shared(*["y" * 1024 * 1024] * 5), msgspec.structs.replace(new, name="Anna"))
    assert [row.client.name for row in service.clients()] == ["Ruth"]


def worked_out(ask: Callable[[], Any]) -> tuple[Any, set[str]]:
    """What is answered, and which comparisons of shares were made for it."""
    compared = set()

    def on_event(frame, event, _told):
        if event == "call" and frame.f_code.co_filename in WORKED_OUT:
            compared.add(frame.f_code.co_name)

    sys.setprofile(on_event)
    try:
        return ask(), compared
    finally:
        sys.setprofile(None)


def test_what_shares_bring_is_worked_out_once(service, ruth):
    """A therapist's list asks after every change: nothing is compared again until a share comes or is looked at."""
    shares = [
        msgspec.structs.replace(shared(*"abc"[: number + 1], hard=True), made=date(2026, 3, 12 + number))
        for number in range(3)
    ]
    eids = [service.take_in(share, ruth).eid for share in shares[:2]]

    def asked() -> tuple:
        (rows, review), compared = worked_out(lambda: (service.clients(), service.review(ruth)))
        return rows, review, compared

    rows, first, compared = asked()
    assert rows[0].new == {"experience": 1} and {"stood_before", "changed_places", "wanted"} <= compared
    service.save(Client(name="Anna", added=first.client.added))
    service.comment(eids[0], "I see.", (0, "", 0, 0))
    _, again, compared = asked()
    assert not compared and [one.digest for one in again.shares] == [one.digest for one in first.shares]
    service.take_in(shares[2], ruth)
    _, review, compared = asked()
    assert review.shares[2].digest.new == {2} and compared
    service.remove_share(eids[0])
    rows, _, compared = asked()
    assert rows[0].shares == 2 and compared


def test_what_shares_bring_is_worked_out_once_for_many_clients(service, clock):
    for number in range(90):
        service.take_in(shared(f"text {number}", hard=True), Client(name=f"C {number}", added=Moment(clock.now())))
    first, compared = worked_out(service.clients)
    assert len(first) == 90 and {"new_places", "changed_places", "wanted"} <= compared
    assert worked_out(service.clients) == (first, set())


def test_a_share_with_the_id_of_another_is_not_kept(service, ruth):
    payload = shared("one")
    taken = service.take_in(payload, ruth)
    other = msgspec.structs.replace(payload, talk_about="Something else.")
    found = service.kept_share(other)
    assert (found.eid, found.client, found.same) == (taken.eid, "Ruth", False)
    assert service.kept_share(payload).same and service.kept_share(shared("one")) is None
    with pytest.raises(ShareError):
        service.take_in(other, ruth)
    assert [one.payload for one in service.review(ruth).shares] == [payload]
    service.comment(taken.eid, "x", (0, "", 0, 0))
    service.remove_share(taken.eid)
    assert service.kept_share(payload) is None and service.comments(taken.eid) == ()
    service.take_in(other, ruth)
    service.undo()
    service.undo()
    assert service.kept_share(payload).same and len(service.comments(taken.eid)) == 1
    with pytest.raises(NotFound):
        service.remove_share(ruth)


def test_an_older_share_that_comes_in_late_takes_nothing_from_the_newest(service, ruth, clock):
    early, late = shared("one"), shared("one", "two")
    older = msgspec.structs.replace(early, made=early.made - timedelta(days=9))
    service.take_in(late, ruth)
    clock.at += timedelta(days=1)
    service.take_in(older, ruth)
    first, second = service.review(ruth).shares
    assert (first.payload, first.late, first.digest.new) == (older, late.made, frozenset())
    assert (second.payload, second.late, second.digest.new) == (late, None, {0, 1})
    (row,) = service.clients()
    assert (row.unseen, row.new) == (1, {"experience": 2})


def test_a_list_of_clients_says_what_waits(service, ruth, clock):
    other = service.save(Client(name="Anna", added=Moment(clock.now()))).eid
    rows = [(row.client.name, row.shares, row.unseen) for row in service.clients()]
    assert rows == [("Anna", 0, 0), ("Ruth", 0, 0)]
    first = service.take_in(shared("one", hard=True), ruth).eid
    row = service.clients()[0]
    assert (row.client.name, row.shares, row.unseen, row.talk) == ("Ruth", 1, 1, 1)
    service.comment(first, "Ask about it.", (0, "text", 0, 3))
    assert service.mark_seen(first) is not None
    assert service.mark_seen(first) is None
    rows = {row.eid: row for row in service.clients()}
    assert (rows[ruth].unseen, rows[ruth].comments, rows[other].shares) == (0, 1, 0)


def hard(note: str, day: int, **changes: object) -> HardMoment:
    return HardMoment(at=moment(day), note=note, how=HowHard.VERY, **{"talk": True, **changes})


def of_hard(*moments: HardMoment, days: int = 0, talk: str = "", dates: Dates = Dates.DAY) -> Payload:
    items = [(eid(number), one) for number, one in enumerate(moments)]
    chosen = Selection(eids=frozenset(one for one, _ in items), talk_about=talk, dates=dates)
    return build(chosen, items, FixedClock(CLOCK.now() + timedelta(days=days)))


def talks(service: JournalService) -> tuple[int, bool]:
    (row,) = service.clients()
    return row.talk, row.wish


def test_what_somebody_wants_to_talk_about_waits_until_its_share_was_looked_through(service, ruth):
    first = service.take_in(of_hard(hard("a door", 9), hard("", 9), hard("", 9), talk="The corridor."), ruth).eid
    assert talks(service) == (3, True)
    small = service.take_in(of_hard(hard("steps", 10, talk=False), days=1), ruth).eid
    assert talks(service) == (3, True)  # the small one on top takes nothing away
    service.mark_seen(small)
    assert talks(service) == (3, True)
    service.mark_seen(first)
    assert talks(service) == (0, False)


def test_a_hard_moment_of_two_shares_is_counted_once_as_the_newer_one_tells_it(service, ruth):
    service.take_in(of_hard(hard("a door", 9), hard("steps", 9)), ruth)
    service.take_in(of_hard(hard("a door", 9, still=True), hard("rain", 9), days=1), ruth)
    assert talks(service) == (3, False)
    service.take_in(of_hard(hard("a door", 9), days=2, dates=Dates.MONTH), ruth)
    assert talks(service) == (3, False)
    newest = service.take_in(of_hard(hard("rain", 9, talk=False), days=3), ruth).eid
    assert talks(service) == (2, False)
    service.mark_seen(newest)
    assert talks(service) == (2, False)  # it was told there that nobody wants to talk about it any more


def test_what_is_new_is_told_beside_the_share_before(service, ruth, clock):
    service.take_in(shared("one", "two"), ruth)
    clock.at += timedelta(days=7)
    service.take_in(shared("one", "two", "three"), ruth)
    first, second = service.review(ruth).shares
    assert first.digest.new == {0, 1}
    assert second.digest.new == {2}


def test_a_comment_stands_by_its_passage_and_nowhere_else(service, ruth):
    received = service.take_in(shared("a long corridor", "two"), ruth).eid
    service.comment(received, "Later.", (1, "text", 0, 3))
    service.comment(received, "Which one?", (0, "text", 7, 15))
    service.comment(received, "The whole entry.", (0, "", 0, 0))
    found = [item.record for item in service.comments(received)]
    assert [(one.place, one.words) for one in found] == [(0, ""), (0, "corridor"), (1, "two")]
    for passage in ((2, "text", 0, 1), (-1, "", 0, 0), (0, "text", 0, 99), (0, "marks", 0, 1), (0, "nothing", 0, 0)):
        with pytest.raises(NotFound):
            service.comment(received, "x", passage)
    with pytest.raises(InvalidRecord):
        service.comment(received, " \n", (0, "", 0, 0))
    with pytest.raises(NotFound):
        service.comment(ruth, "x", (0, "", 0, 0))


def test_a_client_goes_with_all_of_theirs_and_comes_back_by_one_undo(service, ruth):
    received = service.take_in(shared("one"), ruth).eid
    service.comment(received, "x", (0, "", 0, 0))
    service.remove_client(ruth)
    assert service.clients() == ()
    assert not any(isinstance(item.record, Client | Received | Comment) for item in service.items())
    service.undo()
    assert service.clients()[0].shares == 1
    assert len(service.comments(received)) == 1


def test_whose_a_share_is_can_be_guessed_by_the_name_on_it(service, ruth, clock):
    assert service.client_of(shared("x", sender=" ruth ")) == ruth
    assert service.client_of(shared("x", sender="Anna")) is None
    assert service.client_of(shared("x", sender="")) is None
    other = service.save(Client(name="R.", added=Moment(clock.now()))).eid
    service.take_in(shared("x", sender="Robin"), other)
    assert service.client_of(shared("y", sender="robin")) == other


def test_no_share_is_taken_in_for_nobody(service):
    with pytest.raises(NotFound):
        service.take_in(shared("x"), "0" * 32)


@pytest.mark.parametrize("entries", ['{"format":3}', "", "no entries", '{"format":1}'])
def test_a_share_that_cannot_be_read_is_named_and_takes_no_other_along(service, ruth, clock, tmp_path, entries):
    """It came in a file, as an export of a later version of the program may bring it, or one that somebody made."""
    anna = service.save(Client(name="Anna", added=Moment(clock.now()))).eid
    good = service.take_in(shared("one", "two"), ruth).eid
    kept = service.get(good).record
    clock.at += timedelta(days=7)
    service.save(msgspec.structs.replace(kept, share="1" * 32, made=kept.made + timedelta(days=7), entries=entries))
    service.take_in(shared("x", sender="Anna"), anna)
    file = tmp_path / "all.json"
    service.export("json", file)
    with another(tmp_path, clock) as elsewhere:
        elsewhere.import_file(file)
        rows = {row.client.name: row for row in elsewhere.clients()}
        assert (rows["Ruth"].shares, rows["Ruth"].unread, rows["Ruth"].new) == (2, True, {})
        assert (rows["Anna"].shares, rows["Anna"].unread) == (1, False)
        readable, other = elsewhere.review(ruth).shares
        assert (readable.unread, readable.payload.counts) == (False, {"experience": 2})
        assert (other.unread, other.payload.empty, other.received.entries) == (True, True, entries)
        assert elsewhere.client_of(shared("y", sender="Anna")) == anna
        with pytest.raises(NotFound):
            elsewhere.comment(other.eid, "x", (0, "text", 0, 1))
