"""The seal: who can open it, what a wrong secret and a damaged file say, and the limits of opening."""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys

import pytest

from journal.errors import DamagedShare, NotAShare, NotForThisKey, ShareError, WrongSharePassphrase
from journal.share import (
    bech32,
    check_recipient,
    generate_identity,
    generate_passphrase,
    inspect,
    open_sealed,
    opener,
    recipient_of,
    seal_for_recipients,
    seal_with_passphrase,
    unknown_words,
)
from journal.share.envelope import USUAL_WORK, Limits
from journal.share.header import MAX_FILE, read_header
from journal.share.passphrase import WORDS, tidy, word_list
from tests.journal.share.test_container import mutated

ME, OTHER = generate_identity(), generate_identity()
PASSPHRASE = generate_passphrase()
DATA = b"what was written " * 20_000  # some chunks of 64 KiB


@pytest.fixture(scope="module")
def for_me() -> bytes:
    return seal_for_recipients(DATA, [ME.recipient])


@pytest.fixture(scope="module")
def with_words() -> bytes:
    # Always written again with the usual factor, as on a computer that is too fast.
    sealed = seal_with_passphrase(DATA, PASSPHRASE, max_work=1)
    assert read_header(sealed).work == USUAL_WORK
    return sealed


def test_a_key_opens(for_me):
    assert inspect(for_me) == "recipient"
    assert DATA[:16] not in for_me
    assert open_sealed(for_me, identity=ME.secret) == DATA
    assert open_sealed(for_me, identity=f"\n {ME.secret}\n") == DATA


def test_a_passphrase_opens(with_words):
    assert inspect(with_words) == "passphrase"
    assert open_sealed(with_words, passphrase=PASSPHRASE) == DATA
    assert open_sealed(with_words, passphrase=f" {PASSPHRASE.upper().replace('-', '  ')}\n") == DATA


def test_each_of_several_readers_opens():
    sealed = seal_for_recipients(b"x", [ME.recipient, OTHER.recipient, f" {ME.recipient}\n"])
    assert open_sealed(sealed, identity=ME.secret) == open_sealed(sealed, identity=OTHER.secret) == b"x"
    assert len([s for s in read_header(sealed).stanzas if s.arguments[0] == "X25519"]) == 2


def test_a_wrong_passphrase_says_so(with_words):
    for wrong in (PASSPHRASE[:-1], "", "x" * 10**6, "half \ud800 \x00"):
        with pytest.raises(WrongSharePassphrase) as caught:
            open_sealed(with_words, passphrase=wrong)
        assert "word" in str(caught.value)


def test_a_wrong_key_says_so(for_me):
    with pytest.raises(NotForThisKey, match="another address"):
        open_sealed(for_me, identity=OTHER.secret)


def test_the_wrong_sort_of_secret_says_so(for_me, with_words):
    with pytest.raises(NotForThisKey, match="not for a passphrase"):
        open_sealed(for_me, passphrase=PASSPHRASE)
    with pytest.raises(NotForThisKey, match="opens with a passphrase"):
        open_sealed(with_words, identity=ME.secret)


@pytest.mark.parametrize(
    "identity", ["", "x", "AGE-SECRET-KEY-1", ME.recipient, ME.secret[:-1], "\ud800"],
    ids=["empty", "letter", "prefix", "recipient", "short", "surrogate"],
)
def test_an_unreadable_secret_says_so(for_me, identity):
    with pytest.raises(ShareError, match="cannot be read"):
        open_sealed(for_me, identity=identity)


def test_exactly_one_secret_is_given(for_me):
    with pytest.raises(ValueError, match="either"):
        open_sealed(for_me)
    with pytest.raises(ValueError, match="either"):
        open_sealed(for_me, identity=ME.secret, passphrase=PASSPHRASE)


def test_keys_are_checked():
    assert check_recipient(f"  {ME.recipient}\n") == ME.recipient
    assert recipient_of(ME.secret) == ME.recipient
    with pytest.raises(ShareError, match="secret that belongs") as caught:
        check_recipient(ME.secret)
    assert ME.secret not in f"{caught.value} {caught.value.detail}"
    for text in (
        "",
        "age1",
        ME.recipient[:-1],
        ME.recipient + "q",
        "ssh-ed25519 AAAA",
        "x" * 10**6,
        "age1\x00",
        "äge1",
    ):
        with pytest.raises(ShareError, match="age1"):
            check_recipient(text)
    for raw in (bytes(32), bytes([1]) + bytes(31)):  # points of low order: with them nothing is a secret
        with pytest.raises(ShareError, match="anybody could read"):
            check_recipient(bech32.encode("age", raw))
        with pytest.raises(ShareError, match="anybody could read"):
            seal_for_recipients(b"x", [ME.recipient, bech32.encode("age", raw)])
    for recipients in ([], ["x"], [generate_identity().recipient for _ in range(17)]):
        with pytest.raises(ShareError):
            seal_for_recipients(b"x", recipients)
    with pytest.raises(ShareError):
        seal_with_passphrase(b"x", "")


def test_passphrases_are_eight_words_of_the_list():
    words = word_list()
    assert len(words) == len({word[:4] for word in words}) == 2048
    made = {generate_passphrase() for _ in range(200)}
    assert len(made) == 200
    for passphrase in made:
        assert re.fullmatch(r"[a-z]+(-[a-z]+){7}", passphrase)
        assert len(passphrase.split("-")) == WORDS
        assert unknown_words(passphrase) == ()
        assert tidy(passphrase.title().replace("-", " - ")) == passphrase


def test_slips_of_the_pen_are_named():
    words = PASSPHRASE.split("-")
    assert unknown_words(" ".join([*words[:2], "qqqq", *words[3:]])) == (3,)
    assert tidy("a passphrase of somebody else's: 17, Ärger \n") == "a passphrase of somebody else's: 17, Ärger "


@pytest.mark.parametrize("end", [0, 1, 100, 180, 250, 65_536, 66_000, 131_400, -1])
def test_truncated_files_are_refused(for_me, end):
    with pytest.raises(NotAShare if end in (0, 1) else DamagedShare):
        open_sealed(for_me[:end], identity=ME.secret)


def test_appended_bytes_are_refused(for_me):
    with pytest.raises(DamagedShare):
        open_sealed(for_me + b"\x00", identity=ME.secret)


def test_mutated_files_never_open_as_something_else(for_me):
    chance = random.Random(5)
    size = read_header(for_me).size
    for number in range(160):
        # Every second one is harmed in the header, where most of the meaning is.
        bad = mutated(for_me[:size], chance) + for_me[size:] if number % 2 else mutated(for_me, chance)
        with pytest.raises(ShareError):
            open_sealed(bad, identity=ME.secret)


def test_mutated_passphrase_files_never_open_as_something_else(with_words):
    chance = random.Random(6)
    size = read_header(with_words).size
    for number in range(5):
        bad = mutated(with_words[:size], chance) + with_words[size:] if number % 2 else mutated(with_words, chance)
        with pytest.raises(ShareError):
            open_sealed(bad, passphrase=PASSPHRASE)


def test_the_largest_share_opens_within_the_memory_limit():
    data = bytes(64 * 2**20)
    sealed = seal_for_recipients(data, [ME.recipient])
    assert len(sealed) <= MAX_FILE
    assert open_sealed(sealed, identity=ME.secret) == data


def test_too_little_memory_is_an_error_and_not_a_crash(with_words):
    with pytest.raises(ShareError, match="memory") as caught:
        open_sealed(with_words, passphrase=PASSPHRASE, limits=Limits(memory=-(2**27)))
    assert not isinstance(caught.value, DamagedShare | WrongSharePassphrase)


def test_too_little_time_is_an_error_and_not_a_hang(with_words):
    with pytest.raises(ShareError, match="too long"):
        open_sealed(with_words, passphrase=PASSPHRASE, limits=Limits(seconds=0.05))


def test_the_opening_process_has_its_limits_and_no_secret_in_its_command():
    script = (
        "import resource, sys; sys.argv = ['', sys.argv[1], str(2**31), '60'];"
        "import runpy; module = runpy.run_path(sys.argv[1]); module['_limit'](2**31, 60);"
        "print([resource.getrlimit(w) for w in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, opener.__file__],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str([(2**31, 2**31), (60, 60), (0, 0), (0, 0)])
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0


def test_the_opening_process_ignores_the_environment(for_me, tmp_path, monkeypatch):
    (tmp_path / "pyrage.py").write_text("raise SystemExit(3)")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert open_sealed(for_me, identity=ME.secret) == DATA
