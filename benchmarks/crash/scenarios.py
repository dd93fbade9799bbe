"""What is done to a vault while it is watched, and what has to be true of whatever a power cut leaves of it.

A scenario says, a line of JSON each, what is kept: `saved` and `draft` (a text that must be there from now on),
`file` (the attachment of this id, to the byte), `password` (opens from now on), `backup` (a file that must open with
everything saved before). What it is about to do, it says too: `purging` and `dropping` (a text, a draft that may be
gone from now on), `next_words` and `next_password` (may open from now on), and when it is done `purged` (must be
gone) and `words`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from journal.clock import FixedClock
from journal.errors import JournalError, WrongPassword
from journal.ids import new_id
from journal.records import Attachment, Moment, encode
from journal.vault import FAST, Draft, NewRevision, Vault
from journal.vault.inventory import Inventory
from journal.vault.restore import use_instead

CLOCK = FixedClock(datetime(2026, 3, 12, 14, 5, tzinfo=UTC))
PASSWORD = "four quiet garden words"
NAME = "journal.vault"


def _body(text: str) -> bytes:
    return json.dumps({"kind": "page", "text": text}).encode()


def _new(text: str, eid: str | None = None, parents: tuple[str, ...] = ()) -> NewRevision:
    return NewRevision(eid=eid or new_id(), kind="page", body=_body(text), parents=parents)


def _say(**what: Any) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _text(number: int) -> str:
    return f"text {number} " + "word " * (12_000 if number % 4 == 3 else 20)


# -- what is done ----------------------------------------------------------------------------------------------------


def create(folder: Path) -> None:
    """A new vault, and a first text in it."""
    vault, words = Vault.create(folder / NAME, PASSWORD, profile=FAST, clock=CLOCK, state_dir=_state(folder))
    _say(words=words)
    vault.append([_new("first")])
    _say(saved="first")
    vault.close()


def save(folder: Path) -> None:
    """Texts, short and long, one after the other, and some in one commit."""
    vault = _open(folder)
    for number in range(8):
        vault.append([_new(_text(number))])
        _say(saved=_text(number))
    many = [f"one of many {number}" for number in range(30)]
    vault.append([_new(text) for text in many])
    for text in many:
        _say(saved=text)
    vault.close()


def fold(folder: Path) -> None:
    """Texts one by one: every third time their entries of the list become a segment, and now and then all are folded
    into their buckets, as it happens after many more otherwise."""
    Inventory.room, Inventory.most = 2, 2
    vault = _open(folder)
    for number in range(16):
        vault.append([_new(f"by itself {number}")])
        _say(saved=f"by itself {number}")
    vault.append([_new("changed"), _new("at once")])
    _say(saved="at once")
    vault.close()


def change(folder: Path) -> None:
    """An entry that is written again and again, removed, and drafts on the way."""
    vault = _open(folder)
    (last,) = vault.append([_new("version 0")])
    _say(saved="version 0")
    for number in range(1, 5):
        key = last.eid
        draft = f"draft {number}"
        _say(dropping=f"draft {number - 1} on top, amended")
        vault.put_draft(Draft(key=key, kind="page", body=_body(draft), eid=key, base=last.rev, at=CLOCK.now()))
        _say(draft=draft)
        _say(dropping=draft)
        (last,) = vault.append([_new(f"version {number}", key, (last.rev,))], drop_drafts=[key])
        _say(saved=f"version {number}")
        carried = f"draft {number} on top"
        unsaved = Draft(key=key, kind="page", body=_body(carried), eid=key, base=last.rev, at=CLOCK.now())
        vault.put_draft(unsaved)
        _say(draft=carried)
        _say(dropping=carried)
        turned = msgspec.structs.replace(unsaved, body=_body(f"{carried}, amended"))
        (last,) = vault.append([_new(f"amended {number}", key, (last.rev,))], put_drafts=[turned])
        _say(saved=f"amended {number}", draft=f"{carried}, amended")
    vault.close()


def secrets(folder: Path) -> None:
    """A new password, and new recovery words."""
    vault = _open(folder)
    _say(next_password="another quiet garden word")
    vault.change_password("another quiet garden word")
    _say(password="another quiet garden word")
    vault.append([_new("after the password")])
    _say(saved="after the password")
    vault.close()


def backup(folder: Path) -> None:
    """A backup beside the vault."""
    vault = _open(folder)
    vault.append([_new("before the backup")])
    _say(saved="before the backup")
    vault.backup(folder / "copy.vault")
    _say(backup="copy.vault")
    vault.append([_new("after the backup")])
    _say(saved="after the backup")
    vault.close()


def purge(folder: Path) -> None:
    """Entries taken out for good, and the room given back."""
    vault = _open(folder)
    rows = {json.loads(revision.body)["text"]: revision.eid for revision in vault.revisions()}
    for text in ("old 1", "old 3"):
        _say(purging=text)
        vault.purge([rows[text]])
        _say(purged=text)
    vault.append([_new("after the purge")])
    _say(saved="after the purge")
    vault.compact()
    vault.close()


def rotate(folder: Path) -> None:
    """Everything sealed under another key."""
    vault = _open(folder)
    vault.append([_new("under the old key")])
    _say(saved="under the old key")
    words = vault.new_words()
    _say(next_words=words)
    _say(next_password="another quiet garden word")
    vault.rotate("another quiet garden word", words=words)
    _say(words=words)
    _say(password="another quiet garden word")
    vault.append([_new("under the new key")])
    _say(saved="under the new key")
    vault.close()


def merge(folder: Path) -> None:
    """A copy taken in that was written to apart; and once more, which changes nothing."""
    vault = _open(folder)
    vault.append([_new("here only")])
    _say(saved="here only")
    for _ in range(2):
        vault.merge(vault.recognise(folder.parent / "other.vault"))
        _say(saved="there only")
        _say(saved=_text(3))
    vault.close()


def attach(folder: Path) -> None:
    """A file of a few rows, with a text and drafts saved between the steps; one that is given up, and a backup."""
    vault = _open(folder)
    blob = vault.begin_blob()
    for step in range(2):
        vault.add_to_blob(blob, _contents(1)[step * 2**20 : (step + 1) * 2**20])
        vault.put_draft(Draft(key=new_id(), kind="page", body=_body(f"draft {step}"), at=CLOCK.now()))
        _say(draft=f"draft {step}")
    vault.append([_new("between")])
    _say(saved="between")
    eid = new_id()
    record = Attachment(
        entry="e" * 32, at=Moment(CLOCK.now()), name="a file", media="a/b", size=blob.size, sha256=blob.sha256,
        blob=blob.name,
    )  # fmt: skip
    vault.append([NewRevision(eid=eid, kind="attachment", body=encode(record))], body=blob)
    _say(file=eid)
    given_up = vault.begin_blob()
    vault.add_to_blob(given_up, _contents(2))
    vault.drop_blob(given_up)
    vault.backup(folder / "copy.vault")
    _say(backup="copy.vault")
    vault.close()


def _contents(number: int) -> bytes:
    return random.Random(number).randbytes(2**20 + 5000)


def restore(folder: Path) -> None:
    """A backup put in the journal's place, and the present file kept beside it."""
    vault = _open(folder)
    _say(purging="here only")
    vault.append([_new("here only")])
    _say(saved="here only")
    use_instead(vault, vault.recognise(folder.parent / "other.vault"), aside=True)
    _say(saved="there only")


ALL: dict[str, Callable[[Path], None]] = {
    "create": create,
    "save": save,
    "fold": fold,
    "change": change,
    "secrets": secrets,
    "backup": backup,
    "purge": purge,
    "rotate": rotate,
    "merge": merge,
    "restore": restore,
    "attach": attach,
}


# -- before and after ------------------------------------------------------------------------------------------------


def prepare(name: str, folder: Path) -> None:
    """What is there before the watch begins."""
    _state(folder).mkdir()
    if name == "create":
        return
    vault, words = Vault.create(folder / NAME, PASSWORD, profile=FAST, clock=CLOCK, state_dir=_state(folder))
    vault.append([_new(f"old {number}") for number in range(5)])
    vault.close()
    (folder.parent / "words").write_text(words)
    if name in ("merge", "restore"):
        other = folder.parent / "other.vault"
        shutil.copy(folder / NAME, other)
        apart = Vault.open(other, recovery_key=words, clock=CLOCK, state_dir=_fresh(folder / NAME))
        apart.append([_new("there only"), _new(_text(3))])
        apart.close()


def fault(name: str, folder: Path, said: list[str], known: Path) -> str:
    """What is wrong with a vault that a power cut left, given the lines that had been said; "" if nothing is.

    `known` is the folder beside which `prepare` left the recovery words.
    """
    lines = [json.loads(line) for part in said for line in part.splitlines()]
    told: dict[str, list[str]] = {}
    for line in lines:
        for key, value in line.items():
            told.setdefault(key, []).append(value)
    old = [] if name == "create" else [f"old {number}" for number in range(5)]
    words = [*told.get("words", []), *told.get("next_words", [])][::-1]
    if (known.parent / "words").exists():
        words.append((known.parent / "words").read_text())
    must = {*old, *told.get("saved", [])} - set(told.get("purging", []))
    drafts = set(told.get("draft", [])[-1:]) - set(told.get("dropping", []))
    if not (folder / NAME).exists():
        return "the vault is gone" if must else ""
    if not words:  # made, and its words not yet told: nobody could open it
        return ""
    files = set(told.get("file", []))
    found = _look(folder / NAME, words, must, drafts, set(told.get("purged", [])), files)
    if not found and (passwords := [*told.get("password", []), *told.get("next_password", [])]):
        found = _opens(folder / NAME, passwords[-1:] if "password" in told else [*passwords, PASSWORD])
    for copy in told.get("backup", []):
        before = [json.loads(line) for part in said for line in part.splitlines()]
        end = next(place for place, line in enumerate(before) if line.get("backup") == copy)
        wanted = {*old, *(line["saved"] for line in before[:end] if "saved" in line)}
        held = {line["file"] for line in before[:end] if "file" in line}
        found = found or _look(folder / copy, words, wanted, set(), set(), held)
    return found


def _look(
    path: Path, words: list[str], must: set[str], drafts: set[str], gone: set[str], files: set[str]
) -> str:
    if not path.exists():
        return f"{path.name} is gone"
    for each in words:
        try:
            vault = Vault.open(path, recovery_key=each, clock=CLOCK, state_dir=_fresh(path))
        except WrongPassword:
            continue
        except JournalError as error:
            return f"{path.name} does not open: {type(error).__name__} {error.detail}"
        break
    else:
        return f"no words open {path.name}"
    try:
        if vault.report.damage:
            return f"damage: {vault.report.damage[0].message}"
        revisions = list(vault.revisions())
        texts = {json.loads(revision.body).get("text") for revision in revisions}
        found = {one.eid: json.loads(one.body) for one in revisions if one.kind == "attachment"}
        if files - found.keys():
            return f"{len(files - found.keys())} files are not there"
        if files and not vault.verify().ok:
            return "a file is not as it was"
        named = {bytes.fromhex(one["blob"]) for one in found.values()}
        if {bid for (bid,) in vault._file.rows("SELECT DISTINCT bid FROM blob")} != named:
            return "something is left of a file that was not added"
        written = {json.loads(draft.body)["text"] for draft in vault.drafts()} | texts
        if must - texts:
            return f"{len(must - texts)} saved texts are not there"
        if drafts - written:
            return "a draft is not there"
        return "what was purged is there" if gone & texts else ""
    finally:
        vault.close()


def _opens(path: Path, passwords: list[str]) -> str:
    for password in passwords:
        try:
            Vault.open(path, password=password, read_only=True, state_dir=_fresh(path)).close()
        except WrongPassword:
            continue
        return ""
    return "no password opens it"


def _state(folder: Path) -> Path:
    return folder.parent / "state-of-the-device"


def _fresh(path: Path) -> Path:
    """A device that has not seen the vault: older states are to be looked at without a warning."""
    fresh = path.parent.parent / "another-device"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    return fresh


def _open(folder: Path) -> Vault:
    words = (folder.parent / "words").read_text()
    return Vault.open(folder / NAME, recovery_key=words, clock=CLOCK, state_dir=_state(folder))


if __name__ == "__main__":
    if "--tell" in sys.argv:
        os.write(1, b"{}\n")  # everything is imported: it begins
    try:
        ALL[sys.argv[1]](Path(sys.argv[2]))
    except JournalError as error:
        if "--calmly" not in sys.argv:
            raise
        sys.exit(f"{type(error).__name__}: {error}")
