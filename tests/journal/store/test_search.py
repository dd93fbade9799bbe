"""Search as one types: every word begins some word of the entry, and nothing that is typed breaks it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.records import CheckIn, Course, Experience, IntegrationNote, Page, Session, Settings, UnknownRecord
from journal.store.words import searchable
from tests.journal.store.based import IN_A_BASE, IN_MEMORY, LOOKED, MIXED, WAYS, Made, in_memory, made, over_a_base
from tests.journal.store.revisions import AT, eid, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("snapshots")


def index(texts: list[str], way: str, folder: Path) -> Made:
    return made({eid(number): Page(at=AT, text=text) for number, text in enumerate(texts)}, way, folder)


def found(texts: list[str], query: str, way: str, folder: Path) -> set[str]:
    searched = index(texts, way, folder)
    try:
        return {texts[int(eid, 16)] for eid in searched.find(query)}
    finally:
        searched.close()


@pytest.fixture(scope="module", params=WAYS)
def searched(request, folder):
    """The texts below, in each way."""
    opened = index(TEXTS, request.param, folder)
    yield opened
    opened.close()


def found_in(searched: Made, query: str) -> set[str]:
    return {TEXTS[int(eid, 16)] for eid in searched.find(query)}


TEXTS = [
    "The river was quiet this morning",
    "A quiet garden, and then: rain",
    "Über die Straße ging ich früh",
    "strasse und fruh",
    "Don't panic: C++ and AT&T, 3.5 mg (twice)",
    "🌊 waves 👩🏽‍🚀",
    "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd to you",
    "日本の朝",
    "İstanbul, ΣΊΣΥΦΟΣ, ﬁne, Å",
    "before\0after",
    "garden AND NOT rain OR snow NEAR ice",
]


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("r", {0, 1, 10}), ("ri", {0}), ("RIV", {0}), ("river", {0}), ("rivers", set()),
        ("quiet", {0, 1}), ("quiet garden", {1}), ("garden quiet", {1}), ("gard qui", {1}), ("  quiet   r ", {0, 1}),
        ("uber", {2}), ("über", {2}), ("Über", {2}), ("u\u0308ber", {2}), ("früh", {2, 3}), ("FRUH", {2, 3}),
        ("straße", {2, 3}), ("strasse", {2, 3}), ("STRASSE", {2, 3}), ("stras", {2, 3}),
        ("don't", {4}), ("dont", set()), ("panic:", {4}), ("c++", {4}), ("3.5", {4}), ("(twice)", {4}), ("at&t", {4}),
        ("🌊", {5}), ("wav", {5}), ("👩", {5}), ("שלום", {6}), ("\u05e9\u05c1\u05dc", {6}),
        ("日本", {7}), ("朝", {7}), ("istanbul", {8}), ("σίσυφος", {8}), ("ΣΙΣΥ", {8}), ("fine", {8}),
        ("a", {1, 4, 8, 9, 10}),
        ("after", {9}), ("before after", {9}), ("and not", {10}), ("NOT", {10}), ("or", {10}), ("near", {10}),
        ("", set()), ("   ", set()), ("iver", {0}),
    ],
)  # fmt: skip
def test_what_is_found(searched, query, which):
    assert found_in(searched, query) == {TEXTS[number] for number in which}


@pytest.mark.parametrize(
    "query",
    ['"', "'", '"river', 'river"', '""', "*", "r*", "^river", "river^", "(", ")", "river AND", "AND river", "NOT",
     "NEAR(river quiet)", "words:river", "texts", "river OR", "-", "--", ";", "; DROP TABLE texts", "%", "_", "\\",
     "river -quiet", "river + quiet", "{river}", "[river]", "\0", "ri\0ver", "\n", "\x1b", "\ud800", "ri\ud800ver",
     "x" * 100_000, "river " * 2000, " ".join(map(str, range(5000)))],
    ids=lambda query: ascii(query)[:20],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_it(searched, query):
    assert found_in(searched, query) <= set(TEXTS)
    assert found_in(searched, "river") == {TEXTS[0]}


@pytest.mark.parametrize("query", ['"river"', '"river', "river.", "(river)", "river*", "^river", "'river'"])
def test_signs_around_a_word_do_not_hide_it(searched, query):
    assert found_in(searched, query) == {TEXTS[0]}


# -- against a plain look through the texts -------------------------------------------------------------------


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("\0", " ").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    letters = (char if unicodedata.category(char)[0] in "LN" else " " for char in plain(text))
    return "".join(letters).split()


def begins(text: str, query: str) -> bool:
    """Whether every part of the query begins a word, or several words that follow each other."""
    own = words(text)
    for part in plain(query).split():
        wanted = words(part)
        spans = (own[place : place + len(wanted)] for place in range(len(own) - len(wanted) + 1))
        if not any(span[:-1] == wanted[:-1] and span[-1].startswith(wanted[-1]) for span in spans):
            return False
    return True


def look_through(texts: list[str], query: str) -> set[str]:
    parts = plain(query).split()
    if not parts:
        return set()
    if all(words(part) for part in parts):
        hits = {text for text in texts if begins(text, query)}
        if hits:
            return hits
    return {text for text in texts if all(part in plain(text) for part in parts)}


_letters = st.sampled_from("aAbBeEéÉèüÜßsSoöñİiıſΣσςдйё日本한국שלםع0129")
_signs = st.sampled_from(list("-'\"*():^.,+&🌊\0 \n\u0301\u05c1"))
_words = st.text(_letters, min_size=1, max_size=4) | st.sampled_from(["AND", "or", "NOT", "near", "quiet", "Straße"])
_texts = st.lists(_words | _signs, max_size=8).map(" ".join) | st.text(st.one_of(_letters, _signs), max_size=16)


def must_find_what_a_look_through_would(way: str, folder: Path, texts: list[str], data: st.DataObject) -> None:
    queries = [_texts, _words]
    own = [word for text in texts for word in text.split()]
    if own:
        starts = st.sampled_from(own).flatmap(lambda word: st.integers(1, len(word)).map(lambda end: word[:end]))
        queries.append(st.lists(starts, min_size=1, max_size=3).map(" ".join))
    query = data.draw(st.one_of(queries))
    assert found(texts, query, way, folder) == look_through(texts, query)


_lists = st.lists(_texts, max_size=6, unique=True)


@settings(max_examples=300)
@given(texts=_lists, data=st.data())
def test_search_finds_exactly_what_a_look_through_the_texts_would(folder, texts, data):
    must_find_what_a_look_through_would(IN_MEMORY, folder, texts, data)


@pytest.mark.parametrize("way", [LOOKED, IN_A_BASE, MIXED])
@settings(max_examples=150, deadline=None)
@given(texts=_lists, data=st.data())
def test_so_does_search_without_an_index_and_in_a_base(way, folder, texts, data):
    must_find_what_a_look_through_would(way, folder, texts, data)


_changes = st.lists(st.tuples(st.sampled_from("abc"), st.none() | _texts), max_size=10)


@pytest.mark.parametrize("way", [IN_MEMORY, MIXED])
@settings(deadline=None)
@given(changes=_changes, split=st.integers(0, 10), query=_words)
def test_an_index_that_was_changed_is_as_good_as_a_new_one(way, folder, changes, split, query):
    split = split if way == MIXED else 0
    history, last = [], {}
    for number, (name, text) in enumerate(changes):
        record = None if text is None else Page(at=AT, text=text)
        parents = [last[name]] if name in last else []
        history.append(written(eid(name), record, str(number), *parents, lamport=number))
        last[name] = str(number)
    searched = over_a_base(history[:split], [], folder) if way == MIXED else in_memory([])
    for one in history[split:]:
        searched.take(one)
    fresh = in_memory(history)
    assert searched.find(query) == fresh.find(query)
    searched.close()
    fresh.close()


def test_what_an_entry_is_found_by():
    kinds = {
        "title word tag": Page(at=AT, title="title", text="word", tags=("tag",), source="jrnl:no"),
        "deep": Experience(at=AT, text="deep"),
        "note mi": IntegrationNote(at=AT, text="note", modalities=("mi",)),
        "dose place people notes": Session(starts=AT, dose="dose", setting="place", people="people", notes="notes"),
        "course aim": Course(title="course", notes="aim"),
        "so": CheckIn(at=AT, note="so", mood=5),
        "": Settings(name="name"),
    }
    for wanted, record in kinds.items():
        assert searchable(record).split() == wanted.split()
    assert searchable(UnknownRecord("dream", b'{"kind":"dream","x":"word"}')) == ""


@pytest.mark.parametrize("way", WAYS)
def test_a_long_text_is_found_by_its_last_word(way, folder):
    texts = ["word " * 220_000 + "needle", "other"]  # too long to be looked through together with others
    assert found(texts, "need", way, folder) == {texts[0]}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("stem", ["same", "sa", "s"])
def test_many_words_that_begin_alike_are_all_found(way, folder, stem):
    texts = [f"{stem}{number:03} here" for number in range(120)]
    assert found(texts, stem, way, folder) == set(texts)
    assert found(texts, f"{stem}00", way, folder) == set(texts[:10])
    assert found(texts, f"{stem}007 her", way, folder) == {texts[7]}
    assert found(texts, "07", way, folder) == {text for text in texts if "07" in text}  # none begins so


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_index_holds_no_words(way, folder):
    searched = index(["canary", "canary", "canary"], way, folder)
    assert searched.find("can")
    below = getattr(searched.search, "_base", None)  # an index has one; who looks through the texts does not
    searched.close()
    assert "canary" not in str(vars(searched.search))
    assert below is None or "canary" not in str(vars(below))


@pytest.mark.parametrize("way", [IN_A_BASE, MIXED])
def test_what_is_asked_of_the_texts_passes_over_what_is_gone(way, folder):
    """A word with a hyphen in it is looked up in the texts: those of what was removed for good are there no more."""
    texts = ["well-known", "well known", "well, known-well"]
    searched = index(texts, way, folder)
    if searched.items.base is not None and way == IN_A_BASE:
        searched.items.forget([eid(0)])
        rows = searched.items._source
        rows.all = [one for one in rows.all if one.eid != eid(0)]
    wanted = {0, 1, 2} if way == MIXED else {1, 2}
    assert {int(eid, 16) for eid in searched.find("well-kn")} == wanted
    assert {int(eid, 16) for eid in searched.find("n-w")} == {2}
    searched.close()
