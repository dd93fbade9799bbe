"""A reply that comes back: whose it is, which share and which entries it is about, and that it is kept once."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import NotFound, Resting, ShareError
from journal.records import Landing, Moment, Reply, ScaleTotal
from journal.service import JournalService, Stands
from journal.service.replies import where
from journal.share import (
    ReplyComment,
    Seen,
    Selection,
    Verdict,
)
from journal.share.reply import pack_reply
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, page
from tests.journal.service.two_people import (
    CHECKIN,
    EXPERIENCE,
    PAGE,
    SESSION,
    TICKED,
    beside,
    forged,
    stands,
)

WATER = (1, "text", 6, 11)


# -- there and back ----------------------------------------------------------------------------------------------


def test_comments_come_back_beside_the_entries(known, reopen):
    opened = known.answered(
        ("Which water?", WATER), ("At what hour?", (0, "", 0, 0)), ("Good to read.", (3, "", 0, 0)), text="Thank you."
    )
    checked = known.patient.check_reply(opened)
    assert checked.told.sure
    assert checked.told.text.startswith("Made by Dr Amsel. Words compared on 12 March 2026, in person.")
    assert (checked.seen, checked.kept, checked.receipt.record.share) == (Seen.NEW, "", opened.share)
    taken = known.patient.take_in_reply(opened)
    service = reopen()
    assert beside(service, EXPERIENCE) == [("Which water?", Stands.PASSAGE, (6, 11))]
    assert beside(service, SESSION) == [("At what hour?", Stands.ENTRY, None)]
    assert beside(service, CHECKIN) == [("Good to read.", Stands.ENTRY, None)]
    assert beside(service, PAGE) == []
    (view,) = service.replies()
    assert (view.eid, view.name, view.sure, view.payload) == (taken.eid, "Dr Amsel", True, opened.payload)
    assert view.record == Reply(
        reply=opened.reply, share=opened.share, received=Moment(known.clock.at), body=opened.contents.decode(),
        maker=checked.told.text, known=True,
    )  # fmt: skip


def test_each_place_of_a_share_is_the_entry_that_the_ledger_says(known):
    """Sessions with their writings of each kind, what belongs to no session, check-ins, and the kinds after them."""
    total = known.patient.save(ScaleTotal(at=Moment(known.clock.at), name="PSS-10", total=21.0)).eid
    ticked = {"1" * 32, "2" * 32, "3" * 32, "4" * 32, "5" * 32, "6" * 32, "7" * 32, total}
    opened = known.share(ticked)
    received = known.kept(opened)
    for place in range(len(ticked)):
        known.therapist.comment(received, f"on {place}", (place, "", 0, 0))
    known.patient.take_in_reply(known.opened(known.written(received)[0]))
    order = ["1" * 32, "3" * 32, "4" * 32, "5" * 32, "2" * 32, "7" * 32, "6" * 32, total]
    assert [beside(known.patient, eid) for eid in order] == [
        [(f"on {place}", Stands.ENTRY, None)] for place in range(len(ticked))
    ]


def test_the_same_reply_is_kept_once_and_undo_takes_it_out(known):
    opened = known.answered()
    taken = known.patient.take_in_reply(opened)
    again = known.patient.take_in_reply(known.opened(next(known.folder.glob("reply-*"))))
    assert (again.eid, again.saved, again.change) == (taken.eid, None, None)
    assert known.patient.check_reply(opened).seen is Seen.AGAIN
    assert known.patient.check_reply(opened).kept == taken.eid
    assert len(known.patient.replies()) == 1
    assert known.patient.undo_label == "Undo adding the reply"
    known.patient.undo()
    assert (known.patient.replies(), beside(known.patient, EXPERIENCE)) == ((), [])


def test_two_replies_to_one_share_are_both_kept_the_newest_first(known):
    received = known.kept()
    eids = []
    for text in ("First.", "Second."):
        known.therapist.comment(received, text, WATER)
        eids.append(known.patient.take_in_reply(known.opened(known.written(received)[0])).eid)
        known.clock.at += timedelta(days=2)
    assert [view.eid for view in known.patient.replies()] == eids[::-1]
    assert [text for text, _, _ in beside(known.patient, EXPERIENCE)] == ["First.", "Second."]


def test_reading_one_and_taking_it_out(known):
    eid = known.patient.take_in_reply(known.answered()).eid
    label = known.patient.undo_label
    known.clock.at += timedelta(hours=1)
    assert known.patient.mark_reply_seen(eid) is not None
    assert known.patient.mark_reply_seen(eid) is None
    assert (known.patient.reply(eid).record.seen, known.patient.undo_label) == (Moment(known.clock.at), label)
    known.patient.remove_reply(eid)
    assert known.patient.replies() == ()
    for call in (known.patient.reply, known.patient.remove_reply, known.patient.mark_reply_seen):
        with pytest.raises(NotFound):
            call(eid)
    known.patient.undo()
    assert known.patient.reply(eid).record.seen is not None
    for call in (known.patient.reply, known.patient.remove_reply):
        with pytest.raises(NotFound):
            call(PAGE)
    known.patient.save(Landing(began=Moment(known.clock.at)))
    with pytest.raises(Resting):
        known.patient.remove_reply(eid)


def test_a_reply_is_never_shared(known):
    eid = known.patient.take_in_reply(known.answered()).eid
    with pytest.raises(ShareError, match="never shared"):
        known.patient.preview_share(Selection(eids=TICKED | {eid}))


# -- which share, which entry ------------------------------------------------------------------------------------


def test_a_share_that_was_never_made_here_is_said_to_be_unknown(known):
    opened = known.answered()
    made_up = msgspec.structs.replace(opened.payload, share="a" * 32)
    author = known.therapist._author(prove=True, sign=False)
    stranger = forged(known, made_up, author)
    checked = known.patient.check_reply(stranger)
    assert (checked.receipt, checked.told.sure) == (None, False)
    assert "not among those that this journal made" in checked.told.text
    eid = known.patient.take_in_reply(stranger).eid
    assert stands(known.patient, eid) == [(Stands.UNKNOWN, "")]
    assert beside(known.patient, EXPERIENCE) == []


def test_a_reply_before_its_share_finds_it_once_the_copies_are_merged(known, other):
    """The share was made on one device, and the reply comes to the other."""
    elsewhere = other()
    opened = known.answered()
    eid = elsewhere.take_in_reply(opened).eid
    assert stands(elsewhere, eid) == [(Stands.UNKNOWN, "")]
    elsewhere.merge(elsewhere.look_into(known.patient.path).copy)
    assert beside(elsewhere, EXPERIENCE) == [("Which water?", Stands.PASSAGE, (6, 11))]
    assert elsewhere.reply(eid).sure


def test_one_that_two_copies_took_in_stands_there_once_and_goes_as_one(known, other):
    elsewhere = other()
    opened = known.answered()
    one, two_ = known.patient.take_in_reply(opened).eid, elsewhere.take_in_reply(opened).eid
    elsewhere.mark_reply_seen(two_)
    known.patient.merge(known.patient.look_into(elsewhere.path).copy)
    (view,) = known.patient.replies()
    assert view.record.seen is not None
    assert len(beside(known.patient, EXPERIENCE)) == 1
    known.patient.remove_reply(view.eid)
    assert known.patient.replies() == ()
    known.patient.undo()
    assert {item.eid for item in known.patient.items() if isinstance(item.record, Reply)} == {one, two_}


def test_an_entry_that_was_changed_keeps_the_comment_beside_it(known):
    eid = known.patient.take_in_reply(known.answered()).eid
    record = known.patient.get(EXPERIENCE).record
    for text, expected in (
        ("deep under water", (Stands.PASSAGE, (11, 16))),
        ("water, under water", (Stands.SEVERAL, None)),
        ("under the sea", (Stands.CHANGED, None)),
        ("under water, and water", (Stands.PASSAGE, (6, 11))),
        ("", (Stands.CHANGED, None)),
    ):
        known.patient.save(msgspec.structs.replace(record, text=text), EXPERIENCE)
        assert beside(known.patient, EXPERIENCE) == [("Which water?", *expected)]
        assert known.patient.reply(eid).comments[0].comment.words == "water"


_SOME = st.text("ab […]", max_size=12)


@given(_SOME, st.integers(0, 8), _SOME.filter(bool))
def test_words_are_marked_only_where_they_stand(text, start, words):
    """Any text, any words: what is marked are these words, or those around what was hidden between them."""
    comment = ReplyComment(
        place=0, kind="page", field="text", start=start, end=start + len(words), words=words, text="x"
    )
    stands, at = where(comment, text)
    assert (at is not None) is (stands is Stands.PASSAGE)
    pieces = [piece for piece in words.split("[…]") if piece.strip()]
    if at is None:
        around = "[…]" in words and all(piece in text for piece in pieces)
        several = any(text.find(one) != text.rfind(one) for one in (words, *(pieces if around else ())))
        assert stands is (Stands.SEVERAL if several else Stands.CHANGED)
    elif text[slice(*at)] != words:
        rest = text[slice(*at)]
        assert "[…]" in words and words not in text
        for piece in pieces:
            assert text.find(piece) == text.rfind(piece) >= 0
            assert piece in rest
            rest = rest[rest.index(piece) + len(piece) :]
        assert rest == ""


def test_words_around_something_hidden_are_marked_only_where_each_stands_once():
    text = "I sat by the sea. It was cold. Later I opened my brother's door and wept."

    def found(words: str) -> tuple[Stands, str]:
        start = text.index("I opened")
        comment = ReplyComment(
            place=0, kind="page", field="text", start=start, end=start + len(words), words=words, text="x"
        )
        stands, at = where(comment, text)
        return stands, text[slice(*at)] if at else ""

    assert found("I […] door") == (Stands.SEVERAL, "")  # it would begin at the first word of the text
    assert found("I opened […] door") == (Stands.PASSAGE, "I opened my brother's door")
    assert found("[…] door and") == (Stands.PASSAGE, " door and")
    assert found("opened[…] […] wept") == (Stands.PASSAGE, "opened my brother's door and wept")
    assert found("door[…]I opened") == (Stands.CHANGED, "")
    assert found("I opened […] window") == (Stands.CHANGED, "")
    assert found("[…] […]") == (Stands.CHANGED, "")


def test_an_entry_that_was_removed_or_is_gone_for_good_leaves_the_comment_with_its_words(known):
    eid = known.patient.take_in_reply(known.answered()).eid
    known.patient.delete(EXPERIENCE)
    assert stands(known.patient, eid) == [(Stands.REMOVED, EXPERIENCE)]
    known.patient.purge(EXPERIENCE)
    view = known.patient.reply(eid)
    assert stands(known.patient, eid) == [(Stands.GONE, EXPERIENCE)]
    assert view.comments[0].comment.words == "water"
    assert view.sure


def test_a_passage_around_something_hidden_is_found(known):
    """What was left out of the share stands there as a gap; a comment can be about words on both sides of it."""
    text = "I told her about the blue door, and then we slept."
    known.patient.save(page(text), PAGE)
    selection = Selection(eids=frozenset({PAGE}), sender="Jona")
    hidden = known.patient.hide_passage(selection, (0, "text", text.index("her"), text.index(" about")))
    shared = known.share({PAGE}, hidden=hidden.hidden)
    seen = shared.payload.writings[0].text
    assert seen == "I told […] about the blue door, and then we slept."
    received = known.kept(shared)
    for words in ("blue door", "told […] about", "[…]"):
        at = seen.index(words)
        known.therapist.comment(received, words, (0, "text", at, at + len(words)))
    known.patient.take_in_reply(known.opened(known.written(received)[0]))
    found = {said: (how, text[slice(*at)] if at else None) for said, how, at in beside(known.patient, PAGE)}
    assert found == {
        "blue door": (Stands.PASSAGE, "blue door"),
        "told […] about": (Stands.PASSAGE, "told her about"),
        "[…]": (Stands.CHANGED, None),
    }


@pytest.mark.parametrize("change", [{"place": 3}, {"place": 4}, {"place": 10**6}, {"kind": "page"}])
def test_a_comment_on_another_place_than_the_share_had_is_beside_nothing(known, change):
    opened = known.answered()
    (comment,) = opened.payload.comments
    moved = msgspec.structs.replace(opened.payload, comments=(msgspec.structs.replace(comment, **change),))
    author = known.therapist._author(prove=True, sign=False)
    eid = known.patient.take_in_reply(forged(known, moved, author)).eid
    assert stands(known.patient, eid) == [(Stands.NOT_IN_SHARE, "")]
    assert not any(known.patient.replies_beside(one) for one in TICKED)


@pytest.mark.parametrize("field", ["marks", "no_such_field", "title"])
def test_a_field_that_the_entry_has_not_is_taken_for_changed(known, field):
    opened = known.answered()
    comment = msgspec.structs.replace(opened.payload.comments[0], field=field)
    moved = msgspec.structs.replace(opened.payload, comments=(comment,))
    known.patient.take_in_reply(forged(known, moved, known.therapist._author(prove=True, sign=False)))
    assert [how for _, how, _ in beside(known.patient, EXPERIENCE)] == [Stands.CHANGED]


# -- in and out --------------------------------------------------------------------------------------------------


def test_replies_go_out_and_come_in(known, tmp_path):
    known.patient.take_in_reply(known.answered(text="Thank you.\nUntil Tuesday."))
    before = known.patient.replies()
    told = known.patient.export("markdown", tmp_path / "all.md")
    assert "reply" not in told.left_out
    text = (tmp_path / "all.md").read_text("utf-8")
    assert "# Replies to shares" in text
    for said in ("Made by Dr Amsel", "Thank you. Until Tuesday.", "Which water?", "“water”", "2026-03-12"):
        assert said in text, said
    assert "1 reply to a share" in known.patient.export("csv", tmp_path / "all.csv").left_out
    known.patient.export("json", tmp_path / "all.json")
    assert known.patient.import_file(tmp_path / "all.json").added == 0
    anew, _ = JournalService.create(
        tmp_path / "new.vault", PASSWORD, profile=FAST, clock=known.clock, state_dir=tmp_path / "state-new"
    )
    anew.import_file(tmp_path / "all.json")
    (view,) = anew.replies()
    assert view.payload == before[0].payload
    assert beside(anew, EXPERIENCE) == beside(known.patient, EXPERIENCE)
    # The address it was made for stays with the other journal, and what that one found out is not taken from a file.
    assert (view.checked.finding.verdict, view.sure) == (Verdict.OTHER_READER, False)
    assert (view.record.known, view.record.maker) == (False, "")
    anew.close()


def test_a_crafted_import_makes_no_reply_certain(known, tmp_path):
    """A file of entries says of a reply that it is known, and holds words that nobody sent."""
    opened = known.answered()
    eid = known.patient.take_in_reply(opened).eid
    known.patient.export("json", tmp_path / "all.json")
    told = json.loads((tmp_path / "all.json").read_text())
    text = json.dumps(told)
    assert "Which water?" in text
    (tmp_path / "bad.json").write_text(text.replace("Which water?", "Wrong words!"))
    known.patient.import_file(tmp_path / "bad.json")
    record = known.patient.get(eid).record
    assert "Wrong words!" in record.body
    assert (record.known, record.maker) == (False, "")
    assert known.patient.replies() == ()  # it is no reply any more: its hashes do not fit
    forged_ = pack_reply(msgspec.structs.replace(opened.payload, text="Made up."))
    made = Reply(
        reply=opened.reply, share=opened.share, received=Moment(known.clock.at), body=forged_.decode(),
        maker="Made by Dr Amsel.", known=True,
    )  # fmt: skip
    assert not known.patient.reply(known.patient.save(made).eid).sure


def test_a_reply_of_a_later_version_is_kept_and_not_shown(known):
    opened = known.answered()
    later = opened.contents.decode().replace("reply, version 2", "reply, version 3", 1)
    known.patient.save(Reply(reply=opened.reply, share=opened.share, received=Moment(known.clock.at), body=later))
    assert (known.patient.replies(), known.patient.replies_beside(EXPERIENCE)) == ((), ())
    assert sum(isinstance(item.record, Reply) for item in known.patient.items()) == 1
