"""Not one word typed into the real program is found in clear in any file, and the program opens no connection.

A person (tests/canary_driver.py) types a word of its own into every field, saves some and leaves the rest, locks, and
comes back. All of it happens in processes of their own, watched by `strace`, with a home of their own.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from journal.records import Experience, encode
from journal.service import JournalService
from journal.share import read_share
from journal.share.file import pack
from tests import canary_body, canary_ready
from tests.canaries import canary, forms, leaks
from tests.canary_care import WORDS as CARE
from tests.canary_clients import WORDS as CLIENTS
from tests.canary_contacts import PASSING_WORDS
from tests.canary_contacts import WORDS as CONTACTS
from tests.canary_landing import LANDED, SENTENCE
from tests.ui.test_lock_process import catches, proc, wait
from ui import stack

ROOT = Path(__file__).resolve().parents[1]
KEPT = (
    "course_title", "course_notes", "session_dose", "session_setting", "session_people", "session_notes",
    "intention_title", "intention_tag", "intention_text", "experience_title", "experience_tag", "experience_text",
    "integration_title", "integration_tag", "integration_text", "page_title", "page_tag", "page_text",
    "checkin_note", "own_name", "share_to", "person_name", "person_reach", "person_notes",
    *CARE, *CONTACTS, *CLIENTS, *canary_body.KEPT, *canary_ready.KEPT, *LANDED,
)  # fmt: skip
IN_A_FILE = ("file_name", "file_inside")
DRAFTS = (
    "draft_course", "draft_session", "draft_checkin", "draft_title", "draft_text", "draft_unsealed", "second_day",
    *canary_body.DRAFTS,
)  # fmt: skip
SHARED = ("share_to", "share_sender", "share_talk_about", "share_caption")
PASSING = (
    "removed_text", "find", "search", "library_search", "recipient", "review_words", "wrong_password", "wrong_words",
    SENTENCE, *PASSING_WORDS,
)  # fmt: skip
_CALLS = ("open", "creat", "mkdir", "rename", "link", "symlink", "mknod")
# A question mark: where the system has it.
FILES = ",".join(f"?{call}{at}" for call in _CALLS for at in ("", "at", "at2"))
WATCH = ("strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", f"trace=network,{FILES}", "-e", "signal=none")
FILE = re.compile(r'\b(\w+)\((?:AT_FDCWD|\d+)?,? ?"((?:[^"\\]|\\.)*)"(.*)\) += (-?\d+)')
# Where programs, libraries, fonts and the system's own settings lie.
SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/var/cache/fontconfig/", "/var/lib/dbus/")
INTERNET = re.compile(r"\b(?:AF|PF)_INET6?\b")


@dataclass
class Told:
    """What happened: where everything was, what was typed, what was found."""

    home: Path
    journal: Path
    share: Path
    words: dict[str, str]
    first: dict[str, Any]
    second: dict[str, Any]
    while_open: list[str]
    calls: tuple[str, str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home = tmp_path_factory.mktemp("canary")
    log = tmp_path_factory.mktemp("watched")
    for name in ("home", "tmp", "cwd", "journals"):
        (home / name).mkdir()
    words = {name: canary() for name in {*KEPT, *IN_A_FILE, *DRAFTS, *SHARED, *PASSING}}
    passwords = {"password": canary(), "second_password": canary()}
    journal, share = home / "journals" / "journal.vault", home / "journals" / "excerpt.age"
    picture = home / "journals" / f"{words['file_name']}.bmp"
    picture.write_bytes(bitmap(words["file_inside"]))
    asked = {"journal": str(journal), "share": str(share), "picture": str(picture), "words": words, **passwords}

    with Program(home, log / "first", {"act": "write", **asked}) as program:
        first = program.answer()
        secrets = {**words, **passwords, "recovery words": first["recovery"], "share words": first["share"]}
        secrets["reply words"] = first["reply"]
        while_open = leaks([home], secrets)
        program.say("lock")
        wait(lambda: b"--resume" in proc(first["pid"], "cmdline") and catches(first["pid"], signal.SIGTERM))
        os.kill(first["pid"], signal.SIGTERM)
        assert program.process.wait(timeout=60) == 0
    service = JournalService.open(journal, password=passwords["second_password"], state_dir=log)
    session = service.sessions()[0].eid
    draft = next(one.eid for one in service.drafts() if isinstance(one.record, Experience))
    service.close()
    with Program(home, log / "second", {"act": "read", "session": session, "draft": draft, **asked}) as program:
        second = program.answer()
        assert program.process.wait(timeout=60) == 0
    calls = ((log / "first").read_text("utf-8"), (log / "second").read_text("utf-8"))
    return Told(home, journal, share, secrets, first, second, while_open, calls)


def test_no_word_is_in_any_file_while_the_journal_is_open(told: Told) -> None:
    assert told.while_open == []


def test_no_word_is_in_any_file_after_locking_and_closing(told: Told) -> None:
    assert leaks([told.home], told.words) == []
    assert told.journal.stat().st_size > 10_000
    assert told.share.stat().st_size > 1000


def test_every_field_was_typed_into_on_every_page(told: Told) -> None:
    assert told.first["left"] + told.second["left"] == []
    assert set(stack._PAGES) <= {*told.first["places"], *told.second["places"]}


def test_what_was_typed_is_in_the_journal(told: Told, tmp_path: Path) -> None:
    service = JournalService.open(told.journal, password=told.words["second_password"], state_dir=tmp_path)
    held = [encode(version.record) for item in service.items() for version in service.versions(item.eid)]
    held += [encode(item.record) for item in service.items()]
    saved = b"\n".join(held).decode()
    drafts = b"\n".join(encode(draft.record) for draft in service.drafts()).decode()
    assert [name for name in KEPT if told.words[name] not in saved] == []
    assert [name for name in DRAFTS if told.words[name] not in drafts] == []
    service.close()


def test_the_file_that_was_added_is_in_the_journal_with_its_name(told: Told, tmp_path: Path) -> None:
    service = JournalService.open(told.journal, password=told.words["second_password"], state_dir=tmp_path)
    files = [item for item in service.items() if item.record.kind == "attachment"]
    name = f"{told.words['file_name']}.bmp"
    (file,) = (item for item in files if item.record.name == name)
    # The share was kept with a client too: its pictures stand there, without that name and what else was inside.
    (kept,) = (item for item in files if item.record.name != name)
    assert kept.record.media == "application/x-integration-journal-pictures"
    assert told.words["file_inside"].encode() not in service.attachment_data(kept.eid)
    assert told.words["file_inside"].encode() in service.attachment_data(file.eid)
    service.close()


def bitmap(word: str) -> bytes:
    """A picture whose pixels are a word, again and again."""
    pixels = (word * 300).encode()[: 48 * 24]
    head = b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54)
    return head + struct.pack("<IiiHHIIiiII", 40, 16, 24, 1, 24, 0, len(pixels), 0, 0, 0, 0) + pixels


def test_what_was_shared_is_in_the_share(told: Told) -> None:
    opened = read_share(told.share, passphrase=told.words["share words"])
    assert [name for name in SHARED if told.words[name] not in opened.text] == []
    assert told.words["page_text"] in opened.text
    (picture,) = opened.payload.pictures
    assert picture.caption == told.words["share_caption"]
    held = pack(opened.payload).decode("latin-1")
    assert [name for name in IN_A_FILE if told.words[name] in held] == []


def test_the_look_finds_a_word_in_every_form_and_in_names(tmp_path: Path) -> None:
    word = canary()
    planted = dict(forms(word))
    for number, raw in enumerate(planted.values()):
        (tmp_path / str(number)).write_bytes(b"\0\xffbefore" + raw + b"after\n")
    (tmp_path / "in" / f"{word}.txt").mkdir(parents=True)
    assert len(leaks([tmp_path], {"it": word})) >= len(planted) + 1
    assert leaks([tmp_path], {"another": canary()}) == []


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("after", ["", "x", "xy"])
def test_the_look_finds_base64_wherever_the_word_begins(tmp_path: Path, before: str, after: str) -> None:
    word = canary()
    for number, encoding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (tmp_path / f"{number}").write_bytes(base64.b64encode(f"{before}{word}{after}".encode(encoding)))
    found = leaks([tmp_path], {"it": word})
    assert {line.rpartition("/")[2] for line in found} == {"0", "1", "2"}


def test_the_program_opened_no_connection(told: Told) -> None:
    for calls in told.calls:
        assert "AF_UNIX" in calls, "it was not watched"
        assert INTERNET.findall(calls) == []


def files(calls: str, *, written: bool) -> set[str]:
    """The files that were opened, or those that were written to, made or named."""
    found = set()
    for call, path, flags, result in FILE.findall(calls):
        changes = call not in ("open", "openat", "openat2") or re.search(r"O_(WRONLY|RDWR|CREAT)", flags)
        if int(result) >= 0 and bool(changes) == written:
            found.add(path)
    return found


def test_the_program_wrote_nothing_outside_its_own_folders(told: Told) -> None:
    own = [f"{told.home}/home/{name}/integration-journal" for name in ("config", "data", "state")]
    places = (f"{told.home}/journals/", *(f"{folder}/" for folder in own))
    above = {*own, f"{told.home}/journals", *(str(Path(folder).parent) for folder in own), "/dev/null"}
    for calls in told.calls:
        written = files(calls, written=True)
        assert any(path.endswith("journal.vault") for path in written), "it was not watched"
        assert {path for path in written if not path.startswith(places)} <= above
    assert not list((told.home / "tmp").iterdir()) and not list((told.home / "cwd").iterdir())


def test_the_program_read_nothing_of_other_people_or_programs(told: Told) -> None:
    own = tuple(f"{Path(place).resolve()}/" for place in (told.home, ROOT, sys.prefix, sys.base_prefix))
    here = (f"{sys.prefix}/", f"{sys.base_prefix}/", str(ROOT))
    for calls in told.calls:
        assert {path for path in files(calls, written=False) if not path.startswith((*own, *here, *SYSTEM))} == set()


def test_a_connection_would_have_been_seen(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    program = "import socket, os; os.fork() or socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run([*WATCH, "-o", str(log), sys.executable, "-c", program], check=True)
    assert INTERNET.findall(log.read_text("utf-8")) == ["AF_INET"]


class Program:
    """The real program with the person in it, watched."""

    def __init__(self, home: Path, log: Path, asked: dict[str, Any]) -> None:
        environment = {
            **os.environ,
            "HOME": str(home / "home"),
            "TMPDIR": str(home / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            environment[f"XDG_{name}_HOME"] = str(home / "home" / name.lower())
        self.process = subprocess.Popen(
            [*WATCH, "-o", str(log), sys.executable, str(ROOT / "tests" / "canary_driver.py")],
            cwd=home / "cwd",
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.say(json.dumps(asked))

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_args: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # what is watched would outlive the watcher
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def say(self, line: str) -> None:
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        assert line, "the program ended"
        said = json.loads(line)
        assert "error" not in said, said["error"]
        return said
