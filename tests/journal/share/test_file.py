"""Shares as files: written whole or not at all, opened by this program and by age's own."""

from __future__ import annotations

import os
import pty
import shutil
import stat
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from journal.errors import (
    AlreadyThere,
    DamagedShare,
    NotAShare,
    NotForThisKey,
    NotFound,
    ShareError,
    StorageFailed,
)
from journal.share import (
    Selection,
    build,
    default_name,
    generate_identity,
    generate_passphrase,
    inspect_file,
    plain_page,
    read_share,
    seal_for_recipients,
    write_share,
)
from journal.share.file import pack
from journal.share.header import MAX_WORK, read_header
from tests.journal.share.samples import CLOCK, everything, shared

ME = generate_identity()
PASSPHRASE = generate_passphrase()
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / default_name(date(2026, 11, 23))


@pytest.fixture(scope="module")
def passphrase_share(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("share") / "share.age"
    write_share(path, everything(), passphrase=PASSPHRASE)
    return path


@pytest.fixture
def age() -> str:
    found = shutil.which("age")
    assert found, "The program “age” is missing. Install Debian's package “age”, then run the tests again."
    return found


def test_a_share_to_a_key(path):
    payload = everything()
    written = write_share(path, payload, recipients=[ME.recipient], identity=ME.secret)
    assert (written.path, written.share, written.size) == (path, payload.share, path.stat().st_size)
    assert path.name == "share-2026-11-23.age"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert inspect_file(path) == "recipient"
    opened = read_share(path, identity=ME.secret)
    assert opened.payload == payload
    assert opened.share == payload.share
    assert opened.text == plain_page(payload)
    assert b"canary" not in path.read_bytes()
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_a_share_with_a_passphrase(passphrase_share):
    assert inspect_file(passphrase_share) == "passphrase"
    assert read_header(passphrase_share.read_bytes()).work <= MAX_WORK
    assert read_share(passphrase_share, passphrase=PASSPHRASE).text == plain_page(everything())


def test_wrong_secrets_on_a_file(path):
    write_share(path, shared(6), recipients=[ME.recipient])
    with pytest.raises(NotForThisKey):
        read_share(path, identity=generate_identity().secret)
    with pytest.raises(NotForThisKey):
        read_share(path, passphrase=PASSPHRASE)


def test_nothing_is_overwritten(path):
    path.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        write_share(path, shared(6), recipients=[ME.recipient])
    assert path.read_bytes() == b"mine"


def test_an_empty_selection_makes_no_file(path):
    with pytest.raises(ShareError, match="Nothing is ticked"):
        write_share(path, build(Selection(sender="Alex"), [], CLOCK), recipients=[ME.recipient])
    assert not path.exists()


def test_bad_readers_make_no_file(path):
    with pytest.raises(ShareError):
        write_share(path, shared(6), recipients=["age1nobody"])
    with pytest.raises(ValueError, match="either"):
        write_share(path, shared(6))
    with pytest.raises(ValueError, match="either"):
        write_share(path, shared(6), recipients=[ME.recipient], passphrase=PASSPHRASE)
    assert list(path.parent.iterdir()) == []


def test_a_share_that_cannot_be_opened_again_is_not_kept(path):
    with pytest.raises(NotForThisKey):
        write_share(path, shared(6), recipients=[ME.recipient], identity=generate_identity().secret)
    assert list(path.parent.iterdir()) == []


def test_a_missing_folder_and_other_places(tmp_path):
    with pytest.raises((StorageFailed, NotFound)):
        write_share(tmp_path / "none" / "share.age", shared(6), recipients=[ME.recipient])
    with pytest.raises(NotFound):
        read_share(tmp_path / "none.age", passphrase="x")
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(NotAShare):
            read_share(other, passphrase="x")
    with pytest.raises(StorageFailed):
        read_share(tmp_path / ("x" * 300), passphrase="x")


def test_a_full_disk_leaves_no_file(tmp_path):
    """In a process of its own, whose files may not grow: the first write past the limit fails as on a full disk."""
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from journal.errors import StorageFull
        from journal.share import write_share
        from tests.journal.share.samples import everything
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            write_share(Path(sys.argv[1]), everything(), recipients=[sys.argv[2]])
        except StorageFull as error:
            print("full:", error)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "share.age"), ME.recipient],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("full: The disk is full, so this file was not written.")
    assert list(tmp_path.iterdir()) == []


def test_sealed_bytes_that_are_no_share_are_told_apart(path):
    path.write_bytes(seal_for_recipients(b"hello", [ME.recipient]))
    with pytest.raises(NotAShare, match="opened, but"):
        read_share(path, identity=ME.secret)
    path.write_bytes(seal_for_recipients(pack(shared(6))[:-1], [ME.recipient]))
    with pytest.raises(DamagedShare):
        read_share(path, identity=ME.secret)


def test_age_opens_a_share_to_a_key(age, path, tmp_path):
    payload = everything()
    write_share(path, payload, recipients=[ME.recipient])
    (tmp_path / "key.txt").write_text(ME.secret + "\n")
    opened = subprocess.run(
        [age, "-d", "-i", str(tmp_path / "key.txt"), str(path)], capture_output=True, check=True
    ).stdout
    assert opened == pack(payload)
    lines = opened.decode().splitlines()
    assert lines[0] == "Integration Journal share, version 1"
    assert lines[3] == "From an integration journal"
    page = opened.decode().partition("---- End of the page")[0]
    assert page.index("canary-text-intention") < page.index("canary-text-experience")


def test_age_opens_a_share_with_its_passphrase(age, passphrase_share):
    opened = _age_with_passphrase([age, "-d", str(passphrase_share)], PASSPHRASE)
    assert opened.startswith(b"Integration Journal share, version 1\n")
    assert b"canary-text-experience" in opened
    contents = read_share(passphrase_share, passphrase=PASSPHRASE)
    assert opened == pack(contents.payload)


def test_this_program_opens_what_age_sealed(age, path):
    payload = everything()
    sealed = subprocess.run([age, "-r", ME.recipient], input=pack(payload), capture_output=True, check=True).stdout
    path.write_bytes(sealed)
    assert read_share(path, identity=ME.secret).payload == payload
    armored = subprocess.run([age, "-a", "-r", ME.recipient], input=b"x", capture_output=True, check=True).stdout
    path.write_bytes(armored)
    with pytest.raises(NotAShare, match="attachment"):
        inspect_file(path)


# Takes the terminal named first for its own, then becomes the command.
_ON_A_TERMINAL = "import os, sys; os.close(os.open(sys.argv[1], os.O_RDWR)); os.execv(sys.argv[2], sys.argv[2:])"


def _age_with_passphrase(command: list[str], passphrase: str) -> bytes:
    """What `age` writes to standard output. It asks for a passphrase on a terminal only, so it gets one."""
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-I", "-c", _ON_A_TERMINAL, os.ttyname(theirs), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            while b"passphrase" not in (asked := os.read(ours, 1024)):
                assert asked
            os.write(ours, passphrase.encode() + b"\n")
            assert running.stdout is not None
            opened = running.stdout.read()
        assert running.returncode == 0
        return opened
    finally:
        os.close(ours)
        os.close(theirs)
