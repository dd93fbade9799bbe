"""A share that comes again under its number: with other pictures, with more of them, or proved by now."""

from __future__ import annotations

import io

import msgspec
import pytest
from PIL import Image

from journal.errors import ShareError
from journal.records import Client, Moment
from journal.service.clients import Better
from journal.share import Payload, SharedPicture, redraw
from tests.journal.service.test_clients import shared

ADDRESS = "age1abc"
MADE = "Made by Ruth."


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
    found = service.kept_share(with_pictures(RED), ADDRESS)
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
