"""The file for a browser: nothing of it is read or changed unseen, and a strange one is refused before any work."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import signal
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal import apart
from journal.errors import (
    AlreadyThere,
    DamagedShare,
    NotAShare,
    NotForThisKey,
    ShareError,
    Stopped,
    StorageFailed,
    WrongSharePassphrase,
)
from journal.share import (
    HTML_WORDS,
    Selection,
    build,
    default_name,
    generate_passphrase,
    inspect_file,
    plain_page,
    read_share,
    unknown_words,
    write_html_share,
)
from journal.share.file import pack
from journal.share.header import MAX_FILE
from journal.share.html import Plain, find, page, seal, sealed, unseal
from journal.share.html.outer import is_page, outer
from journal.share.opening import Limits
from tests.canaries import leaks
from tests.journal.share.samples import CLOCK, everything

WORDS = generate_passphrase(HTML_WORDS)
EVERYTHING = everything()
FEW = 3  # rounds: what is derived does not depend on how often


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    path = tmp_path_factory.mktemp("html") / default_name(CLOCK.now().date(), html=True)
    written = write_html_share(path, EVERYTHING, passphrase=WORDS)
    assert (written.path, written.size) == (path, path.stat().st_size)
    return path


@pytest.fixture(scope="module")
def quick() -> bytes:
    return outer(seal(Plain(b"[]", pack(EVERYTHING)), WORDS, rounds=FEW))


def opened(file: bytes, words: str = WORDS) -> Plain:
    return unseal(find(file), words)


# -- written and read ------------------------------------------------------------------------


def test_a_share_for_a_browser_is_opened_here_too(shared):
    assert shared.name == "share-2026-11-23.html"
    assert stat.S_IMODE(shared.stat().st_mode) == 0o600
    assert [path.name for path in shared.parent.iterdir()] == [shared.name]
    assert inspect_file(shared) == "passphrase"
    found = read_share(shared, passphrase=WORDS.upper().replace("-", "  "))
    assert (found.payload, found.text, found.unknown) == (EVERYTHING, plain_page(EVERYTHING), ())
    assert opened(shared.read_bytes()) == Plain(page(EVERYTHING), pack(EVERYTHING))


def test_the_words_are_nine_and_new_each_time():
    made = [generate_passphrase(HTML_WORDS) for _ in range(50)]
    assert len(set(made)) == 50
    assert {len(words.split("-")) for words in made} == {9}
    assert all(unknown_words(words) == () for words in made)


@pytest.mark.parametrize("words", ["", "secret", generate_passphrase(8), WORDS.upper(), WORDS.replace("-", " ")])
def test_words_that_were_thought_up_make_no_file(tmp_path, words):
    with pytest.raises(ValueError, match="generate_passphrase"):
        write_html_share(tmp_path / "s.html", EVERYTHING, passphrase=words)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_and_nothing_is_made_of_nothing(tmp_path):
    path = tmp_path / "s.html"
    path.write_text("mine")
    with pytest.raises(AlreadyThere):
        write_html_share(path, EVERYTHING, passphrase=WORDS)
    assert path.read_text() == "mine"
    with pytest.raises(ShareError, match="Nothing is ticked"):
        write_html_share(tmp_path / "t.html", build(Selection(sender="Alex"), [], CLOCK), passphrase=WORDS)
    assert [found.name for found in tmp_path.iterdir()] == ["s.html"]


def test_a_share_that_does_not_come_back_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed, "_LENGTHS", sealed.struct.Struct("<II"))  # as a writer with a fault would
    real = sealed._unpacked
    monkeypatch.setattr(sealed, "_unpacked", lambda data: real(data)._replace(page=b"[]"))
    with pytest.raises(StorageFailed):
        write_html_share(tmp_path / "s.html", EVERYTHING, passphrase=WORDS)
    assert list(tmp_path.iterdir()) == []


def test_no_word_of_it_is_in_the_file(shared):
    assert "canary-text-experience" in opened(shared.read_bytes()).page.decode()
    wanted = ("canary-text-experience", "canary-dose-one", "canary-people-two", "Meyer", "that was blue", WORDS)
    assert leaks([shared.parent], {word: word for word in wanted}) == []


def test_the_length_says_little():
    lengths = {
        len(seal(Plain(b"[]" + b" " * more, b"x"), WORDS, rounds=FEW)) for more in (0, 1, 100, 10_000, 60_000)
    }
    assert len(lengths) == 1
    longer = {len(seal(Plain(b" " * (200_000 + more), b"x"), WORDS, rounds=FEW)) for more in range(0, 5_000, 500)}
    assert len(longer) <= 2


def test_no_two_files_are_alike(quick):
    other = outer(seal(Plain(b"[]", pack(EVERYTHING)), WORDS, rounds=FEW))
    one, two = find(quick), find(other)
    assert one.salt != two.salt and one.nonce != two.nonce and one.check != two.check
    assert one.ciphertext[:32] != two.ciphertext[:32]


def test_too_much_for_one_share_is_refused():
    with pytest.raises(ShareError, match="too much"):
        seal(Plain(b"", bytes(sealed.MAX_PLAIN)), WORDS, rounds=FEW)


# -- the file around it ------------------------------------------------------------------------


def test_the_policy_names_the_one_script_and_the_one_style(quick):
    text = quick.decode()
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'" and rules["trusted-types"] == "'none'"
    for name in ("script", "style"):
        (inside,) = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"
    assert "unsafe" not in policy
    assert text.count("<script") == text.count("<style") == 1
    assert text.index("Content-Security-Policy") < text.index("<style") < text.index("<script")


def test_nothing_in_the_file_leads_out(quick):
    text = re.sub("-----BEGIN.*-----END", "", quick.decode(), flags=re.DOTALL)
    assert '<meta name="referrer" content="no-referrer">' in text
    around = text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert re.findall(r"https?:|//[a-z]|src=|href=|url\(|@import", around) == []
    assert re.findall(r"\son[a-z]+=|\sstyle=", text) == []
    for dangerous in ("eval(", "innerHTML", "outerHTML", "document.write", "Function(", "localStorage", "cookie"):
        assert dangerous not in text


# -- what comes from outside ------------------------------------------------------------------------


def regions(file: bytes) -> dict[str, range]:
    start = file.index(b"-----BEGIN INTEGRATION")
    line = file.index(b"PBKDF2-", start)
    body = file.index(b"\n", line) + 1
    end = file.index(b"-----END INTEGRATION")
    fields, at = {}, line
    for name, text in zip(
        ("kdf", "rounds", "salt", "check", "cipher", "nonce"), file[line : body - 1].split(b" "), strict=True
    ):
        fields[name] = range(at, at + len(text))
        at += len(text) + 1
    return {
        "begin": range(start, line), **fields, "ciphertext": range(body, end - 40), "tag": range(end - 26, end - 4),
        "end": range(end, end + 39),
    }  # fmt: skip


@pytest.mark.parametrize(
    "region", ["begin", "kdf", "rounds", "salt", "check", "cipher", "nonce", "ciphertext", "tag", "end"]
)
def test_any_change_is_refused(quick, region):
    where = regions(quick)[region]
    for place in where if len(where) < 100 else [secrets.choice(where) for _ in range(60)]:
        for other in (quick[place] ^ 1, quick[place] ^ 2, secrets.choice(b"0123456789abcdef")):
            changed = quick[:place] + bytes([other]) + quick[place + 1 :]
            if changed.replace(b"\r\n", b"\n") == quick:
                continue
            if region == "rounds" and (found := changed[where.start : where.stop]).isdigit() and int(found) > 10**7:
                continue
            with pytest.raises((DamagedShare, NotAShare, WrongSharePassphrase, ShareError)):
                opened(changed)


def test_a_header_of_another_share_does_not_fit(quick):
    other = find(outer(seal(Plain(b"[]", b"other"), WORDS, rounds=FEW)))
    mine = find(quick)
    for part in ("nonce", "ciphertext", "header"):
        with pytest.raises(DamagedShare):
            unseal(mine._replace(**{part: getattr(other, part)}), WORDS)


def test_another_passphrase_is_told_from_damage(quick):
    with pytest.raises(WrongSharePassphrase):
        opened(quick, generate_passphrase(HTML_WORDS))
    with pytest.raises(WrongSharePassphrase):
        opened(quick, "")
    with pytest.raises(WrongSharePassphrase):
        opened(quick, "\udcff")


def test_what_asks_for_too_much_work_is_refused_before_any(quick, tmp_path):
    greedy = quick.replace(b"SHA-512 3 ", b"SHA-512 999999999 ")
    (tmp_path / "s.html").write_bytes(greedy)
    for act in (lambda: inspect_file(tmp_path / "s.html"), lambda: read_share(tmp_path / "s.html", passphrase=WORDS)):
        with pytest.raises(ShareError, match="more work"):
            act()


@pytest.fixture
def long(tmp_path):
    """A share that asks for as much work as a reader gives."""
    path = tmp_path / "long.html"
    file = outer(seal(Plain(b"[]", b"x"), WORDS, rounds=FEW))
    path.write_bytes(file.replace(b"SHA-512 3 ", b"SHA-512 %d " % sealed.MAX_ROUNDS))
    return path


def test_opening_a_page_is_ended_when_the_journal_is_left(long):
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(read_share, long, passphrase=WORDS)
        while not apart._running and not waiting.done():
            threading.Event().wait(0.01)
        (process,) = apart._running
        apart.stop()
        with pytest.raises(Stopped):
            waiting.result(timeout=60)
    assert process.returncode == -signal.SIGKILL


def test_opening_a_page_has_its_limits(long):
    found = find(long.read_bytes())
    with pytest.raises(ShareError, match="too long"):
        unseal(found, WORDS, limits=Limits(seconds=0.05))
    with pytest.raises(ShareError, match="memory"):
        unseal(found, WORDS, limits=Limits(memory=2**22))


def test_other_files_are_told_apart(quick, tmp_path):
    later = quick.replace(b"SHARE 1-----\nPBK", b"SHARE 2-----\nPBK")
    cases = {
        "a page": (b"<!DOCTYPE html><p>hello", NotAShare, "not a share"),
        "later": (later, ShareError, "newer version"),
        "cut": (quick[: len(quick) // 2], DamagedShare, "damaged"),
        "twice": (quick + quick, DamagedShare, "damaged"),
        "short": (re.sub(rb"(GCM .{24}\n).*(-----END)", rb"\1AAAA\n\2", quick, flags=re.S), DamagedShare, "damaged"),
    }  # fmt: skip
    for name, (data, error, message) in cases.items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(data)
        with pytest.raises(error, match=message):
            inspect_file(path)
        with pytest.raises(error, match=message):
            read_share(path, passphrase=WORDS)
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<!DOCTYPE html>")
        file.truncate(MAX_FILE + 2)
    with pytest.raises(NotAShare, match="larger"):
        inspect_file(path)


def test_no_address_opens_it(shared):
    with pytest.raises(NotForThisKey, match="passphrase"):
        read_share(shared, identity="AGE-SECRET-KEY-1")


def test_line_endings_that_were_changed_on_the_way_are_no_damage(quick):
    assert opened(quick.replace(b"\n", b"\r\n")) == opened(quick)


def test_a_page_kept_by_a_browser_still_opens(quick):
    """A browser that saves a page writes it anew: other attributes, no comments, other line ends around."""
    kept = re.sub(rb"<!--.*?-->", b"", quick, flags=re.S).replace(b" hidden>", b' hidden="">')
    assert opened(b"\xef\xbb\xbf\n" + kept) == opened(quick)
    assert is_page(b"\xef\xbb\xbf\n<HTML>") and not is_page(b"age-encryption.org/v1\n")


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_whatever_stands_between_the_marks_is_refused(rubbish):
    file = b"<!DOCTYPE html>\n-----BEGIN INTEGRATION JOURNAL SHARE 1-----\n" + rubbish
    for data in (file, file + b"\n-----END INTEGRATION JOURNAL SHARE-----\n"):
        with pytest.raises(DamagedShare):
            find(data)


@settings(max_examples=60)
@given(st.binary(max_size=100), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_what_is_sealed_has_one_form(rubbish, first, second):
    data = (first.to_bytes(4, "big") + second.to_bytes(4, "big") + rubbish).ljust(sealed.LEAST_PLAIN, b"\0")
    try:
        found = sealed._unpacked(data)
    except DamagedShare:
        return
    assert sealed._packed(found) == data


@settings(max_examples=15)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_contents_come_back(tree, contents):
    plain = Plain(tree, contents)
    assert opened(outer(seal(plain, WORDS, rounds=FEW))) == plain
