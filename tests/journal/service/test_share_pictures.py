"""Pictures in shares, with an open journal: drawn anew, as they were seen, and only what is still in the journal."""

from __future__ import annotations

import json
import resource

import msgspec
import pytest

from journal.errors import DamagedJournal, InvalidRecord, NotFound, ShareError, StorageFailed, StorageFull
from journal.records import Client, Moment
from journal.service import JournalService, attaching
from journal.share import Drawn, Picked, Selection, generate_identity, read_share, redraw
from journal.share.file import pack
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, course_of_two, held, run_apart
from tests.journal.share.laden import LADEN, WORD, png

READER = generate_identity()
PAGE, SESSION, CHECKIN = "7" * 32, "1" * 32, "6" * 32


@pytest.fixture
def filled(service):
    """A page, a session and a check-in with a picture each, and a page with a file besides."""
    course_of_two(service, "c" * 32)
    for entry, kind in ((PAGE, "png"), (SESSION, "jpeg"), (CHECKIN, "webp")):
        service.attach_bytes(entry, f"canary-name.{kind}", LADEN[kind])
    service.attach_bytes(PAGE, "canary-memo.ogg", WORD)
    return service


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "share.age"


def of(service, entry: str) -> str:
    """The id of an entry's picture."""
    (offered,) = service.share_pictures()[entry]
    return offered.eid


def ticked(service, *entries: str, caption: str = "") -> Selection:
    """These entries with their pictures."""
    pictures = tuple(Picked(of(service, entry), caption) for entry in entries)
    return Selection(eids=frozenset(entries), pictures=pictures)


def test_only_what_may_be_a_picture_is_offered(filled):
    offered = filled.share_pictures()
    assert {entry: [one.name for one in found] for entry, found in offered.items()} == {
        PAGE: ["canary-name.png"], SESSION: ["canary-name.jpeg"], CHECKIN: ["canary-name.webp"],
    }  # fmt: skip


def test_what_is_previewed_is_written_and_has_no_word_of_the_files(filled, out):
    selection = ticked(filled, PAGE, SESSION, CHECKIN, caption="Seen ")
    payload = filled.preview_share(selection)
    assert [one.place for one in payload.pictures] == [0, 1, 2]
    assert {one.caption for one in payload.pictures} == {"Seen"}
    assert filled.files_left_out(selection) == 1
    filled.write_share(selection, out, payload=payload, recipients=[READER.recipient])
    opened = read_share(out, identity=READER.secret)
    assert opened.payload == payload
    contents = pack(payload)
    for word in (WORD, b"canary-name", b"canary-memo", *(of(filled, e).encode() for e in (PAGE, SESSION, CHECKIN))):
        assert word not in contents
    (entry,) = filled.ledger()
    assert entry.record.counts["picture"] == 3 and len(entry.record.eids) == 3


def test_pictures_that_were_drawn_are_not_drawn_again(filled):
    selection = ticked(filled, PAGE)
    drawn = redraw(LADEN["bmp"])
    other = Drawn(drawn.wide, drawn.high, True, drawn.data)
    assert filled.preview_share(selection, {selection.pictures[0].eid: other}).pictures[0].several


def test_a_picture_that_went_since_the_preview_leaves_no_file(filled, out):
    selection = ticked(filled, PAGE)
    payload = filled.preview_share(selection)
    filled.delete(selection.pictures[0].eid)
    before = held(filled)
    with pytest.raises(NotFound, match="no longer in the journal"):
        filled.write_share(selection, out, payload=payload, recipients=[READER.recipient])
    assert list(out.parent.iterdir()) == [] and held(filled) == before


def test_what_cannot_be_drawn_says_which_and_leaves_no_file(filled, out):
    filled.attach_bytes(SESSION, "bomb.png", png(50_000, 50_000))
    bomb = next(one.eid for one in filled.share_pictures()[SESSION] if one.name == "bomb.png")
    picked = Picked(bomb)
    with pytest.raises(ShareError, match=r"^Picture 2 of 2 cannot go along: it has too many pixels"):
        whole = ticked(filled, PAGE)
        both = msgspec.structs.replace(whole, eids=whole.eids | {SESSION}, pictures=(*whole.pictures, picked))
        filled.write_share(both, out, recipients=[READER.recipient])
    with pytest.raises(ShareError, match=r"^This picture cannot go along"):
        filled.preview_share(Selection(eids=frozenset({SESSION}), pictures=(picked,)))
    assert list(out.parent.iterdir()) == []


def test_a_file_too_large_to_be_read_as_a_whole_is_refused(filled, monkeypatch):
    selection = ticked(filled, PAGE)
    monkeypatch.setattr(attaching.Files.attachment_data, "__defaults__", (100,))
    with pytest.raises(InvalidRecord, match="too large"):
        filled.preview_share(selection)


def test_a_full_disk_leaves_no_file(filled, out, path, tmp_path):
    filled.close()
    ended = run_apart(
        """
        import json, resource, signal, sys
        from pathlib import Path
        from journal.errors import JournalError
        from journal.service import JournalService
        from journal.share import Picked, Selection
        from tests.journal.service.entries import PASSWORD

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        service = JournalService.open(Path(sys.argv[1]), password=PASSWORD, state_dir=Path(sys.argv[2]))
        (offered,) = service.share_pictures()["7" * 32]
        selection = Selection(eids=frozenset({"7" * 32}), pictures=(Picked(offered.eid),))
        payload = service.preview_share(selection)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            service.write_share(selection, Path(sys.argv[3]), payload=payload, recipients=[sys.argv[4]])
        except JournalError as error:
            print(json.dumps([type(error).__name__, len(payload.pictures)]))
        """,
        str(path),
        str(tmp_path / "state"),
        str(out),
        READER.recipient,
    )
    assert json.loads(ended.stdout) == ["StorageFull", 1], ended.stderr
    assert list(out.parent.iterdir()) == []


# -- kept by their reader --------------------------------------------------------------------------------------


@pytest.fixture
def kept(filled, out, tmp_path):
    """A therapist's journal with that share: its service, the share's payload, the client and the kept share."""
    selection = ticked(filled, PAGE, SESSION, CHECKIN, caption="Seen")
    payload = filled.preview_share(selection)
    state = tmp_path / "theirs"
    theirs, _ = JournalService.create(tmp_path / "t.vault", PASSWORD, profile=FAST, state_dir=state)
    filled.write_share(selection, out, payload=payload, recipients=[theirs.identity()])
    client = theirs.save(Client(name="Ruth", added=Moment(theirs.clock.now()))).eid
    taken = theirs.take_in(theirs.open_share(out).payload, client)
    yield theirs, payload, client, taken
    theirs.close()


def test_a_share_is_kept_with_its_pictures_in_one_step(kept, tmp_path):
    theirs, payload, client, taken = kept
    assert theirs.received_pictures(taken.eid) == payload.pictures
    assert theirs.undo_label == "Undo keeping a share"
    assert theirs.take_in(payload, client).saved is None
    theirs.undo()
    assert theirs.kept_share(payload.share) is None
    theirs.redo()
    assert theirs.received_pictures(taken.eid) == payload.pictures
    theirs.remove_client(client)
    with pytest.raises(NotFound):
        theirs.received_pictures(taken.eid)
    theirs.undo()
    theirs.close()
    again = JournalService.open(tmp_path / "t.vault", password=PASSWORD, state_dir=tmp_path / "theirs")
    assert again.received_pictures(taken.eid) == payload.pictures
    assert again.review(client).shares[0].payload == msgspec.structs.replace(payload, pictures=())
    assert again.share_pictures() == {}
    again.close()


def test_a_share_without_pictures_has_none(kept):
    theirs, payload, client, _ = kept
    other = msgspec.structs.replace(payload, pictures=(), share="0" * 32)
    taken = theirs.take_in(other, client)
    assert theirs.received_pictures(taken.eid) == () and theirs.attachments(taken.eid) == ()
    with pytest.raises(NotFound, match="no longer there"):
        theirs.received_pictures(client)


def test_kept_pictures_that_are_others_are_said_to_be(kept):
    theirs, payload, client, _ = kept
    other = msgspec.structs.replace(payload, pictures=(), share="0" * 32)
    record = theirs.find(theirs.take_in(other, client).eid).record
    taken = theirs._keep_with_pictures(record, payload, ())  # those of another share
    with pytest.raises(DamagedJournal, match="pictures of this share"):
        theirs.received_pictures(taken.eid)


def test_no_room_for_pictures_keeps_nothing_of_the_share(kept, tmp_path):
    theirs, payload, client, _ = kept
    other = msgspec.structs.replace(payload, share="0" * 32)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises((StorageFull, StorageFailed)):
            theirs.take_in(other, client)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert theirs.kept_share(other) is None
    assert theirs.received_pictures(theirs.take_in(other, client).eid) == other.pictures
