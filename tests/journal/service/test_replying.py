"""A therapist's reply: what is shown is written, what was written is noted with it, and what was sent stays."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest

from journal.errors import AlreadyThere, NotFound, ReadOnlyJournal, ShareError, StorageFailed
from journal.records import Comment, Landing, SentReply
from journal.service import JournalService, ReplyChoice, UnfinishedReply
from journal.share import generate_identity, generate_passphrase
from journal.share.reply import decode_reply
from tests.journal.service.entries import PASSWORD, held, run_apart
from tests.journal.service.two_people import everything_waiting, sent, with_text

WATER = (1, "text", 6, 11)
WHOLE = (2, "", 0, 0)


# -- what can go, and where --------------------------------------------------------------------------------------


def test_the_desk_says_what_waits_and_where_it_can_go(two, received):
    desk = two.therapist.reply_desk(received)
    assert [item.record.text for item in desk.waiting] == ["Which water?", "All of this day."]
    assert (desk.sender, desk.to.name, desk.to.address) == ("Dr Amsel", "Jona", two.patient.identity())
    assert desk.to.told.startswith("For the address you keep as Jona. Words compared on 12 March 2026, in person.")
    assert (desk.to.differs, desk.unsaved, desk.sent, desk.unfinished) == (False, 0, (), None)
    with pytest.raises(NotFound):
        two.therapist.reply_desk("f" * 32)


def test_what_is_typed_and_not_kept_is_counted_and_does_not_go_along(two, received):
    first = two.therapist.comments(received)[0]
    two.therapist.put_draft(first.eid, msgspec.structs.replace(first.record, text="Which water was it?"))
    two.therapist.put_draft(two.therapist.new_eid(), msgspec.structs.replace(first.record, text="More."))
    assert two.therapist.reply_desk(received).unsaved == 2
    payload = two.therapist.preview_reply(everything_waiting(two.therapist, received))
    assert [one.text for one in payload.comments] == ["Which water?", "All of this day."]


def test_a_share_without_a_proof_of_nobody_known_is_answered_with_words(two):
    eid = two.kept(two.share(prove=False))
    to = two.therapist.reply_desk(eid).to
    assert (to.address, to.contact) == ("", None)
    assert "closed with words" in to.told


def test_an_address_that_is_not_among_the_contacts_is_said_to_be(two):
    eid = two.kept()
    to = two.therapist.reply_desk(eid).to
    assert (to.address, to.contact) == (two.patient.identity(), None)
    assert "not among your contacts" in to.told


def test_the_client_s_contact_counts_before_the_share_s_address(two, received):
    """Somebody else's share was kept with this client: the reply does not go to them unasked."""
    other = generate_identity()
    (known,) = two.therapist.contacts()
    record = two.therapist.get(received).record
    client = two.therapist.get(record.client).record
    two.therapist.save(msgspec.structs.replace(client, contact=known.eid), record.client)
    two.therapist.save(msgspec.structs.replace(record, address=other.recipient), received)
    to = two.therapist.reply_desk(received).to
    assert (to.address, to.differs) == (two.patient.identity(), True)
    assert "with another address" in to.told


# -- the preview -------------------------------------------------------------------------------------------------


def test_the_preview_is_what_is_written_and_writes_nothing(two, received, tmp_path):
    before = (tmp_path / "therapist.vault").read_bytes()
    choice = everything_waiting(two.therapist, received, "Thank you.")
    payload = two.therapist.preview_reply(choice)
    assert (tmp_path / "therapist.vault").read_bytes() == before
    assert [(one.place, one.kind, one.field, one.words) for one in payload.comments] == [
        (1, "experience", "text", "water"),
        (2, "page", "", ""),
    ]
    assert (payload.sender, payload.to, payload.text) == ("Dr Amsel", "Jona", "Thank you.")
    path = two.file()
    written = two.therapist.write_reply(choice, path, payload=payload, recipient=two.patient.identity())
    assert two.opened(path).payload == payload
    assert (written.reply, written.path) == (payload.reply, path)
    share = two.therapist.get(received).record
    assert (payload.share, payload.shared) == (share.share, share.made)


def test_some_comments_or_words_alone_can_be_sent(two, received):
    first, second = (item.eid for item in two.therapist.comments(received))
    some = ReplyChoice(received=received, comments=(second,))
    assert [one.text for one in two.therapist.preview_reply(some).comments] == ["All of this day."]
    words = two.therapist.preview_reply(ReplyChoice(received=received, text="Until Tuesday."))
    assert (words.text, words.comments) == ("Until Tuesday.", ())
    for nothing in (ReplyChoice(received=received), ReplyChoice(received=received, text=" \n")):
        with pytest.raises(ShareError, match="nothing to send"):
            two.therapist.preview_reply(nothing)
    for gone in (("f" * 32,), (first, "f" * 32)):
        with pytest.raises(NotFound):
            two.therapist.preview_reply(ReplyChoice(received=received, comments=gone))
    with pytest.raises(NotFound):
        two.therapist.preview_reply(ReplyChoice(received="f" * 32, text="x"))


def test_a_comment_on_another_share_does_not_go_along(two, received):
    other = two.kept()
    eid = two.therapist.comment(other, "Elsewhere.", WHOLE).eid
    with pytest.raises(NotFound):
        two.therapist.preview_reply(ReplyChoice(received=received, comments=(eid,)))


def test_what_changed_since_the_preview_is_not_written(two, received):
    choice = everything_waiting(two.therapist, received)
    payload = two.therapist.preview_reply(choice)
    first = two.therapist.comments(received)[0]
    two.therapist.save(msgspec.structs.replace(first.record, text="Which sea?"), first.eid)
    for shown in (payload, with_text(two.therapist.preview_reply(choice), "and this")):
        with pytest.raises(ShareError, match="changed meanwhile"):
            two.therapist.write_reply(choice, two.file(), payload=shown, recipient=two.patient.identity())
    assert (list(two.folder.glob("file*")), two.therapist.sent_replies()) == ([], ())


def test_a_comment_that_fits_no_passage_of_the_share_is_not_sent(two, received, clock):
    """Such a one can only come out of a crafted file."""
    odd = Comment(received=received, place=99, text="x", made=two.now())
    eid = two.therapist.save(odd).eid
    with pytest.raises(ShareError, match="not in the share"):
        two.therapist.preview_reply(ReplyChoice(received=received, comments=(eid,)))


# -- writing -----------------------------------------------------------------------------------------------------


def test_what_was_written_is_noted_with_its_comments_in_one_commit(two, received, clock):
    clock.at += timedelta(hours=1)
    label = two.therapist.undo_label
    path, written = two.written(received, text="Thank you.")
    assert sent(two.therapist, received) == [("Which water?", True), ("All of this day.", True)]
    (note,) = two.therapist.sent_replies(received)
    comments = two.therapist.comments(received)
    assert note.record == SentReply(
        reply=written.reply, received=received, sent=two.now(), body=note.record.body, to="Jona", how="recipient",
        recipient=two.patient.identity(), proved=True, eids=tuple(item.eid for item in comments),
    )  # fmt: skip
    assert decode_reply(note.record.body.encode()) == two.opened(path).payload
    assert {(item.record.sent, item.record.reply) for item in comments} == {(note.record.sent, written.reply)}
    at = {version.at for eid in (note.eid, *note.record.eids) for version in two.therapist.versions(eid)[:1]}
    assert len(at) == 1
    assert two.therapist.undo_label != label == "Undo adding the comment"  # it would take back what is on its way
    assert two.therapist.reply_desk(received).waiting == ()
    assert two.therapist.clients()[0].comments == 0
    assert two.therapist.sent_replies("f" * 32) == ()


def test_a_sent_comment_is_not_sent_again(two, received):
    choice = everything_waiting(two.therapist, received)
    two.written(received)
    with pytest.raises(ShareError, match="sent already"):
        two.therapist.preview_reply(choice)
    two.therapist.comment(received, "One more.", WHOLE)
    path, _ = two.written(received)
    assert [one.text for one in two.opened(path).payload.comments] == ["One more."]
    assert len(two.therapist.sent_replies(received)) == 2


def test_words_close_a_reply_that_proves_nothing(two, received):
    words = generate_passphrase()
    path, _ = two.written(received, words=words)
    note = two.therapist.sent_replies()[0].record
    assert (note.how, note.recipient, note.proved) == ("passphrase", "", False)
    assert words not in str(held(two.therapist))
    opened = two.opened(path, words)
    assert opened.proof is None
    assert not two.patient.check_reply(opened).told.sure


def test_words_are_kept_until_they_were_seen(two, received):
    begun = UnfinishedReply(received=received, text="Thank you.", comments=("f" * 32,), by_words=True)
    two.therapist.keep_reply(begun)
    other = UnfinishedReply(received="e" * 32, text="another share")
    two.therapist.keep_reply(other)
    assert two.therapist.unfinished_reply(received) == two.therapist.reply_desk(received).unfinished == begun
    assert two.therapist.drafts() == ()
    choice = everything_waiting(two.therapist, received, "Thank you.")
    payload, words = two.therapist.preview_reply(choice), generate_passphrase()
    path = two.file()
    two.therapist.write_reply(choice, path, payload=payload, passphrase=words, unfinished=begun)
    kept = two.therapist.unfinished_reply(received)
    assert (kept.made, kept.words, kept.file, kept.reply) == (True, words, str(path), payload.reply)
    two.therapist.drop_reply(received)
    two.therapist.drop_reply(received)
    assert two.therapist.unfinished_reply(received) is None
    assert two.therapist.unfinished_reply("e" * 32) == other


def test_words_of_a_reply_that_was_not_written_are_not_shown(two, received):
    path = two.file()
    path.write_bytes(b"mine")
    choice = everything_waiting(two.therapist, received)
    payload, words = two.therapist.preview_reply(choice), generate_passphrase()
    begun = UnfinishedReply(received=received)
    with pytest.raises(AlreadyThere):
        two.therapist.write_reply(choice, path, payload=payload, passphrase=words, unfinished=begun)
    assert path.read_bytes() == b"mine"
    assert two.therapist.unfinished_reply(received) == begun
    assert sent(two.therapist, received) == [("Which water?", False), ("All of this day.", False)]


def test_a_power_cut_right_after_the_file_loses_neither_its_words_nor_what_was_sent(two, received, tmp_path, clock):
    """It is noted when the journal is open again. A comment that was changed before that was not sent as it is."""
    first, _ = two.therapist.comments(received)
    two.therapist.close()
    out = two.file()
    ended = run_apart(
        """
        import os, sys
        from pathlib import Path
        from journal.service import JournalService, UnfinishedReply, replying
        from tests.journal.service.entries import PASSWORD
        from tests.journal.service.two_people import everything_waiting

        def then_nothing(*arguments, **more):
            write(*arguments, **more)
            os._exit(9)

        write, replying.write_reply = replying.write_reply, then_nothing
        service = JournalService.open(Path(sys.argv[1]), password=PASSWORD, state_dir=Path(sys.argv[2]))
        choice = everything_waiting(service, sys.argv[4])
        kept = UnfinishedReply(received=sys.argv[4], comments=choice.comments, by_words=True)
        words = "six quiet words for one reply"
        payload = service.preview_reply(choice)
        service.write_reply(choice, Path(sys.argv[3]), payload=payload, passphrase=words, unfinished=kept)
        """,
        *map(str, (tmp_path / "therapist.vault", tmp_path / "state-x", out, received)),
    )
    assert ended.returncode == 9, ended.stderr
    again = JournalService.open(
        tmp_path / "therapist.vault", password=PASSWORD, clock=clock, state_dir=tmp_path / "state-y"
    )
    try:
        again.save(msgspec.structs.replace(first.record, text="Which sea?"), first.eid)
        desk = again.reply_desk(received)
        kept = desk.unfinished
        assert (kept.words, kept.file, kept.made) == ("six quiet words for one reply", str(out), True)
        opened = two.opened(out, kept.words)
        assert [one.text for one in opened.payload.comments] == ["Which water?", "All of this day."]
        (note,) = desk.sent
        assert (note.record.reply, decode_reply(note.record.body.encode())) == (opened.reply, opened.payload)
        assert [item.record.text for item in desk.waiting] == ["Which sea?"]
        assert sent(again, received) == [("Which sea?", False), ("All of this day.", True)]
        assert again.reply_desk(received) == desk
        again.drop_reply(received)
        assert again.unfinished_reply(received) is None
    finally:
        again.close()


def test_a_reply_whose_file_never_got_its_name_is_not_noted(two, received):
    """The words were sealed, and then nothing: the file that is looked for is not there."""
    choice = everything_waiting(two.therapist, received)
    payload, words = two.therapist.preview_reply(choice), generate_passphrase()
    path, begun = two.file(), UnfinishedReply(received=received, text="x")
    two.therapist.write_reply(choice, path, payload=payload, passphrase=words, unfinished=begun)
    made = two.therapist.unfinished_reply(received)
    (note,) = two.therapist.sent_replies(received)
    two.therapist.mark_not_sent(note.eid)
    assert two.therapist.unfinished_reply(received) == begun  # it is not taken for one that was not noted yet
    assert two.therapist.sent_replies(received) == ()
    two.therapist.keep_reply(made)
    path.unlink()
    assert two.therapist.unfinished_reply(received) == begun
    assert two.therapist.sent_replies(received) == ()
    assert [done for _, done in sent(two.therapist, received)] == [False, False]


def test_where_nothing_can_be_noted_nothing_is_written(two, received, tmp_path, clock):
    choice = everything_waiting(two.therapist, received)
    payload = two.therapist.preview_reply(choice)
    two.therapist.save(Landing(began=two.now()))
    with pytest.raises(Exception, match="rests until"):
        two.therapist.write_reply(choice, two.file(), payload=payload, recipient=two.patient.identity())
    two.therapist.close()
    reading = JournalService.open(
        tmp_path / "therapist.vault", password=PASSWORD, read_only=True, clock=clock, state_dir=tmp_path / "state-x"
    )
    with pytest.raises(ReadOnlyJournal, match="Nothing was written"):
        reading.write_reply(choice, two.file(), payload=payload, recipient=two.patient.identity())
    reading.close()
    assert list(two.folder.glob("file*")) == []


def test_a_note_that_cannot_be_written_takes_the_reply_back(two, received, tmp_path):
    """In a process whose files may not grow beyond the reply's size: the reply fits, the note does not."""
    address = two.patient.identity()
    two.therapist.close()
    ended = run_apart(
        """
        import json, resource, signal, sys
        from pathlib import Path
        from journal.errors import JournalError
        from journal.service import JournalService
        from tests.journal.service.entries import PASSWORD
        from tests.journal.service.two_people import everything_waiting, sent

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        path, state, out, received, address = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:]
        service = JournalService.open(path, password=PASSWORD, state_dir=state)
        choice = everything_waiting(service, received, "x" * 20_000)
        payload = service.preview_reply(choice)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        assert path.stat().st_size > 60_000
        try:
            service.write_reply(choice, out, payload=payload, recipient=address)
        except JournalError as error:
            print(json.dumps([type(error).__name__, sent(service, received), len(service.sent_replies())]))
        """,
        *map(str, (tmp_path / "therapist.vault", tmp_path / "state-x", two.folder / "file.age", received, address)),
    )
    name, comments, notes = json.loads(ended.stdout)
    assert (name in ("StorageFull", "StorageFailed"), notes) == (True, 0), ended.stderr
    assert comments == [["Which water?", False], ["All of this day.", False]]
    assert list(two.folder.glob("file*")) == []


def test_a_note_that_is_in_the_file_all_the_same_leaves_the_reply_there(two, received, monkeypatch):
    """The disk failed after the note was written: what is noted as sent is there, and can be marked as not sent."""
    noted = two.therapist._at_once

    def failing(*given: object) -> None:
        noted(*given)
        raise StorageFailed

    choice = everything_waiting(two.therapist, received)
    payload, path = two.therapist.preview_reply(choice), two.file()
    monkeypatch.setattr(two.therapist, "_at_once", failing)
    with pytest.raises(StorageFailed):
        two.therapist.write_reply(choice, path, payload=payload, recipient=two.patient.identity())
    monkeypatch.undo()
    assert two.opened(path).payload == payload
    two.therapist.mark_not_sent(two.therapist.sent_replies(received)[0].eid)
    assert [flag for _, flag in sent(two.therapist, received)] == [False, False]


def test_more_comments_than_a_reply_has_are_not_sent_in_one(two, received):
    odd = [Comment(received=received, place=0, text=f"{number}", made=two.now()) for number in range(1001)]
    two.therapist.save_many(odd)
    with pytest.raises(ShareError, match="too much for one reply"):
        two.therapist.preview_reply(everything_waiting(two.therapist, received))
