"""Whatever is done in whatever order, an opened vault equals the plain model of what was done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.vault import NewRevision, Vault
from journal.vault.rows import FLOOR, pad, padme, unpad
from journal.vault.sealing import CHUNK, SealBroken, seal, unseal
from tests.journal.vault.samples import body, by_words, create, draft, page
from tests.journal.vault.tampering import small_lists


@pytest.fixture(scope="module", autouse=True)
def lists_are_folded_often():
    with small_lists():
        yield


ENTRIES = [f"{number:02x}" * 16 for number in (0, 1, 1, 127, 255)]  # two share a part of the list with another
ENTRIES[2] = "01" * 15 + "ff"

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
_which = st.sampled_from(ENTRIES)
_steps = st.one_of(
    st.tuples(st.just("write"), _which, _texts),
    st.tuples(st.just("delete"), _which, st.none()),
    st.tuples(st.just("draft"), _which, _texts),
    st.tuples(st.just("drop"), _which, st.none()),
    st.tuples(st.just("finish"), _which, _texts),
    st.tuples(st.just("several"), st.lists(_which, max_size=6), _texts),
    st.tuples(st.just("reopen"), st.none(), st.none()),
    st.tuples(st.just("words"), st.none(), st.none()),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """A closed, empty vault to copy, and its recovery words."""
    vault, words = create(tmp_path_factory.mktemp("empty"))
    vault.close()
    return vault.path, words


class Model:
    """What a vault should hold: every revision by its id, and the drafts."""

    def __init__(self, vault: Vault, words: str) -> None:
        self.vault, self.words = vault, words
        self.revisions: dict[tuple[str, str], tuple[bytes, bool, tuple[str, ...]]] = {}
        self.heads: dict[str, str] = {}
        self.drafts: dict[str, bytes] = {}

    def append(self, new: list[NewRevision], drop: tuple[str, ...] = ()) -> None:
        for one, written in zip(new, self.vault.append(new, drop_drafts=drop), strict=True):
            self.revisions[written.eid, written.rev] = (one.body, one.deleted, one.parents)
            self.heads[written.eid] = written.rev
        for key in drop:
            self.drafts.pop(key, None)

    def parents(self, eid: str) -> tuple[str, ...]:
        return (self.heads[eid],) if eid in self.heads else ()

    def step(self, name: str, which: str | list[str] | None, text: str | None) -> None:
        if name in ("write", "delete"):
            self.append([page(text or "", which, self.parents(which), deleted=name == "delete")])
        elif name == "several":
            self.append([page(f"{number} {text}", eid) for number, eid in enumerate(which)])
        elif name == "draft":
            self.vault.put_draft(draft(text, which))
            self.drafts[which] = body(text)
        elif name == "drop":
            self.vault.drop_draft(which)
            self.drafts.pop(which, None)
        elif name == "finish":
            self.append([page(text, which, self.parents(which))], (which,))
        elif name == "words":
            self.words = self.vault.new_recovery_key()
        else:
            self.vault.close()
            self.vault = by_words(self.vault.path, self.words)

    def compare(self) -> None:
        found = {(one.eid, one.rev): one for one in self.vault.revisions()}
        assert {key: (one.body, one.deleted, one.parents) for key, one in found.items()} == self.revisions
        self.compare_drafts()
        assert len({one.lamport for one in found.values()}) == len(found)
        assert self.vault.verify().ok
        assert not self.vault.read_only
        assert self.vault.report.older_than_seen is None

    def compare_drafts(self) -> None:
        assert {one.key: one.body for one in self.vault.drafts()} == self.drafts


@given(st.lists(_steps, max_size=12))
def test_a_vault_equals_the_model_after_any_steps(empty, steps):
    source, words = empty
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(source, Path(folder) / "mine.vault")
        model = Model(by_words(Path(folder) / "mine.vault", words), words)
        try:
            for step in steps:
                model.step(*step)
                model.compare_drafts()  # what is known of them is asked for between the changes, too
            model.compare()
            model.step("reopen", None, None)
            model.compare()
        finally:
            model.vault.close()


_keys = st.binary(min_size=32, max_size=32)
_near_chunks = st.builds(
    lambda chunks, more: bytes(max(0, chunks * CHUNK + more)), st.integers(0, 3), st.integers(-2, 2)
)


@given(_keys, st.binary(max_size=80), st.one_of(st.binary(max_size=400), _near_chunks))
def test_what_was_sealed_opens_and_only_under_its_key_and_context(key, context, plain):
    sealed = seal(key, context, plain)
    assert unseal(key, context, sealed) == plain
    assert len(sealed) == 57 + len(plain) + 16 * (len(plain) // CHUNK + 1)
    for other_key, other_context in ((bytes([key[0] ^ 1]) + key[1:], context), (key, context + b"\0")):
        with pytest.raises(SealBroken):
            unseal(other_key, other_context, sealed)


@given(_keys, st.integers(0, 3 * CHUNK), st.data())
def test_a_sealed_value_changed_in_any_way_does_not_open(key, length, data):
    sealed = seal(key, b"context", bytes(length))
    place = data.draw(st.integers(0, len(sealed) - 1))
    mask = data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(sealed) - 1))
    piece = CHUNK + 16
    for changed in (
        sealed[:place] + bytes([sealed[place] ^ mask]) + sealed[place + 1 :],
        sealed[:cut],
        sealed + b"\0",
        sealed + sealed[57:],
        sealed[:57] + sealed[57 + piece :],
        sealed[:57] + sealed[57 + piece : 57 + 2 * piece] + sealed[57 : 57 + piece] + sealed[57 + 2 * piece :],
    ):
        if changed != sealed:
            with pytest.raises(SealBroken):
                unseal(key, b"context", changed)


@given(st.one_of(st.binary(max_size=300), st.integers(0, 300_000).map(bytes)))
def test_padding_comes_off_again_and_hides_the_length(plain):
    padded = pad(plain)
    assert unpad(padded) == plain
    assert len(padded) >= FLOOR
    assert len(padded) == max(FLOOR, padme(len(plain) + 4))
    assert len(padded) <= max(FLOOR, (len(plain) + 4) * 1.12 + 1)


@given(st.binary(max_size=40))
def test_any_bytes_unpad_or_are_refused(data):
    try:
        found = unpad(data)
    except SealBroken:
        assert len(data) < 4 or int.from_bytes(data[:4], "big") > len(data) - 4
    else:
        assert data[4:].startswith(found)
