"""Pictures in shares on the command line: none without an option, and only with their entries."""

from __future__ import annotations

import json

import msgspec
import pytest

from journal.share import container, read_share, seal_for_recipients
from journal.share.container import Part
from journal.share.file import pack, unpack
from journal.share.picture import PART
from tests.journal.cli.commands import EXPERIENCE, PAGE, READER, SESSION, refused
from tests.journal.share.laden import LADEN, WORD, png


@pytest.fixture
def secret(password):
    return ("--password-file", password)


@pytest.fixture
def added(run, vault, secret, tmp_path) -> dict[str, str]:
    """A picture at a page, two at an experience, and a recording; their ids by their names."""
    files = {
        "canary-page.png": (PAGE, LADEN["png"]), "canary-one.jpg": (EXPERIENCE, LADEN["jpeg"]),
        "canary-two.gif": (EXPERIENCE, LADEN["gif"]), "canary.ogg": (EXPERIENCE, WORD),
    }  # fmt: skip
    for name, (entry, data) in files.items():
        (tmp_path / name).write_bytes(data)
        assert run("attach", vault, entry, tmp_path / name, *secret).status == 0
    listed = json.loads(run("files", vault, *secret, "--json").out)["files"]
    return {one["name"]: one["eid"] for one in listed}


def test_no_picture_goes_along_without_an_option(run, vault, secret, added, tmp_path):
    to = ("--to", READER.recipient)
    assert run("share", vault, *to, "--entry", PAGE, "-o", tmp_path / "s.age", *secret).status == 0
    assert read_share(tmp_path / "s.age", identity=READER.secret).payload.pictures == ()


def test_one_picture_or_all_of_the_chosen_entries(run, vault, secret, added, tmp_path):
    to, chosen = ("--to", READER.recipient), ("--entry", PAGE, "--kind", "experience", "--session", SESSION)
    one = ("--picture", added["canary-one.jpg"])
    made = run("share", vault, *to, *chosen, *one, "-o", tmp_path / "1.age", *secret, "--json")
    assert json.loads(made.out)["counts"]["picture"] == 1
    made = run("share", vault, *to, *chosen, "--pictures", *one, "-o", tmp_path / "3.age", *secret)
    assert made.status == 0
    payload = read_share(tmp_path / "3.age", identity=READER.secret).payload
    assert len(payload.pictures) == 3 and {one.caption for one in payload.pictures} == {""}
    contents = pack(payload)
    assert WORD not in contents and b"canary-one" not in contents
    seen = run("share", vault, "--preview", *chosen, "--pictures", "-o", tmp_path / "p.age", *secret)
    assert seen.out.count("[A picture, 80 by 60 pixels.]") == 3


def test_a_picture_without_its_entry_or_that_cannot_be_drawn_is_refused(run, vault, secret, added, tmp_path):
    to = ("--to", READER.recipient, "-o", tmp_path / "s.age")
    other = run("share", vault, *to, "--entry", PAGE, "--picture", added["canary-one.jpg"], *secret)
    assert "belongs to an entry that is not ticked" in refused(other)
    memo = run("share", vault, *to, "--entry", EXPERIENCE, "--picture", added["canary.ogg"], *secret)
    assert "no PNG, JPEG, GIF, WebP or BMP" in refused(memo)
    assert "no longer in the journal" in refused(
        run("share", vault, *to, "--entry", PAGE, "--picture", "e" * 32, *secret)
    )
    (tmp_path / "bomb.png").write_bytes(png(50_000, 50_000))
    assert run("attach", vault, PAGE, tmp_path / "bomb.png", *secret).status == 0
    bomb = run("share", vault, *to, "--entry", PAGE, "--pictures", *secret)
    assert "of 2 cannot go along: it has too many pixels" in bomb.err
    assert not (tmp_path / "s.age").exists()


def test_reading_names_pictures_and_says_how_many_are_spoiled(run, vault, secret, added, tmp_path):
    share, identity = tmp_path / "s.age", tmp_path / "identity"
    identity.write_text(READER.secret)
    to = ("--to", READER.recipient)
    run("share", vault, *to, "--entry", PAGE, "--pictures", "-o", share, *secret)
    read = run("read-share", share, "--identity-file", identity)
    assert "[A picture, 80 by 60 pixels.]" in read.out and read.err == ""
    report = run("report", share, "--identity-file", identity, "--format", "md", "-o", tmp_path / "r.md")
    assert report.status == 0
    assert "It is not in this file." in (tmp_path / "r.md").read_text()
    whole = container.unpack(pack(read_share(share, identity=READER.secret).payload))
    spoiled = container.pack(whole._replace(others=(Part(PART, whole.others[0].body + b"\0"),)))
    assert unpack(spoiled).payload == msgspec.structs.replace(unpack(spoiled).payload, pictures=())
    share.write_bytes(seal_for_recipients(spoiled, [READER.recipient]))
    read = run("read-share", share, "--identity-file", identity)
    assert read.err.startswith("1 picture of this share is missing, or not in the form")
    assert "by the river" in read.out
