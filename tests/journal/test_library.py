"""The library: every text says where it is from, every number in it names its source, and each is found."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from journal import library
from journal.records import MODALITIES
from resources import read_text

TEXTS = [text for topic in library.topics() for text in topic.texts]
WANTED = {
    "preparation", "intentions", "approval", "what-people-report", "hard-experiences", "time-course",
    "thinking-and-driving", "routes", "side-effects", "heart", "medicines", "mania-psychosis", "long-term",
    "integration", "journaling", "therapies",
}  # fmt: skip
FORM = re.compile(
    r"doi:10\.\d{4,9}/\S+|PMC\d+|PMID \d+|URL[^:]*: \S+\.\S+|\b[A-Z][A-Za-z ]+ (19|20)\d\d; \d+: [A-Za-z]?\d+"
)
# Findings that did not hold up, or that nobody looked up: they are not told.
NOT_TOLD = re.compile(
    r"nimodipine|glutamate|cyanotic|pochonia|psilocybe|eminem|\btms\b|\$\s?\d|3 weeks|1 out of 10|in 2000\b",
    re.I,
)


def id_of(text: library.Text) -> str:
    return text.id


def test_all_that_was_planned_is_there_once():
    ids = [text.id for text in TEXTS]
    assert len(ids) == len(set(ids))
    assert set(ids) == WANTED | {code for code, _ in MODALITIES}


def test_each_kind_of_therapy_is_called_as_in_a_note():
    titles = {text.id: text.title for text in TEXTS}
    assert {code: titles[code] for code, _ in MODALITIES} == dict(MODALITIES)


@pytest.mark.parametrize("text", TEXTS, ids=id_of)
def test_a_text_has_sources_and_each_of_them_is_used(text: library.Text):
    assert text.title and text.paragraphs and text.sources
    assert text.read_on <= date.today()
    named = [support.id for support in text.sources]
    assert len(named) == len(set(named))
    assert set(named) == {source for paragraph in text.paragraphs for source in paragraph.sources}
    assert all(support.supports.strip() for support in text.sources)


@pytest.mark.parametrize("text", TEXTS, ids=id_of)
def test_whatever_states_a_number_names_its_source(text: library.Text):
    stated = re.compile(r"\d|\b(half|third|quarter|most|per cent|twice)\b", re.I)
    bare = [
        paragraph.text for paragraph in text.paragraphs if stated.search(paragraph.text) and not paragraph.sources
    ]
    assert bare == []


@pytest.mark.parametrize("source", library.sources().values(), ids=library.sources())
def test_a_source_can_be_found_and_says_how_much_of_it_was_read(source: library.Source):
    assert FORM.search(source.told()), source.told()
    assert re.search(r"\bread\b", source.seen)
    assert source.cite.endswith(".")


def test_no_source_is_left_over():
    used = {support.id for text in TEXTS for support in text.sources}
    assert used == set(library.sources())


def test_what_did_not_hold_up_is_not_told():
    for name in library.FILES:
        assert not NOT_TOLD.search(read_text("library", f"{name}.json")), name


def test_every_file_is_read():
    folder = Path(library.__file__).parents[1] / "resources" / "library"
    assert {path.stem for path in folder.glob("*.json")} == {*library.FILES, "sources"}


@pytest.mark.parametrize("text", TEXTS, ids=id_of)
def test_links_lead_to_other_texts(text: library.Text):
    assert text.see
    assert all(library.text(other) is not None and other != text.id for other in text.see)


def test_a_paragraph_is_marked_with_the_numbers_of_its_sources():
    text = library.text("routes")
    assert [support.id for support in text.sources] == ["walsh2022", "askp", "chong2006"]
    assert text.marked(text.paragraphs[1]).endswith(". [2]")
    assert text.marked(text.paragraphs[3]) == text.paragraphs[3].text
    plain = text.plain()
    assert plain.startswith(text.title)
    assert "[3] Chong C" in plain and "For: Measured figures in six people." in plain and "2026-11-23" in plain


def ids_of(words: str) -> list[str]:
    return [text.id for topic in library.find(words) for text in topic.texts]


def test_words_are_found_by_their_beginning_whatever_their_case():
    assert "thinking-and-driving" in ids_of("DRIV restf")
    assert ids_of("benzodiaz") == ["medicines"]
    assert "dbt" in ids_of("dialectical, behaviour")
    assert ids_of("neverwritten") == []
    assert ids_of("benzodiaz neverwritten") == []
    assert len(ids_of("")) == len(ids_of("  ,")) == len(TEXTS)


def test_a_text_that_is_not_there_is_none():
    assert library.text("") is None
