"""A share that comes again under its number: with other pictures, with more of them, or proved by now."""

from __future__ import annotations

import io

import msgspec
import pytest
from PIL import Image

from journal.errors import ShareError
from journal.records import Client, Compared, Contact, Moment
from journal.service import JournalService
from journal.service.share_copies import Better
from journal.share import Author, Payload, SharedPicture, generate_identity, redraw, seal_for_recipients
from journal.share.file import pack
from journal.share.who import who_made
from tests.journal.service.test_clients import shared
from tests.journal.service.two_people import Two

ADDRESS = generate_identity().recipient
MADE = (
    "Made by Ruth. Words compared on 12 March 2026, in person. Only you and Ruth could have made this, so it proves "
    "it to you and to nobody else."
)


def picture(colour: str) -> SharedPicture:
    held = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(held, "PNG")
    drawn = redraw(held.getvalue())
    return SharedPicture(
        place=0, wide=drawn.wide, high=drawn.high, several=drawn.several, caption=colour, data=drawn.data
    )


RED, BLUE = picture("red"), picture("blue")
WORDS = shared("one", "two")


def with_pictures(*pictures: SharedPicture) -> Payload:
    return msgspec.structs.replace(WORDS, pictures=pictures)


@pytest.fixture
def ruth(service, clock) -> str:
    """A client, and a contact of that name whose words were compared."""
    now = Moment(clock.now())
    service.save(Contact(name="Ruth", recipient=ADDRESS, checked=now, how=Compared.IN_PERSON))
    return service.save(Client(name="Ruth", added=Moment(clock.now()))).eid


def kept(service, eid: str) -> tuple:
    record = service.get(eid).record
    return service.received_pictures(eid), record.maker, record.address


def test_a_copy_with_other_pictures_is_another_share(service, ruth):
    eid = service.take_in(with_pictures(BLUE), ruth).eid
    assert not service.kept_share(with_pictures(RED)).same
    with pytest.raises(ShareError):
        service.take_in(with_pictures(RED), ruth)
    assert kept(service, eid) == ((BLUE,), "", "")


def test_the_copy_that_is_proved_takes_the_place_of_the_forged_one_and_comments_stay(service, ruth, clock):
    eid = service.take_in(with_pictures(BLUE), ruth, "Nothing proves who made it.").eid
    comment = service.comment(eid, "I see.", (1, "", 0, 0)).eid
    service.mark_seen(eid)
    before = service.get(eid).record
    found = service.kept_share(with_pictures(RED), ADDRESS, MADE)
    assert (found.same, found.better) == (True, Better.PROVED)
    taken = service.take_in(with_pictures(RED), Client(name="Somebody", added=Moment(clock.now())), MADE, ADDRESS)
    assert (taken.eid, taken.again, taken.instead) == (eid, None, before)
    assert kept(service, eid) == ((RED,), MADE, ADDRESS)
    assert [one.client.name for one in service.clients()] == ["Ruth"]
    assert [one.eid for one in service.comments(eid)] == [comment]
    assert service.get(eid).record.seen is None  # these pictures nobody looked through
    assert len(service.attachments(eid)) == 1
    service.undo()
    assert kept(service, eid) == ((BLUE,), before.maker, "") and service.get(eid).record == before
    service.redo()
    assert kept(service, eid) == ((RED,), MADE, ADDRESS)


def test_the_place_is_taken_in_one_commit(service, ruth):
    eid = service.take_in(with_pictures(BLUE), ruth).eid
    change = service.take_in(with_pictures(RED), ruth, MADE, ADDRESS).change
    assert change.kinds == {"received", "attachment"}
    assert eid in change.eids and len(change.eids) == 3


def test_pictures_that_were_spoiled_come_in_later(service, ruth):
    for some, every in (((), (RED,)), ((BLUE,), (RED, BLUE))):
        eid = service.take_in(with_pictures(*some), ruth, MADE, ADDRESS).eid
        assert service.kept_share(with_pictures(*every), ADDRESS).better is Better.PICTURES
        assert service.take_in(with_pictures(*every), ruth, MADE, ADDRESS).instead is not None
        assert kept(service, eid) == (every, MADE, ADDRESS)
        again = service.take_in(with_pictures(*some), ruth, MADE, ADDRESS)
        assert again.again is not None and kept(service, eid)[0] == every
        service.remove_share(eid)


def test_to_a_proved_share_nothing_is_added_that_is_not(service, ruth):
    eid = service.take_in(with_pictures(RED), ruth, MADE, ADDRESS).eid
    assert not service.kept_share(with_pictures(RED, BLUE)).same
    for address in ("", "age1other"):
        with pytest.raises(ShareError):
            service.take_in(with_pictures(RED, BLUE), ruth, "", address)
    assert service.take_in(with_pictures(RED), ruth).again is not None
    assert kept(service, eid) == ((RED,), MADE, ADDRESS)


def test_a_proved_copy_without_pictures_takes_forged_ones_out_and_keeps_what_was_looked_through(service, ruth):
    eid = service.take_in(with_pictures(BLUE), ruth).eid
    service.take_in(WORDS, ruth, MADE, ADDRESS)
    assert kept(service, eid) == ((), MADE, ADDRESS) and service.attachments(eid) == ()
    service.remove_share(eid)
    eid = service.take_in(WORDS, ruth).eid
    service.mark_seen(eid)
    assert service.take_in(WORDS, ruth, MADE, ADDRESS).instead is not None
    assert kept(service, eid) == ((), MADE, ADDRESS) and service.get(eid).record.seen is not None


def test_words_that_are_others_are_never_replaced(service, ruth):
    eid = service.take_in(WORDS, ruth).eid
    with pytest.raises(ShareError):
        service.take_in(msgspec.structs.replace(WORDS, talk_about="Else."), ruth, MADE, ADDRESS)
    assert kept(service, eid) == ((), "", "")


def copy_by(journal: JournalService, author: Author, payload: Payload, two: Two) -> tuple[Payload, str, str]:
    """This share as somebody seals it for this journal: opened, and what is known of who made it."""
    path = two.file("copy")
    reader = journal.identity()
    path.write_bytes(seal_for_recipients(pack(payload, author, [reader]), [reader]))
    opened = journal.open_share(path)
    checked = journal.check_share(opened)
    return opened.payload, who_made(checked.finding, checked.seen).text, checked.finding.address


def author() -> Author:
    """Somebody with an address of their own."""
    own = generate_identity()
    return Author(own.recipient, own.secret, True, "")


def drawn(payload: Payload, *pictures: SharedPicture) -> Payload:
    return msgspec.structs.replace(payload, pictures=pictures)


@pytest.mark.parametrize("first", ["nobody", "a stranger"])
def test_another_reader_who_proves_an_address_of_their_own_takes_no_share_over_and_the_maker_s_copy_does(
    known: Two, first: str
):
    therapist, eve, jona = known.therapist, author(), known.patient._author(prove=True, sign=False)
    client = therapist.save(Client(name="Jona", added=known.now())).eid
    words = known.share(prove=False).payload
    if first == "nobody":
        made = ("Nothing in this file proves who sent it.", "")
        eid = therapist.take_in(drawn(words, BLUE), client, *made).eid
    else:
        payload, *made = copy_by(therapist, author(), drawn(words, BLUE), known)
        eid = therapist.take_in(payload, client, *made).eid
    for pictures, same in (((RED,), False), ((RED, BLUE), False), ((BLUE,), True), ((), True)):
        payload, maker, address = copy_by(therapist, eve, drawn(words, *pictures), known)
        assert address == eve.recipient
        found = therapist.kept_share(payload, address, maker)
        assert (found.same, found.better) == (same, Better.NO)
        if not same:
            with pytest.raises(ShareError):
                therapist.take_in(payload, client, maker, address)
        else:
            assert therapist.take_in(payload, client, maker, address).saved is None
        assert kept(therapist, eid) == ((BLUE,), *made)
    payload, maker, address = copy_by(therapist, jona, drawn(words, RED), known)
    assert therapist.kept_share(payload, address, maker).better is Better.PROVED
    assert therapist.take_in(payload, client, maker, address).instead is not None
    assert kept(therapist, eid) == ((RED,), maker, jona.recipient)
    payload, maker, address = copy_by(therapist, eve, drawn(words, BLUE), known)
    with pytest.raises(ShareError):
        therapist.take_in(payload, client, maker, address)
    assert kept(therapist, eid)[2] == jona.recipient


def test_of_a_client_who_has_a_contact_only_that_contact_s_copy_takes_the_place(known: Two):
    therapist, jona = known.therapist, known.patient._author(prove=True, sign=False)
    (contact,) = therapist.contacts()
    ben, now = author(), known.now()
    other = Contact(name="Ben", recipient=ben.recipient, checked=now, how=Compared.IN_PERSON)
    therapist.save(other)
    client = therapist.save(Client(name="Jona", added=now, contact=contact.eid)).eid
    words = known.share(prove=False).payload
    eid = therapist.take_in(drawn(words, BLUE), client).eid
    payload, maker, address = copy_by(therapist, ben, drawn(words, RED), known)
    assert maker.startswith("Made by Ben. Words compared")
    with pytest.raises(ShareError):
        therapist.take_in(payload, client, maker, address)
    assert kept(therapist, eid) == ((BLUE,), "", "")
    payload, maker, address = copy_by(therapist, jona, drawn(words, RED), known)
    assert therapist.take_in(payload, client, maker, address).instead is not None
    assert kept(therapist, eid) == ((RED,), maker, jona.recipient)


def test_a_contact_whose_words_were_not_compared_takes_no_share_over(two: Two):
    two.know_each_other(compare=False)
    therapist, jona = two.therapist, two.patient._author(prove=True, sign=False)
    client = therapist.save(Client(name="Jona", added=two.now())).eid
    words = two.share(prove=False).payload
    eid = therapist.take_in(drawn(words, BLUE), client).eid
    payload, maker, address = copy_by(therapist, jona, drawn(words, RED), two)
    with pytest.raises(ShareError):
        therapist.take_in(payload, client, maker, address)
    assert kept(therapist, eid) == ((BLUE,), "", "")
