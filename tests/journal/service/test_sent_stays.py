"""What was sent stays as it was sent: no undo, no other words and no merge change what somebody has by now."""

from __future__ import annotations

import shutil
from datetime import timedelta

import msgspec
import pytest

from journal.errors import NotFound, Stopped
from journal.records import Client, Comment, Identity, Moment
from journal.service import JournalService, UnfinishedReply
from journal.share import open_sealed
from tests.journal.service.entries import PASSWORD, held
from tests.journal.service.two_people import EXPERIENCE, PAGE, sent

WATER = (1, "text", 6, 11)
WHOLE = (2, "", 0, 0)
TYPED = "b" * 32


def test_other_words_on_a_sent_comment_are_a_comment_of_their_own(two, received):
    two.written(received)
    first = two.therapist.comments(received)[0]
    two.therapist.put_draft(first.eid, msgspec.structs.replace(first.record, text="Which sea?"))
    saved = two.therapist.save(msgspec.structs.replace(first.record, text="Which sea?"), first.eid)
    assert saved.eid != first.eid
    assert two.therapist.get(first.eid).record == first.record
    new = two.therapist.get(saved.eid).record
    assert (new.text, new.sent, new.reply, new.words) == ("Which sea?", None, "", "water")
    assert two.therapist.draft(first.eid) is None
    assert [item.eid for item in two.therapist.reply_desk(received).waiting] == [saved.eid]


def test_saving_what_was_sent_unchanged_unsends_nothing(two, received):
    """It was being written while it was sent: what was begun before says that it was not."""
    begun = two.therapist.comments(received)[0]
    two.therapist.put_draft(begun.eid, begun.record)
    two.written(received)
    before = two.therapist.get(begun.eid)
    assert two.therapist.draft(begun.eid) is not None  # what is being written stays unsaved
    assert two.therapist.save(begun.record, begun.eid).rev == before.rev
    assert two.therapist.get(begun.eid).record.sent is not None
    assert two.therapist.draft(begun.eid) is None


def test_undo_does_not_take_back_what_was_sent(two, received):
    two.written(received)
    while two.therapist.undo() is not None:
        pass
    assert [flag for _, flag in sent(two.therapist, received)] == [True, True]


def test_a_reply_that_was_not_given_is_marked_so_and_undo_marks_it_sent_again(two, received):
    two.written(received)
    note = two.therapist.sent_replies(received)[0]
    two.therapist.comment(received, "Later.", WHOLE)
    later, _ = two.written(received)
    two.therapist.mark_not_sent(note.eid)
    texts = [("Which water?", False), ("All of this day.", False), ("Later.", True)]
    assert sorted(sent(two.therapist, received)) == sorted(texts)
    assert [item.record.reply for item in two.therapist.sent_replies()] == [two.opened(later).reply]
    assert two.therapist.undo_label == "Undo marking a reply as not sent"
    two.therapist.undo()
    assert all(flag for _, flag in sent(two.therapist, received))
    assert len(two.therapist.sent_replies()) == 2
    two.therapist.redo()
    two.therapist.delete(note.record.eids[0])
    assert len(two.therapist.sent_replies()) == 1
    with pytest.raises(NotFound):
        two.therapist.mark_not_sent(received)


def test_of_two_versions_only_the_one_that_was_sent_counts_as_sent(two, received, tmp_path, clock):
    """The comment was changed on another computer meanwhile, and the two were merged."""
    shutil.copy(tmp_path / "therapist.vault", tmp_path / "copy.vault")
    elsewhere = JournalService.open(
        tmp_path / "copy.vault", password=PASSWORD, clock=clock, state_dir=tmp_path / "state-copy"
    )
    first = two.therapist.comments(received)[0]
    elsewhere.save(msgspec.structs.replace(first.record, text="There."), first.eid)
    elsewhere.close()
    clock.at += timedelta(minutes=5)
    two.therapist.save(msgspec.structs.replace(first.record, text="Here."), first.eid)
    two.therapist.merge(two.therapist.look_into(tmp_path / "copy.vault").copy)
    shown = two.therapist.get(first.eid)
    assert shown.heads == 2
    two.written(received)
    said = {one.record.text: one.record.sent is not None for one in two.therapist._standing(first.eid)}
    assert said == {text: text == shown.record.text for text in ("Here.", "There.")}


def test_a_client_goes_with_what_was_sent_to_them(two, received):
    """A reply quotes what they wrote."""
    two.written(received)
    (row,) = two.therapist.clients()
    two.therapist.remove_client(row.eid)
    left = {record.kind for record in held(two.therapist).values()}
    assert left.isdisjoint({"client", "received", "comment", "sent-reply"})
    assert "water" not in str(held(two.therapist))
    two.therapist.undo()
    assert len(two.therapist.sent_replies(received)) == 1


def begin(journal: JournalService, received: str) -> UnfinishedReply:
    begun = UnfinishedReply(received=received, text="About the water.", words="seven words", reply="0" * 32)
    journal.keep_reply(begun)
    return begun


@pytest.mark.parametrize("whole", [False, True])
def test_a_share_goes_with_its_replies_and_the_one_that_is_begun(two, received, whole):
    """All of it quotes what the client wrote, and comes back together."""
    two.written(received)
    begun = begin(two.therapist, received)
    (row,) = two.therapist.clients()
    if whole:
        two.therapist.remove_client(row.eid)
    else:
        two.therapist.remove_share(received)
    left = {record.kind for record in held(two.therapist).values()}
    assert left.isdisjoint({"received", "comment", "sent-reply"})
    assert two.therapist.unfinished_reply(received) is None
    two.therapist.undo()
    assert len(two.therapist.sent_replies(received)) == 1 and len(two.therapist.comments(received)) == 2
    assert two.therapist.unfinished_reply(received) == begun.begun()
    two.therapist.redo()
    assert two.therapist.sent_replies() == () and two.therapist.unfinished_reply(received) is None
    two.therapist.undo()
    assert two.therapist.unfinished_reply(received) == begun.begun()


def test_nothing_of_a_reply_is_left_once_its_share_is_purged(two, received):
    two.written(received)
    begin(two.therapist, received)
    two.therapist.remove_share(received)
    begin(two.therapist, received)  # as when a copy that was merged brings one
    two.therapist.purge_removed()
    while two.therapist.undo() is not None:
        pass
    assert {record.kind for record in held(two.therapist).values()}.isdisjoint({"received", "comment", "sent-reply"})
    assert two.therapist.unfinished_reply(received) is None


def type_comment(journal: JournalService, received: str) -> str:
    """A comment that is typed beside the water and not kept."""
    journal.put_draft(
        TYPED,
        Comment(
            received=received,
            place=1,
            text="And the boat?",
            made=Moment(journal.clock.now()),
            field="text",
            start=6,
            end=11,
            words="water",
        ),
    )
    return TYPED


@pytest.mark.parametrize("whole", [False, True])
def test_a_comment_that_was_typed_and_not_kept_goes_with_its_share(two, received, whole):
    """It quotes what the client wrote. What is typed about another share stays."""
    other = two.kept(two.share({PAGE}))
    draft = two.therapist.draft(type_comment(two.therapist, received))
    elsewhere = msgspec.structs.replace(draft.record, received=other, place=0)
    two.therapist.put_draft("d" * 32, elsewhere)
    (row,) = two.therapist.clients()
    if whole:
        two.therapist.remove_client(row.eid)
    else:
        two.therapist.remove_share(received)
    assert two.therapist.draft(TYPED) is None
    assert (two.therapist.draft("d" * 32) is None) == whole
    two.therapist.undo()
    assert two.therapist.draft(TYPED) == draft and two.therapist.draft("d" * 32).record == elsewhere
    two.therapist.redo()
    assert two.therapist.draft(TYPED) is None
    type_comment(two.therapist, received)  # as when a copy that was merged brings one
    two.therapist.purge_removed()
    assert two.therapist.draft(TYPED) is None
    assert (two.therapist.draft("d" * 32) is None) == whole
    while two.therapist.undo() is not None:
        pass
    assert two.therapist.draft(TYPED) is None


def test_what_is_typed_of_a_comment_that_was_kept_comes_back_with_it(two, received):
    kept = two.therapist.comment(received, "Which water?", WATER)
    begun = msgspec.structs.replace(two.therapist.get(kept.eid).record, text="Which lake?")
    two.therapist.put_draft(kept.eid, begun)
    two.therapist.remove_share(received)
    two.therapist.undo()
    assert two.therapist.draft(kept.eid).record == begun
    two.therapist.delete(kept.eid)
    two.therapist.purge(received)
    assert kept.eid in {one.eid for one in two.therapist.removed()}


def test_what_is_begun_stays_where_its_share_could_not_be_purged(two, received, tmp_path, clock):
    begun, typed = begin(two.therapist, received), type_comment(two.therapist, received)
    with pytest.raises(Stopped):
        two.therapist.purge(received, watch=lambda _done, _of: False)
    two.therapist.close()
    again = JournalService.open(
        tmp_path / "therapist.vault", password=PASSWORD, clock=clock, state_dir=tmp_path / "state-therapist"
    )
    assert again.unfinished_reply(received) == begun.begun()
    assert again.draft(typed).record.text == "And the boat?"
    assert again.purge(received).drafts == 2
    assert again.unfinished_reply(received) is None and again.drafts() == ()
    again.close()


def test_what_was_sent_comes_through_reopening_export_and_import(two, received, tmp_path, clock):
    _, written = two.written(received)
    two.therapist.close()
    again = JournalService.open(
        tmp_path / "therapist.vault", password=PASSWORD, clock=clock, state_dir=tmp_path / "state-therapist"
    )
    assert again.sent_replies(received)[0].record.reply == written.reply
    assert "1 reply that was sent" in again.export("markdown", tmp_path / "t.md").left_out
    again.export("json", tmp_path / "t.json")
    assert again.import_file(tmp_path / "t.json").added == 0
    again.close()
    two.patient.import_file(tmp_path / "t.json")
    (note,) = two.patient.sent_replies()
    assert note.record.reply == written.reply
    # Where a reply can go is not told by a file: somebody could have written another address into it.
    assert two.patient.get(note.record.received).record.address == ""


def test_the_identity_is_made_when_first_needed(two):
    """A therapist who only ever got shares by words, and now answers to an address."""
    two.know_each_other()
    secret = next(item.record.secret for item in two.patient.items() if isinstance(item.record, Identity))
    eid = two.kept(two.share({EXPERIENCE, PAGE}))
    two.therapist.comment(eid, "x", (0, "", 0, 0))
    path, _ = two.written(eid)
    assert open_sealed(path.read_bytes(), identity=secret).startswith(b"Integration Journal reply, version 2\n")
    assert sum(isinstance(item.record, Client) for item in two.therapist.items()) == 1
