"""Shares and their ledger: what leaves is noted, and what could not be noted does not leave."""

from __future__ import annotations

import hashlib
import json

import pytest

from journal.errors import AlreadyThere, NotForThisKey, NotFound, ReadOnlyJournal, ShareError
from journal.records import Moment, Page, ShareReceipt
from journal.service import JournalService, UnfinishedShare
from journal.share import Selection, container, generate_identity, read_share
from journal.share.file import pack
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, at, course_of_two, held, page, run_apart

READER = generate_identity()
TWO = ("The first", "The second")


@pytest.fixture
def filled(service):
    course_of_two(service, "c" * 32)
    return service


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "share.age"


def ticked(*digits: str, **more: object) -> Selection:
    return Selection(eids=frozenset(digit * 32 for digit in digits), **more)  # type: ignore[arg-type]


def test_a_share_is_noted_in_the_ledger(filled, reopen, out, clock):
    selection = ticked("1", "4", "7", "6", to="Dr. Meyer")
    payload = filled.preview_share(selection)
    written = filled.write_share(selection, out, payload=payload, recipients=[READER.recipient])
    opened = read_share(out, identity=READER.secret)
    assert opened.payload == payload
    (entry,) = reopen().ledger()
    assert entry.record == ShareReceipt(
        share=written.share, made=Moment(clock.at), to="Dr. Meyer", how="recipient", recipient=READER.recipient,
        eids=("1" * 32, "4" * 32, "7" * 32, "6" * 32), counts=dict(payload.counts),
        entries_sha256=hashlib.sha256(container.unpack(pack(payload)).body).hexdigest(),
    )  # fmt: skip
    assert len(list(opened.payload.entries)) == len(entry.record.eids)


def test_the_ledger_has_the_entries_in_the_order_of_the_share_that_was_seen(service, out):
    """Meanwhile a sync, an undo or another page changed the day of one: a reply names an entry by its place."""
    first, second = (service.save(page(words, at=at(day))).eid for day, words in enumerate(TWO, start=1))
    selection = Selection(eids=frozenset({first, second}))
    payload = service.preview_share(selection)
    service.save(page("The first, later", at=at(3)), first)
    service.write_share(selection, out, payload=payload, recipients=[READER.recipient])
    (entry,) = service.ledger()
    assert [one.text for one in payload.writings] == [*TWO]
    assert entry.record.eids == (first, second)
    service.delete(first)
    with pytest.raises(NotFound):
        service.write_share(selection, out.with_name("2.age"), payload=payload, recipients=[READER.recipient])
    assert [item.eid for item in service.ledger()] == [entry.eid] and not out.with_name("2.age").exists()


@pytest.mark.parametrize("changed", [page("The first", at=at(3)), page("Another first", at=at(1))])
def test_no_passage_is_left_out_of_another_text_than_was_seen(service, changed):
    first, second = (service.save(page(words, at=at(day))).eid for day, words in enumerate(TWO, start=1))
    selection = Selection(eids=frozenset({first, second}))
    payload = service.preview_share(selection)
    service.save(changed, first)
    with pytest.raises(NotFound, match="changed meanwhile"):
        service.hide_passage(selection, (0, "text", 4, 9), payload)
    payload = service.preview_share(selection)
    place = [one.text for one in payload.writings].index(changed.text)
    hidden = service.hide_passage(selection, (place, "text", 0, 3), payload)
    assert [one.words for one in hidden.hidden] == [changed.text[:3]]
    payload = service.preview_share(hidden)
    both = service.hide_passage(hidden, (place, "text", len("[…] "), len("[…] ") + 5), payload)
    assert [one.words for one in both.hidden] == [changed.text[:3], changed.text[4:9]]


def test_the_ledger_is_newest_first_and_no_step_of_undo(filled, out, clock):
    label = filled.undo_label
    for number in range(2):
        clock.at = clock.at.replace(hour=15 + number)
        filled.write_share(ticked("7"), out.with_name(f"{number}.age"), recipients=[READER.recipient])
    assert [item.record.made.at.hour for item in filled.ledger()] == [16, 15]
    assert filled.undo_label == label
    assert not any(row.kind == "receipt" for row in filled.rows())


def test_a_share_to_oneself_is_opened_by_this_journal(filled, out):
    address = filled.identity()
    assert filled.identity() == address
    filled.write_share(ticked("7"), out, recipients=[address, READER.recipient])
    assert filled.open_share(out).payload.writings[0].title == "An ordinary day"


def test_an_address_is_kept_and_another_journals_share_is_not_opened(filled, reopen, out, tmp_path):
    address = filled.identity()
    again = reopen()
    assert again.identity() == address
    other, _ = JournalService.create(tmp_path / "other.vault", PASSWORD, profile=FAST, state_dir=tmp_path / "state")
    other.save(Page(at=Moment(again.clock.now()), text="theirs"), "7" * 32)
    other.write_share(ticked("7"), out, recipients=[READER.recipient])
    other.close()
    with pytest.raises(NotForThisKey):
        again.open_share(out)


def test_a_journal_without_an_address_opens_no_share_and_makes_none_up(filled, out):
    filled.write_share(ticked("7"), out, recipients=[READER.recipient])
    before = held(filled)
    with pytest.raises(NotForThisKey):
        filled.open_share(out)
    assert held(filled) == before


def _refused(service, out, error, selection, *, match: str | None = None, **how) -> None:
    before = held(service)
    with pytest.raises(error, match=match):
        service.write_share(selection, out, **how)
    assert list(out.parent.iterdir()) == []
    assert held(service) == before


def test_what_cannot_be_shared_leaves_no_file_and_no_entry(filled, out):
    recipients = [READER.recipient]
    _refused(filled, out, ShareError, Selection(), recipients=recipients)
    _refused(filled, out, NotFound, ticked("e"), recipients=recipients)
    _refused(filled, out, ShareError, ticked("7"), recipients=["age1nobody"])


def test_an_existing_file_is_left_and_nothing_is_noted(filled, out):
    out.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        filled.write_share(ticked("7"), out, recipients=[READER.recipient])
    assert out.read_bytes() == b"mine"
    assert filled.ledger() == ()


def test_an_entry_that_went_since_the_preview_leaves_no_file(filled, out):
    selection = ticked("7", "4")
    payload = filled.preview_share(selection)
    filled.delete("7" * 32)
    _refused(filled, out, NotFound, selection, payload=payload, recipients=[READER.recipient])


def test_a_journal_for_reading_writes_no_share(filled, reopen, out):
    again = reopen(read_only=True)
    recipients = [READER.recipient]
    _refused(again, out, ReadOnlyJournal, ticked("7"), recipients=recipients, match="Nothing was written")


def test_a_ledger_that_cannot_be_written_takes_the_share_back(filled, reopen, out, path, tmp_path):
    """In a process whose files may not grow beyond the share's size: the share fits, the ledger does not."""
    filled.close()
    ended = run_apart(
        """
        import json, resource, signal, sys
        from pathlib import Path
        from journal.errors import JournalError
        from journal.service import JournalService
        from journal.share import Selection
        from tests.journal.service.entries import PASSWORD

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        service = JournalService.open(Path(sys.argv[1]), password=PASSWORD, state_dir=Path(sys.argv[2]))
        selection, out, to = Selection(eids=frozenset({"7" * 32})), Path(sys.argv[3]), [sys.argv[4]]
        service.write_share(selection, out.with_name("before.age"), recipients=to)
        size = out.with_name("before.age").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            service.write_share(selection, out, recipients=to)
        except JournalError as error:
            print(json.dumps([type(error).__name__, len(service.ledger())]))
        """,
        str(path),
        str(tmp_path / "state"),
        str(out),
        READER.recipient,
    )
    assert json.loads(ended.stdout) in (["StorageFull", 1], ["StorageFailed", 1]), ended.stderr
    assert [file.name for file in out.parent.iterdir()] == ["before.age"]
    assert len(reopen().ledger()) == 1


def test_a_power_cut_right_after_the_file_loses_neither_its_words_nor_its_place_in_the_ledger(
    filled, reopen, out, path, tmp_path
):
    filled.close()
    ended = run_apart(
        """
        import os, sys
        from pathlib import Path
        from journal.service import JournalService, UnfinishedShare, sharing
        from journal.share import Selection
        from tests.journal.service.entries import PASSWORD

        def then_nothing(*arguments, **more):
            write(*arguments, **more)
            os._exit(9)

        write, sharing.write_share = sharing.write_share, then_nothing
        service = JournalService.open(Path(sys.argv[1]), password=PASSWORD, state_dir=Path(sys.argv[2]))
        kept = UnfinishedShare(to="Dr Amsel")
        words = "six quiet words for one share"
        selection = Selection(eids=frozenset({"7" * 32}), to="Dr Amsel")
        service.write_share(selection, Path(sys.argv[3]), passphrase=words, unfinished=kept)
        """,
        str(path),
        str(tmp_path / "state"),
        str(out),
    )
    assert ended.returncode == 9, ended.stderr
    again = reopen()
    kept = again.unfinished_share()
    assert (kept.words, kept.file, kept.made) == ("six quiet words for one share", str(out), True)
    (entry,) = again.ledger()
    assert (entry.record.share, entry.record.to, entry.record.eids) == (kept.share, "Dr Amsel", ("7" * 32,))
    assert read_share(out, passphrase=kept.words).share == entry.record.share
    assert again.unfinished_share() == kept and len(again.ledger()) == 1


def test_a_file_that_was_there_is_never_taken_for_the_share(filled, reopen, out):
    out.write_text("something else")
    kept = UnfinishedShare(to="Dr Amsel")
    with pytest.raises(AlreadyThere):
        filled.write_share(ticked("7"), out, recipients=[READER.recipient], unfinished=kept)
    again = reopen()
    assert again.unfinished_share() in (None, kept) and again.ledger() == ()


def test_a_preview_writes_nothing(filled, path):
    before = path.read_bytes()
    filled.preview_share(ticked("7", "1", "4"))
    assert path.read_bytes() == before
    assert filled.ledger() == ()


def test_a_share_of_a_page_says_that_page_and_no_other(filled, out):
    filled.save(page("canary"), "8" * 32)
    filled.write_share(ticked("7"), out, recipients=[READER.recipient])
    assert "canary" not in read_share(out, identity=READER.secret).text
