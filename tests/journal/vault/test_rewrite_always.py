"""Written anew at any point of any life, a vault equals the plain model of what was done; the reader agrees."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.vault import Vault
from tests.journal.vault.renewing import FROZEN, OTHER, filled
from tests.journal.vault.samples import by_words, create
from tests.journal.vault.tampering import small_lists
from tests.journal.vault.test_property import ENTRIES, Model, _steps
from tests.journal.vault.test_reader import read
from tests.vaults.make import described


@pytest.fixture(scope="module", autouse=True)
def lists_are_folded_often():
    with small_lists():
        yield


PURGED = "purged"
_new_steps = st.one_of(
    _steps,
    st.tuples(st.just("purge"), st.lists(st.sampled_from(ENTRIES), max_size=3), st.none()),
    st.tuples(st.just("rotate"), st.none(), st.none()),
    st.tuples(st.just("compact"), st.none(), st.none()),
)


class Renewed(Model):
    """What a vault should hold that is written anew now and then."""

    def __init__(self, vault, words: str) -> None:
        super().__init__(vault, words)
        self.purged: set[str] = set()
        self.rotated = 0

    def step(self, name, which, text) -> None:
        if name == "purge":
            there = {eid for eid, _ in self.revisions} & set(which)
            receipt = self.vault.purge(which)
            assert set(receipt.entries) == there
            assert receipt.revisions == sum(eid in there for eid, _ in self.revisions)
            assert receipt.drafts == len(self.drafts.keys() & set(which))
            self.revisions = {place: kept for place, kept in self.revisions.items() if place[0] not in there}
            self.heads = {eid: rev for eid, rev in self.heads.items() if eid not in there}
            self.drafts = {key: kept for key, kept in self.drafts.items() if key not in which}
            self.purged |= there
        elif name == "rotate":
            self.rotated += 1
            self.words = self.vault.rotate(f"{OTHER} {self.rotated}")
        elif name == "compact":
            self.vault.compact()
        else:
            super().step(name, which, text)

    def compare(self) -> None:
        everything = self.vault.revisions()
        marks = [one for one in everything if one.kind == PURGED]
        assert {eid for one in marks for eid in json.loads(one.body)["eids"]} == self.purged
        assert self.vault.purged_eids() == self.purged
        for one in marks:
            self.revisions[one.eid, one.rev] = (one.body, one.deleted, one.parents)
        super().compare()
        for one in marks:
            del self.revisions[one.eid, one.rev]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    vault, words = create(tmp_path_factory.mktemp("empty"))
    vault.close()
    return vault.path, words


@settings(max_examples=40)
@given(st.lists(_new_steps, max_size=12))
def test_a_vault_equals_the_model_after_any_steps(empty, steps):
    source, words = empty
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(source, Path(folder) / "mine.vault")
        model = Renewed(by_words(Path(folder) / "mine.vault", words), words)
        try:
            for step in steps:
                model.step(*step)
            model.compare()
            model.step("reopen", None, None)
            model.compare()
        finally:
            model.vault.close()
        assert {one.suffix for one in Path(folder).iterdir()} <= {".vault", ".json"}


@pytest.mark.parametrize("way", ["purge", "rotate", "compact"])
def test_the_reader_reads_what_was_written_anew(made, tmp_path, way):
    vault, words = made
    filled(vault)
    secret = {"--words-file": words, "--password-file": "seven quiet herons"}
    if way == "rotate":
        secret = {"--words-file": vault.rotate(OTHER), "--password-file": OTHER}
    else:
        vault.purge([vault.gone]) if way == "purge" else vault.compact()
    bodies = sorted(json.loads(one.body).get("text", "") for one in vault.revisions())
    vault.close()
    for option, one in secret.items():
        code, found, said = read(vault.path, tmp_path, option, one)
        assert (code, said, found["damage"]) == (0, "", [])
        assert sorted(entry["body"].get("text", "") for entry in found["entries"]) == bodies
        assert len(found["drafts"]) == (2 if way == "purge" else 3)
    if way == "rotate":
        assert read(vault.path, tmp_path, "--words-file", words)[0] == 1


def test_the_reader_reads_a_frozen_vault_that_was_rotated(tmp_path):
    path = shutil.copy(FROZEN, tmp_path / "v1.vault")
    contents = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
    vault = by_words(path, contents["recovery_words"])
    words = vault.rotate(OTHER)
    vault.close()
    code, found, _ = read(path, tmp_path, "--words-file", words)
    assert (code, found["damage"]) == (0, [])
    assert found["vault"] == contents["vault"]
    assert len(found["entries"]) == len(contents["entries"])


RENEWED = FROZEN.with_name("v1-renewed.vault")


@pytest.mark.parametrize("secret", ["password", "recovery_words"])
def test_the_frozen_vault_that_was_written_anew_holds_what_it_held(tmp_path, secret):
    path = shutil.copy(RENEWED, tmp_path / "renewed.vault")
    contents = json.loads(RENEWED.with_suffix(".json").read_text("utf-8"))
    name = "password" if secret == "password" else "recovery_key"
    vault = Vault.open(path, **{name: contents[secret]}, state_dir=tmp_path)
    assert (vault.report.ok, vault.vault_id) == (True, contents["vault"])
    assert sorted(map(described, vault.revisions()), key=lambda one: one["rev"]) == [
        {**one, "parents": tuple(one["parents"])} for one in contents["entries"]
    ]
    assert sorted(map(described, vault.drafts()), key=lambda one: one["key"]) == contents["drafts"]
    assert vault.purged_eids() == set(contents["purged"])
    vault.close()
    option = "--password-file" if secret == "password" else "--words-file"
    code, found, _ = read(path, tmp_path, option, contents[secret])
    assert (code, found["damage"]) == (0, [])
    assert [len(found["entries"]), len(found["drafts"])] == [len(contents["entries"]), len(contents["drafts"])]
