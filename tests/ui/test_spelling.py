"""Spelling: which dictionaries there are, which is in use, and what counts as a word. With real dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.dictionaries import AFF, dictionary
from ui.spelling import OFF, NoDictionary, Speller, chosen, installed, name_of, words_in


@pytest.fixture
def speller(tmp_path: Path) -> Speller:
    return Speller(dictionary(tmp_path, "en_XX", "tree", "it's", "Garten", "schön"))


def test_a_dictionary_ships_with_the_program() -> None:
    assert "en_US" in installed()
    assert Speller(installed()["en_US"]).is_word("tree")


def test_only_whole_pairs_with_the_name_of_a_language_count(tmp_path: Path) -> None:
    dictionary(tmp_path, "de_CH", "Baum")
    (tmp_path / "fr.dic").write_text("1\narbre\n")  # its other half is not there
    dictionary(tmp_path, "not a language!", "x")
    assert list(installed([tmp_path, tmp_path / "nowhere"])) == ["de_CH"]


def test_the_first_place_counts(tmp_path: Path) -> None:
    mine, system = tmp_path / "mine", tmp_path / "system"
    for folder in (mine, system):
        folder.mkdir()
        dictionary(folder, "de_DE", "Baum")
    assert installed([mine, system])["de_DE"].parent == mine


@pytest.mark.parametrize(
    ("choice", "locale", "code"),
    [("", "de_DE", "de_DE"), ("", "de_AT", "de_CH"), ("", "fr_FR", ""), ("", "C", "en_US"), (OFF, "de_DE", ""),
     ("en_US", "de_DE", "en_US"), ("pl_PL", "de_DE", "")],
)  # fmt: skip
def test_which_one_is_in_use(choice: str, locale: str, code: str) -> None:
    there = {code: Path(code) for code in ("de_DE", "de_CH", "en_US")}
    assert chosen(choice, there, locale) == code


def test_a_language_is_named_by_its_speakers() -> None:
    assert name_of("de") == "Deutsch"
    assert name_of("de_CH").startswith("Deutsch (") or name_of("de_CH").startswith("Schweizer")
    assert name_of("xx_XX") == "xx_XX"


def test_words_and_what_is_none(speller: Speller) -> None:
    assert speller.is_word("tree") and speller.is_word("Garten") and speller.is_word("schön")
    assert not speller.is_word("treee")
    assert speller.is_word("it's") and speller.is_word("it’s")


def test_what_it_stumbles_over_counts_as_a_word(speller: Speller) -> None:
    assert speller.is_word("\ud800")
    assert speller.suggest("\ud800") == ()


def test_other_spellings_are_few_and_keep_the_apostrophe(speller: Speller) -> None:
    assert "tree" in speller.suggest("treee")
    assert len(speller.suggest("treee")) <= 5
    assert all("'" not in one for one in speller.suggest("itt’s"))


@pytest.mark.parametrize("ending", [".aff", ".dic"])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, ending: str) -> None:
    stem = dictionary(tmp_path, "en_XX", "tree")
    with stem.with_suffix(ending).open("ab") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(NoDictionary, match="Preferences"):
        Speller(stem)


def test_one_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoDictionary):
        Speller(tmp_path / "en_XX")


@given(noise=st.binary(max_size=400))
def test_whatever_is_in_the_files_nothing_breaks(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    stem = tmp_path_factory.mktemp("d") / "en_XX"
    stem.with_suffix(".aff").write_bytes(AFF.encode() + noise)
    stem.with_suffix(".dic").write_bytes(b"1\n" + noise)
    try:
        speller = Speller(stem)
    except NoDictionary:
        return
    assert speller.is_word("tree") in (True, False)
    assert len(speller.suggest("tre")) <= 5


def test_words_are_found_with_their_places() -> None:
    text = "A tree, isn’t it? (Yes)\nx12 a@b.de NASA http://tree ten-fold «oui»"
    found = [(text[start:end], word) for start, end, word in words_in(text)]
    assert all(inside == word for inside, word in found)
    assert [word for _, word in found] == ["tree", "isn’t", "it", "Yes", "ten", "fold", "oui"]


@given(st.text(max_size=80))
def test_places_are_always_right(text: str) -> None:
    for start, end, word in words_in(text):
        assert text[start:end] == word and not set(word) & set("0123456789_ \n")
