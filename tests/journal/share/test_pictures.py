"""Pictures in the container: parts of their own, in one form, each bound to its share and its entry."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.errors import InvalidRecord, NotFound, ShareError
from journal.records import Attachment, Moment
from journal.share import (
    BlockKind,
    Picked,
    Selection,
    SharedPicture,
    Verdict,
    build,
    container,
    document,
    files_of,
    generate_identity,
    picture,
    plain_page,
    read_share,
    redraw,
    verify,
    write_share,
)
from journal.share.authenticity import Author
from journal.share.container import Part
from journal.share.file import pack, unpack
from journal.share.jpeg import size_of
from journal.share.payload import Payload, decode, encode
from journal.share.picture import MOST, PART, bodies, read
from tests.journal.share.laden import LADEN, encoded, image
from tests.journal.share.samples import CLOCK, eid, everything, journal, moment, payloads, selection

READER = generate_identity()
DRAWN = redraw(LADEN["jpeg"])
OTHER = redraw(encoded(image(40, 30), "PNG"))
HEAD = b"Integration Journal share, a picture, version 1\n"


@pytest.fixture
def age() -> str:
    found = shutil.which("age")
    assert found, "The program “age” is missing. Install Debian's package “age”, then run the tests again."
    return found


def at(place: int, caption: str = "", drawn=DRAWN, *, several: bool = False) -> SharedPicture:
    return SharedPicture(
        place=place, wide=drawn.wide, high=drawn.high, several=several, caption=caption, data=drawn.data
    )


def with_pictures(payload: Payload | None = None) -> Payload:
    """A session, an experience and a check-in with pictures."""
    payload = payload or everything()
    last = max(payload.places_for_pictures)
    pictures = (at(0), at(2, 'The "door" — é \U0001f33f'), at(2, "", OTHER, several=True), at(last, "x"))
    return msgspec.structs.replace(payload, pictures=pictures)


def parts(payload: Payload) -> list[bytes]:
    return bodies(payload.pictures, payload.share)


def packed(payload: Payload, *others: bytes) -> bytes:
    """A container with these parts for pictures."""
    made = container.Contents(plain_page(payload), encode(payload), version=payload.format)
    return container.pack(made._replace(others=tuple(Part(PART, body) for body in others)))


# -- in the container ------------------------------------------------------------------------------------------


@given(payloads())
def test_a_share_without_pictures_is_what_it_was(payload: Payload) -> None:
    assert packed(payload) == pack(payload)
    assert b"pictures" not in encode(payload)


def test_pictures_come_back_as_they_were_and_in_their_places() -> None:
    payload = with_pictures()
    opened = unpack(pack(payload))
    assert opened.payload == payload
    assert (opened.unknown, opened.spoiled) == ((), 0)
    assert opened.text == plain_page(payload)
    assert payload.counts["picture"] == 4


def test_the_form_is_the_documented_one() -> None:
    payload = with_pictures()
    assert parts(payload)[1].startswith(
        HEAD + f"share {payload.share}\npicture 2 of 4\nentry 2\nframe only\n".encode()
        + b'caption "The \\"door\\" \\u2014 \\u00e9 \\ud83c\\udf3f"\n\n\xff\xd8\xff\xe0'
    )  # fmt: skip
    assert parts(payload)[2].startswith(
        HEAD + f'share {payload.share}\npicture 3 of 4\nentry 2\nframe first\ncaption ""\n\n'.encode() + b"\xff\xd8"
    )


def test_a_program_that_knows_no_pictures_opens_the_rest() -> None:
    payload = with_pictures()
    opened = container.unpack(pack(payload))  # what such a program does
    assert decode(opened.body) == msgspec.structs.replace(payload, pictures=())
    assert {part.type for part in opened.others} == {"picture"}
    assert "[A picture, 80 by 60 pixels.]" in opened.text


def test_age_opens_a_share_with_pictures(age, tmp_path) -> None:
    payload = with_pictures()
    write_share(tmp_path / "s.age", payload, recipients=[READER.recipient], identity=READER.secret)
    (tmp_path / "key").write_text(READER.secret + "\n")
    command = [age, "-d", "-i", str(tmp_path / "key"), str(tmp_path / "s.age")]
    opened = subprocess.run(command, capture_output=True, check=True).stdout
    assert opened == pack(payload)
    assert opened.count(DRAWN.data) == 3 and opened.count(OTHER.data) == 1
    assert read_share(tmp_path / "s.age", identity=READER.secret).payload == payload


def test_the_plain_page_names_pictures_and_says_their_words() -> None:
    page = plain_page(with_pictures())
    assert page.count("[A picture, 80 by 60 pixels.]") == 3
    assert "[A picture, 40 by 30 pixels, the first of several.]" in page
    assert 'The "door"' in page
    assert "4 pictures" in page


def test_a_caption_cannot_steer_a_terminal() -> None:
    payload = msgspec.structs.replace(everything(), pictures=(at(0, "a\x1b[2J\u202eb\nc"),))
    assert unpack(pack(payload)).payload == payload
    assert "\x1b" not in plain_page(payload) and "\u202e" not in plain_page(payload)


def test_what_is_shown_is_what_is_in_the_file() -> None:
    payload = with_pictures()
    shown = [block for block in document(payload) if block.kind is BlockKind.PICTURE]
    assert [block.place for block in shown] == [one.place for one in payload.pictures]
    contents = pack(payload)
    held = [payload.pictures[block.picture or 0].data for block in shown]
    assert all(data in contents for data in held)
    beside = sum(len(body) - len(one.data) for body, one in zip(parts(payload), payload.pictures, strict=True))
    without = msgspec.structs.replace(payload, pictures=())
    lists = sum(len(f"picture {len(body)} \n") + 64 for body in parts(payload))
    pages = len(plain_page(payload).encode()) - len(plain_page(without).encode())
    digits = len(str(len(plain_page(payload).encode()))) - len(str(len(plain_page(without).encode())))
    assert len(contents) - len(pack(without)) == sum(map(len, held)) + beside + lists + pages + 2 * digits


# -- what a picture may be -------------------------------------------------------------------------------------


def test_pictures_check_themselves() -> None:
    payload = everything()
    behind = max(payload.places_for_pictures) + 1
    for pictures in ((at(behind),), (at(2), at(0)), (at(0),) * (MOST + 1)):
        with pytest.raises(InvalidRecord):
            msgspec.structs.replace(payload, pictures=pictures)
    for change in (
        {"wide": 81}, {"high": 0}, {"place": -1}, {"data": DRAWN.data + b"\0"}, {"data": LADEN["jpeg"]},
        {"data": LADEN["png"]}, {"caption": "x" * 501}, {"caption": "\ud800"},
    ):  # fmt: skip
        with pytest.raises(InvalidRecord):
            msgspec.structs.replace(at(0), **change)


def test_no_jpeg_with_room_for_something_else_is_in_the_one_form() -> None:
    whole = DRAWN.data
    assert size_of(whole) == (80, 60)
    comment = b"\xff\xfe\x00\x08canary"
    scan = whole.index(b"\xff\xda")
    for other in (
        whole + b"canary", whole[:-2] + b"\xff\xd9\xff\xd9", whole[:2] + comment + whole[2:],
        whole[:20] + comment + whole[20:], whole[:scan] + comment + whole[scan:], whole[:-2] + comment + whole[-2:],
        whole[:18] + b"\x01\x01" + whole[20:23] + whole[20:], whole[:-2], whole[2:], b"", b"\xff\xd8\xff\xe0",
        LADEN["jpeg"], encoded(image(), "JPEG", progressive=True), encoded(image(mode="L"), "JPEG"),
        encoded(image(), "JPEG", comment=b"canary"), encoded(image(), "JPEG", dpi=(300, 300)),
        encoded(image(), "JPEG", subsampling="4:2:0"),
    ):  # fmt: skip
        assert size_of(other) is None


@settings(max_examples=300)
@given(st.integers(0, len(DRAWN.data)), st.binary(max_size=6), st.integers(0, 6))
def test_a_jpeg_cut_or_spoiled_anywhere_is_refused_or_has_its_size(place: int, put: bytes, dropped: int) -> None:
    size = size_of(DRAWN.data[:place] + put + DRAWN.data[place + dropped :])
    assert size is None or (1 <= size[0] <= 65535 and 1 <= size[1] <= 65535)


# -- what somebody changed -------------------------------------------------------------------------------------


def spoilt(payload: Payload) -> dict[str, list[bytes]]:
    one, two, three, four = parts(payload)
    share = payload.share.encode()
    return {
        "not there": [two, three, four],
        "the last not there": [one, two, three],
        "in another order": [one, three, two, four],
        "of another share": [one, two.replace(share, b"0" * 32), three, four],
        "at an entry that has none": [one, two, three, four.replace(b"\nentry ", b"\nentry 9")],
        "at an earlier entry": [one, two, three.replace(b"\nentry 2", b"\nentry 1"), four],
        "with something behind it": [one, two + b"canary", three, four],
        "cut off": [one, two[:-9], three, four],
        "empty": [one, b"", three, four],
        "of a later version": [one, two.replace(b"version 1", b"version 2"), three, four],
        "with a caption in another form": [one, two.replace(b"\\u00e9", b"\\u00E9"), three, four],
        "with a place in another form": [one, two.replace(b"\nentry 2", b"\nentry 02"), three, four],
        "another kind": [one, two[: two.index(b"\n\n") + 2] + LADEN["png"], three, four],
        "with what a camera notes": [one, two[: two.index(b"\n\n") + 2] + LADEN["jpeg"], three, four],
        "a bomb": [one, two.replace(b"\x00\x3c\x00\x50", b"\xff\xff\xff\xff"), three, four],
    }  # fmt: skip


@pytest.mark.parametrize("how", list(spoilt(with_pictures())))
def test_a_spoiled_picture_is_counted_and_the_rest_is_shown(how: str) -> None:
    payload = with_pictures()
    opened = unpack(packed(payload, *spoilt(payload)[how]))
    assert opened.spoiled == 1
    assert len(opened.payload.pictures) == 3
    assert set(opened.payload.pictures) < set(payload.pictures)
    assert msgspec.structs.replace(opened.payload, pictures=()) == msgspec.structs.replace(payload, pictures=())


def test_more_pictures_than_there_may_be_are_not_shown() -> None:
    payload = everything()
    many = [*bodies((at(0),) * 61, payload.share)]
    opened = unpack(packed(payload, *many))
    assert opened.payload.pictures == () and opened.spoiled == 61


@settings(max_examples=300)
@given(st.integers(0, 3), st.integers(0, 400), st.binary(max_size=5), st.integers(0, 5))
def test_a_part_is_read_only_in_its_one_form(which: int, place: int, put: bytes, dropped: int) -> None:
    payload = with_pictures()
    whole = parts(payload)
    whole[which] = whole[which][:place] + put + whole[which][place + dropped :]
    found, spoiled = read(whole, payload.share, payload.places_for_pictures)
    assert len(found) + spoiled >= 4
    if spoiled == 0:
        assert bodies(found, payload.share) == whole


def test_a_proof_covers_the_pictures() -> None:
    me = generate_identity()
    payload = with_pictures()
    proven = pack(payload, Author(me.recipient, me.secret), [READER.recipient])
    opened = unpack(proven)
    assert opened.payload == payload
    finding = verify(opened.share, opened.proof, {READER.recipient: READER.secret})
    assert finding.verdict is Verdict.MADE
    bare = container.unpack(proven)
    *pictures, proof = bare.others
    for others in ((*pictures[:-1], proof), (*reversed(pictures), proof), (proof, *pictures)):
        changed = unpack(container.pack(bare._replace(others=others)))
        told = verify(changed.share, changed.proof, {READER.recipient: READER.secret})
        assert told.verdict is Verdict.WRONG


# -- which go along --------------------------------------------------------------------------------------------


def files() -> list:
    """The sample journal, with two pictures and a PDF at its experience and one picture at its page."""

    def file(entry: str, name: str, media: str, minute: int) -> Attachment:
        return Attachment(
            entry=entry, at=Moment(moment(20, 9, minute).at), name=name, media=media, size=3,
            sha256=hashlib.sha256(name.encode()).hexdigest(), blob=eid(90),
        )  # fmt: skip

    png, jpeg, pdf = "image/png", "image/jpeg", "application/pdf"
    return [
        *journal(),
        (eid(71), file(eid(3), "canary-late.png", png, 9)), (eid(72), file(eid(3), "canary-early.jpg", jpeg, 3)),
        (eid(73), file(eid(3), "canary.pdf", pdf, 4)), (eid(74), file(eid(6), "canary-page.png", png, 5)),
    ]  # fmt: skip


HAVE = {eid(71): DRAWN, eid(72): OTHER, eid(74): DRAWN}


def test_only_ticked_pictures_go_along_by_when_they_were_added() -> None:
    picked = (Picked(eid(71), " late "), Picked(eid(72)))
    choice = msgspec.structs.replace(selection(3), pictures=picked)
    payload = build(choice, files(), CLOCK, drawn=HAVE)
    assert [(one.data, one.caption) for one in payload.pictures] == [(OTHER.data, ""), (DRAWN.data, "late")]
    assert files_of(choice, files()) == 1
    contents = pack(payload)
    assert b"canary-late" not in contents and b"canary-early" not in contents and eid(71).encode() not in contents


def test_an_unticked_picture_leaves_no_byte() -> None:
    choice = selection(3, tell_left_out=True)
    ticked = pack(build(msgspec.structs.replace(choice, pictures=(Picked(eid(72)),)), files(), CLOCK, drawn=HAVE))
    none = build(choice, files(), CLOCK, drawn=HAVE)
    assert none.pictures == () and b"picture" not in pack(none).lower().replace(b"pictures", b"")
    assert DRAWN.data[-200:] not in ticked and OTHER.data in ticked
    assert files_of(choice, files()) == 3
    assert "3 added files" in plain_page(none)


def test_a_picture_goes_nowhere_without_its_entry() -> None:
    for wrong, error in (
        (Picked(eid(74)), ShareError), (Picked(eid(75)), NotFound), (Picked(eid(3)), NotFound),
    ):  # fmt: skip
        choice = msgspec.structs.replace(selection(3), pictures=(wrong,))
        with pytest.raises(error, match="ticked picture"):
            build(choice, files(), CLOCK, drawn=HAVE)


def test_too_many_pictures_are_refused_before_one_is_drawn() -> None:
    many = [(eid(100 + n), msgspec.structs.replace(files()[-1][1])) for n in range(MOST + 1)]
    choice = Selection(eids=frozenset({eid(6)}), pictures=tuple(Picked(one) for one, _ in many))
    with pytest.raises(ShareError, match="At most 48 pictures"):
        build(choice, [*journal(), *many], CLOCK, drawn={})


def test_the_fields_of_a_picture_are_the_documented_ones() -> None:
    assert [field.name for field in msgspec.structs.fields(SharedPicture)] == [
        "place", "wide", "high", "several", "caption", "data",
    ]  # fmt: skip
    assert (picture.MOST, picture.SIDE, picture.MOST_BYTES) == (48, 2048, 3 * 2**20)
    assert json.dumps(at(0).caption) == '""'
