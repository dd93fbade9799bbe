"""A reply is about what its share held, not about its number alone: another share can be given the same number."""

from __future__ import annotations

import json

import msgspec
import pytest

from journal.records import Client, Compared, Page, ShareReceipt, encode
from journal.service import JournalService, Stands
from journal.share import OpenedReply, OpenedShare, ReplyPayload, seal_for_recipients
from journal.share.file import pack
from journal.share.reply import pack_reply
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, page
from tests.journal.service.two_people import EXPERIENCE, PAGE, TICKED, Two, beside, forged, resealed, stands

WHOLE = (2, "", 0, 0)


def other_words(two: Two, shared: OpenedShare) -> OpenedShare:
    """What somebody who could read the share made of it: its number, other words, and no proof."""
    writings = tuple(msgspec.structs.replace(one, text="Other words.") for one in shared.payload.writings)
    path = two.file("other")
    made = pack(msgspec.structs.replace(shared.payload, writings=writings))
    path.write_bytes(seal_for_recipients(made, [two.therapist.identity()]))
    return two.therapist.open_share(path)


def kept_for_their_contact(two: Two, opened: OpenedShare) -> str:
    """Kept as one of the client's whose card the therapist has."""
    (contact,) = two.therapist.contacts()
    client = two.therapist.save(Client(name="Jona", added=two.now(), contact=contact.eid)).eid
    address = two.therapist.check_share(opened).finding.address
    return two.therapist.take_in(opened.payload, client, "", address).eid


def of_format_1(payload: ReplyPayload) -> ReplyPayload:
    return msgspec.structs.replace(payload, format=1, entries_sha256="")


def by_therapist(two: Two, payload: ReplyPayload) -> OpenedReply:
    return forged(two, payload, two.therapist._author(prove=True, sign=False))


def test_a_comment_on_another_share_with_the_same_number_is_beside_nothing(known):
    received = kept_for_their_contact(known, other_words(known, known.share()))
    known.therapist.comment(received, "Please call me.", WHOLE)
    opened = known.opened(known.written(received)[0])
    checked = known.patient.check_reply(opened)
    assert checked.told.text.startswith("Made by Dr Amsel.")
    assert "something else than that share held" in checked.told.text
    assert (checked.told.sure, checked.fits) == (False, False)
    view = known.patient.reply(known.patient.take_in_reply(opened).eid)
    assert (view.sure, view.record.known) == (False, False)
    assert stands(known.patient, view.eid) == [(Stands.OTHER_ENTRIES, "")]
    assert [known.patient.replies_beside(eid) for eid in TICKED] == [()] * len(TICKED)
    assert view.comments[0].comment.text == "Please call me."


def test_the_desk_says_that_nothing_proves_a_share_to_be_theirs(known):
    proved = kept_for_their_contact(known, known.share())
    unproved = kept_for_their_contact(known, known.share(prove=False))
    for eid, said in ((proved, False), (unproved, True)):
        to = known.therapist.reply_desk(eid).to
        assert (to.address, to.differs) == (known.patient.identity(), False)
        assert ("Nothing proves that this share is theirs" in to.told) is said


def test_it_says_so_of_one_that_is_answered_with_words(two):
    told = two.therapist.reply_desk(two.kept(two.share(prove=False))).to.told
    assert "closed with words" in told
    assert "Nothing proves that this share is theirs" in told


@pytest.mark.parametrize("proved", [True, False])
def test_a_reply_of_format_1_is_kept_and_shown_and_beside_nothing(known, proved):
    payload = of_format_1(known.answered(("Which water?", (1, "text", 6, 11)), text="Thank you.").payload)
    opened = by_therapist(known, payload) if proved else resealed(known, pack_reply(payload))
    eid = known.patient.take_in_reply(opened).eid
    view = known.patient.reply(eid)
    assert (view.sure, view.payload) == (False, payload)
    assert "An earlier version of the program made this reply" in view.checked.told.text
    assert stands(known.patient, eid) == [(Stands.OTHER_ENTRIES, "")]
    assert beside(known.patient, EXPERIENCE) == []


def test_a_reply_to_a_share_of_an_earlier_version_is_kept_and_shown_and_beside_nothing(known, reopen):
    """Its line in the ledger does not say what it held."""
    opened = known.answered(("Which water?", (1, "text", 6, 11)))
    (item,) = known.patient.ledger()
    known.patient.save(msgspec.structs.replace(item.record, entries_sha256=""), item.eid)
    known.patient.take_in_reply(opened)
    service = reopen()
    (again,) = service.ledger()
    assert isinstance(again.record, ShareReceipt)
    assert again.record.entries_sha256 == ""
    (view,) = service.replies()
    assert (view.sure, view.comments[0].stands) == (False, Stands.OTHER_ENTRIES)
    assert view.comments[0].comment.words == "water"
    assert (beside(service, EXPERIENCE), beside(service, PAGE)) == ([], [])


def test_what_a_made_up_reply_says_of_the_share_does_not_make_it_fit(known):
    payload = known.answered(("Which water?", (1, "text", 6, 11))).payload
    eid = known.patient.take_in_reply(
        by_therapist(known, msgspec.structs.replace(payload, entries_sha256="ab" * 32))
    ).eid
    assert stands(known.patient, eid) == [(Stands.OTHER_ENTRIES, "")]


# -- the ledger and files of entries -----------------------------------------------------------------------------


def exported(*records: tuple[str, ShareReceipt | Page]) -> str:
    told = [{**json.loads(encode(record)), "eid": eid} for eid, record in records]
    return json.dumps({
        "format": "integration-journal", "version": 1, "exported": "2026-03-12T00:00:00+00:00", "records": told,
    })  # fmt: skip


@pytest.fixture
def bea(known):
    """A reply of a contact whose words were compared, to a share that was not made for them."""
    journal, _ = JournalService.create(
        known.folder / "bea.vault", PASSWORD, profile=FAST, clock=known.clock, state_dir=known.folder
    )
    card = journal.own_card("Bea")
    eid = known.patient.add_card(card.card).eid
    known.patient.mark_compared(eid, card.words, Compared.IN_PERSON)
    payload = known.answered(("Which water?", (1, "text", 6, 11))).payload
    opened = forged(known, payload, journal._author(prove=True, sign=False))
    journal.close()
    return opened


def test_no_file_of_entries_makes_a_reply_certain_or_moves_a_comment(known, bea, tmp_path):
    eid = known.patient.take_in_reply(bea).eid
    before = known.patient.reply(eid)
    assert (before.sure, before.comments[0].eid) == (False, EXPERIENCE)
    (line,) = known.patient.ledger()
    crafted = msgspec.structs.replace(line.record, how="passphrase", recipient="", eids=(PAGE,) * 4)
    files = [
        exported(("0" * 31 + "1", crafted)),
        exported((line.eid, crafted)),
        exported((line.eid, page("In its place."))),
        exported(("0" * 31 + "2", crafted)),
    ]
    for number, text in enumerate(files):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        brought = known.patient.import_file(path)
        assert (brought.added, brought.already_there) == (0, 1)
        assert known.patient.ledger() == (line,)
        after = known.patient.reply(eid)
        assert (after.checked, after.comments) == (before.checked, before.comments)


def test_a_line_for_an_unknown_share_comes_in_and_nothing_is_certain_by_it(known, reopen, tmp_path):
    """Who made a share, and where its entries stood, is only what the file says."""
    opened = known.answered(("Which water?", (1, "text", 6, 11)))
    made_up = msgspec.structs.replace(opened.payload, share="a" * 32)
    eid = known.patient.take_in_reply(by_therapist(known, made_up)).eid
    (line,) = known.patient.ledger()
    text = exported(("0" * 31 + "1", msgspec.structs.replace(line.record, share="a" * 32)))
    (tmp_path / "in.json").write_text(text)
    assert known.patient.import_file(tmp_path / "in.json").added == 1
    assert known.patient.import_file(tmp_path / "in.json").added == 0
    service = reopen()
    view = service.reply(eid)
    assert not view.sure
    assert "only known from a file of entries" in view.checked.told.text
    assert view.comments[0].stands is Stands.PASSAGE


def test_what_was_noted_here_counts_before_what_was_imported(known, other, tmp_path):
    """The file came first to this copy; the other copy, which made the share, is merged later."""
    elsewhere = other()
    opened = known.answered(("Which water?", (1, "text", 6, 11)))
    (line,) = known.patient.ledger()
    crafted = msgspec.structs.replace(line.record, eids=(PAGE,) * 4)
    (tmp_path / "in.json").write_text(exported(("0" * 31 + "1", crafted)))
    elsewhere.import_file(tmp_path / "in.json")
    eid = elsewhere.take_in_reply(opened).eid
    assert not elsewhere.reply(eid).sure
    elsewhere.merge(elsewhere.look_into(known.patient.path).copy)
    view = elsewhere.reply(eid)
    assert (view.sure, view.comments[0].eid) == (True, EXPERIENCE)
