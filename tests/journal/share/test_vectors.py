"""Shares that are frozen: every later version must open them and find the same in them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from journal.share import OpenedReply, Verdict, container, document, read_either, read_share, recipient_of, verify
from journal.share.file import pack, unpack
from journal.share.html import find, unseal
from journal.share.payload import encode
from journal.share.reply import encode_reply, unpack_reply

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
TOLD = json.loads((VECTORS / "share-v1.json").read_text("utf-8"))
TOLD_2 = json.loads((VECTORS / "share-v2.json").read_text("utf-8"))
REPLY = json.loads((VECTORS / "reply-v1.json").read_text("utf-8"))
REPLY_2 = json.loads((VECTORS / "reply-v2.json").read_text("utf-8"))
HTML = json.loads((VECTORS / "share-v1-html.json").read_text("utf-8"))
HASHES = {
    "share-v1.contents": "4ecf5de05bf969eb97e7bca0b259e79bd5fe205e05bd9bfd2c8eea20a573bd66",
    "share-v1-recipient.age": "04251c23df0d6f70e849c187856fbccccc5efd4e88664ca91a8e214327a4ef38",
    "share-v2.contents": "0c35c6790cc1246c7e659b36bcf1252ac01c504d1ed38030d9fe78b6d2501e6a",
    "share-v2-recipient.age": "2abce32ed94b1617e2812713bffbc4e444e748bbf39f4e32c4b68ca15ccd0f4d",
    "share-v1-passphrase.age": "f3965c8a10df2723cdd92d8ee7e4c73c5226aa5eb172cf49969e5cfb73a15a53",
    "share-v1-pictures.contents": "e9c2b36924d196384fa07dacc0ba769ebb4d0ad37ba70ca36306ef5afddcc485",
    "share-v1-pictures.age": "f0dd4da1804206c4e9e8fd415cb8cda1057671062e11d5fa5c581916701cd1de",
    "share-v1.html": "5bea92a1387dd0a34f5f1ce5b3b4817dd47694937de0b62d049fa8864dab5df5",
    "reply-v1.contents": "b9c3280df7d94d55156c39ea3fba9126d93821131a3de1ee6463883a138c7caa",
    "reply-v1-recipient.age": "f265186d32c2402876c4bdfb1da0041f48a7f174e9f0a8edf7a7b8e67ac62302",
    "reply-v1-passphrase.age": "7106b8dc8f8093baa5cc350d5e6dd425dc1cfdf632410fb1cf33895dd90455a6",
    "reply-v2.contents": "d566326bf0b6d2d69f98e7f1b6796072c703303d3736503bf8bcfe2dd7c52ae1",
    "reply-v2-recipient.age": "d9971c70dc2aec4c809ddada242ce4fc5fef25762f906fbe6ee51a5c92691b06",
}


def for_the_program(contents: bytes) -> container.Contents:
    """All but the page for people: it may say more in a later version."""
    return container.unpack(contents)._replace(text="")


@pytest.mark.parametrize("name", HASHES)
def test_the_frozen_files_are_the_frozen_files(name):
    assert hashlib.sha256((VECTORS / name).read_bytes()).hexdigest() == HASHES[name]


@pytest.mark.parametrize(
    ("name", "secret"), [("share-v1-recipient.age", "identity"), ("share-v1-passphrase.age", "passphrase")]
)
def test_frozen_shares_open(name, secret):
    opened = read_share(VECTORS / name, **{secret: TOLD[secret]})
    contents = (VECTORS / "share-v1.contents").read_bytes()
    assert opened == unpack(contents)
    assert json.loads(encode(opened.payload)) == TOLD["payload"]
    assert opened.text.encode() in contents


def test_the_frozen_page_opens():
    opened = read_share(VECTORS / "share-v1.html", passphrase=HTML["passphrase"])
    contents = (VECTORS / "share-v1.contents").read_bytes()
    assert opened == unpack(contents)
    plain = unseal(find((VECTORS / "share-v1.html").read_bytes()), HTML["passphrase"])
    assert plain.container == contents
    assert json.loads(plain.page) == HTML["page"]


def test_frozen_contents_are_all_shown():
    payload = unpack((VECTORS / "share-v1.contents").read_bytes()).payload
    shown = " ".join(block.text + " ".join(map(" ".join, block.rows)) for block in document(payload))
    for said in (
        "Robin", "Dr. Okafor", "two lozenges", "at home", "M.", "Rain on the roof.", "Before the second",
        "long corridor of green light 🌿", "Ten minutes each morning.\x1b[0m\x00", "my own way", "week 1",
        "An ordinary day.", "still soft", "The door I did not open.", "Session 3", "Session of 26 November 2026",
    ):  # fmt: skip
        assert said in shown, said


def test_a_frozen_share_of_format_2_opens_and_is_all_shown():
    opened = read_share(VECTORS / "share-v2-recipient.age", identity=TOLD_2["identity"])
    contents = (VECTORS / "share-v2.contents").read_bytes()
    assert opened == unpack(contents)
    assert json.loads(encode(opened.payload)) == TOLD_2["payload"]
    assert opened.payload.format == 2
    shown = " ".join(block.text + " ".join(map(" ".join, block.rows)) for block in document(opened.payload))
    for said in (
        "canary-medicine", "canary-effect", "canary-hard", "canary-commitment", "canary-cover", "canary-answer",
        "canary-second", "128/82 mmHg", "PHQ-9", "as told", "canary-[…]-experience",
    ):  # fmt: skip
        assert said in shown, said


def test_a_frozen_reply_opens_and_proves_who_made_it():
    opened = read_either(VECTORS / "reply-v1-recipient.age", identity=REPLY["identity"])
    assert isinstance(opened, OpenedReply)
    assert opened == unpack_reply((VECTORS / "reply-v1.contents").read_bytes())
    assert json.loads(encode_reply(opened.payload)) == REPLY["payload"]
    own = {recipient_of(REPLY["identity"]): REPLY["identity"]}
    finding = verify(opened.share, opened.proof, own, [], opened.reply)
    assert (finding.verdict, finding.proved, finding.sender) == (Verdict.MADE, True, REPLY["sender"])
    for said in ("Dr. Okafor", "Robin", "> green light 🌿", "corridor.‹U+001B›[0m", "Hard moment, entry 5", "> […]"):
        assert said in opened.text, said


def test_a_frozen_reply_of_format_2_opens_and_says_what_its_share_held():
    opened = read_either(VECTORS / "reply-v2-recipient.age", identity=REPLY_2["identity"])
    assert isinstance(opened, OpenedReply)
    assert opened == unpack_reply((VECTORS / "reply-v2.contents").read_bytes())
    assert json.loads(encode_reply(opened.payload)) == REPLY_2["payload"]
    own = {recipient_of(REPLY_2["identity"]): REPLY_2["identity"]}
    finding = verify(opened.share, opened.proof, own, [], opened.reply)
    assert (finding.verdict, finding.proved, finding.sender) == (Verdict.MADE, True, REPLY_2["sender"])
    entries = container.unpack((VECTORS / "share-v1.contents").read_bytes()).body
    assert opened.payload.entries_sha256 == hashlib.sha256(entries).hexdigest()
    assert opened.share == TOLD["payload"]["share"]


def test_a_frozen_reply_closed_with_words_opens_and_proves_nothing():
    opened = read_either(VECTORS / "reply-v1-passphrase.age", passphrase=REPLY["passphrase"])
    assert isinstance(opened, OpenedReply)
    assert (json.loads(encode_reply(opened.payload)), opened.proof) == (REPLY["payload"], None)


def test_a_frozen_share_with_pictures_opens_and_holds_what_the_one_without_holds():
    opened = read_share(VECTORS / "share-v1-pictures.age", identity=TOLD["identity"])
    contents = (VECTORS / "share-v1-pictures.contents").read_bytes()
    assert opened == unpack(contents)
    assert json.loads(encode(opened.payload)) == TOLD["payload"]
    assert opened.spoiled == 0
    held = [
        (one.place, one.caption, one.wide, one.high, one.several, hashlib.sha256(one.data).hexdigest()[:16])
        for one in opened.payload.pictures
    ]
    assert held == [
        (0, "", 80, 60, False, "66e64622aecb6f09"),
        (2, "The “door” \x1b[0m 🌿", 80, 60, False, "66e64622aecb6f09"),
        (10, "moving", 40, 30, True, "282dc2ecce67c23d"),
    ]
    assert for_the_program(pack(opened.payload)) == for_the_program(contents)
    without = msgspec.structs.replace(opened.payload, pictures=())
    assert for_the_program(pack(without)) == for_the_program((VECTORS / "share-v1.contents").read_bytes())
