"""Whose a reply is: certain only where a contact whose words were compared made it, to a share that was for them."""

from __future__ import annotations

import msgspec

from journal.records import Client, Compared
from journal.service import JournalService
from journal.share import (
    Author,
    Seen,
    Selection,
    Verdict,
    container,
    generate_identity,
    generate_passphrase,
)
from journal.share.reply import encode_reply, pack_reply
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD
from tests.journal.service.two_people import (
    TICKED,
    forged,
    resealed,
)

WATER = (1, "text", 6, 11)
EVE = generate_identity()


def test_words_that_were_not_compared_leave_it_unsure_until_they_are(two):
    two.know_each_other(compare=False)
    eid = two.patient.take_in_reply(two.answered()).eid
    view = two.patient.reply(eid)
    assert (view.sure, view.record.known) == (False, False)
    assert "not compared yet" in view.checked.told.text
    (contact,) = two.patient.contacts()
    two.patient.mark_compared(contact.eid, contact.words, Compared.CALL)
    assert two.patient.reply(eid).sure  # what is said is what is known now
    two.patient.delete(contact.eid)
    assert not two.patient.reply(eid).sure
    assert "not among your contacts" in two.patient.reply(eid).checked.told.text


def test_an_unknown_maker_a_reply_by_words_and_a_proof_taken_away(two):
    stranger = two.patient.check_reply(two.answered())
    assert (stranger.finding.verdict, stranger.told.sure) == (Verdict.MADE, False)
    two.know_each_other()
    received, words = two.kept(), generate_passphrase()
    two.therapist.comment(received, "x", WATER)
    by_words = two.opened(two.written(received, words=words)[0], words)
    proved = two.answered()
    stripped = resealed(two, pack_reply(proved.payload))
    for opened in (by_words, stripped):
        checked = two.patient.check_reply(opened)
        assert (checked.finding.verdict, checked.told.sure) == (Verdict.UNSIGNED, False)
        assert checked.told.text.startswith("Nothing in this file proves who sent it.")
        assert not two.patient.reply(two.patient.take_in_reply(opened).eid).record.known


def test_a_forged_reply_is_never_shown_as_the_contact_s(known):
    """Eve knows both addresses and the share's id; she has neither secret."""
    opened = known.answered()
    therapist = known.therapist.identity()
    checked = known.patient.check_reply(forged(known, opened.payload, Author(therapist, EVE.secret)))
    assert (checked.finding.verdict, checked.told.sure) == (Verdict.WRONG, False)
    assert "does not fit" in checked.told.text
    own = known.patient.check_reply(forged(known, opened.payload, Author(EVE.recipient, EVE.secret)))
    assert (own.finding.contact, own.told.sure) == (None, False)
    name = opened.payload.sender
    assert own.told.text.startswith(f"It calls itself “{name}”, and was not made with the card you have of {name}.")
    nobody = msgspec.structs.replace(opened.payload, sender="Somebody")
    assert "calls itself" not in known.patient.check_reply(
        forged(known, nobody, Author(EVE.recipient, EVE.secret))
    ).told.text
    assert "calls itself" not in known.patient.check_reply(opened).told.text
    changed = msgspec.structs.replace(opened.payload, text="You should stop.")
    parts = container.unpack(opened.contents, container.REPLY)._replace(body=encode_reply(changed))
    checked = known.patient.check_reply(resealed(known, container.pack(parts)))
    assert (checked.finding.verdict, checked.told.sure) == (Verdict.WRONG, False)


def test_a_reply_with_a_number_that_was_kept_with_other_words_is_said_to_be(known):
    """What is proved stays certain, whatever somebody makes up beside it."""
    opened = known.answered()
    eid = known.patient.take_in_reply(opened).eid
    other = msgspec.structs.replace(opened.payload, text="Something else.")
    checked = known.patient.check_reply(forged(known, other, Author(EVE.recipient, EVE.secret)))
    assert (checked.seen, checked.kept) == (Seen.OTHER, "")
    assert "it holds something else" in checked.told.text
    made = known.patient.take_in_reply(forged(known, other, Author(EVE.recipient, EVE.secret))).eid
    assert {view.eid: view.sure for view in known.patient.replies()} == {eid: True, made: False}
    assert "something else" not in known.patient.reply(eid).checked.told.text


def test_a_reply_of_one_the_share_was_not_made_for_is_said_to_be(known):
    """Another contact, whose words were compared, got hold of the share's number."""
    other, _ = JournalService.create(
        known.folder / "other.vault", PASSWORD, profile=FAST, clock=known.clock, state_dir=known.folder
    )
    card = other.own_card("Dr Brandt")
    eid = known.patient.add_card(card.card).eid
    known.patient.mark_compared(eid, card.words, Compared.IN_PERSON)
    payload = known.answered().payload
    opened = forged(known, payload, other._author(prove=True, sign=False))
    other.close()
    checked = known.patient.check_reply(opened)
    assert checked.told.text.startswith("Made by Dr Brandt.")
    assert "made for another address" in checked.told.text
    assert not checked.told.sure
    assert not known.patient.get(known.patient.take_in_reply(opened).eid).record.known


def test_a_share_that_was_closed_with_words_is_answered_by_a_contact(known):
    """For whom it was is in no address; that this contact made the reply is certain all the same."""
    words = generate_passphrase()
    selection = Selection(eids=TICKED, sender="Jona")
    known.patient.write_share(selection, known.folder / "w.age", passphrase=words)
    received = known.kept(known.therapist.open_share(known.folder / "w.age", passphrase=words))
    (contact,) = known.therapist.contacts()
    record = known.therapist.get(received).record
    client = known.therapist.get(record.client).record
    known.therapist.save(msgspec.structs.replace(client, contact=contact.eid), record.client)
    known.therapist.comment(received, "x", WATER)
    checked = known.patient.check_reply(known.opened(known.written(received)[0]))
    assert (checked.told.sure, checked.finding.proved) == (True, True)


def test_a_reply_that_was_made_for_somebody_else_is_said_to_be(known):
    opened = known.answered()
    author = known.therapist._author(prove=True, sign=False)
    moved = resealed(known, pack_reply(opened.payload, author, EVE.recipient))
    checked = known.patient.check_reply(moved)
    assert (checked.finding.verdict, checked.told.sure) == (Verdict.OTHER_READER, False)
    assert "made for another reader" in checked.told.text


def test_one_s_own_reply_to_oneself(service, two):
    """The same person keeps both journals in one."""
    path = two.folder / "own.age"
    own = service.identity()
    service.write_share(Selection(eids=TICKED, sender="Jona"), path, recipients=[own], prove=True)
    opened = service.open_share(path)
    client = service.save(Client(name="Myself", added=two.now())).eid
    received = service.take_in(opened.payload, client, "", service.check_share(opened).finding.address).eid
    service.comment(received, "To myself.", WATER)
    two.therapist = service
    checked = service.check_reply(found := two.opened(two.written(received)[0]))
    assert (checked.finding.own, checked.told) == (True, ("Made with this journal's own address.", True))
    assert not service.get(service.take_in_reply(found).eid).record.known


