"""Case and accents taken off, of texts and of the JSON they stand in: letter by letter the same."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from journal.records import Page, encode
from journal.store.looking import Sieve
from journal.store.words import fold, searchable_in
from tests.journal.store.revisions import AT

_STRANGE = "aAiIsSeEnNzZ éÉïÏíÎßẞſſtﬁİıŞşñÑåÅÅøØæÆ—\u0301\u0307\u0308\u0345ͅᾳΣσςΐй日본שׁ🌊\\\"/\n\t\0\x1f\x7f<=≠≮0"
_letters = st.sampled_from(_STRANGE) | st.characters(codec="utf-8")
_texts = st.text(_letters, max_size=40)
_many = st.integers(0, 0x2FF).map(lambda start: "".join(map(chr, range(start * 64, start * 64 + 64))))


def plainly(text: str) -> str:
    """What folding is."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@given(_texts | st.text(max_size=10) | st.lists(_texts, max_size=4).map("—".join))
@example("\ud83d\ude00 É")  # halves of a character, as somebody may type them
@example("Ein Ärger, zwei ÄRGER")
def test_folding_takes_off_case_and_accents(text):
    assert fold(text) == plainly(text)


def test_of_every_letter_and_twice_changes_nothing():
    for start in range(0, 0x30000, 32):  # few enough at once to be replaced one by one
        text = "".join(map(chr, range(start, start + 32)))
        assert fold(text) == plainly(text) == fold(fold(text))
    text = "".join(map(chr, range(0x30000)))
    assert fold(text) == plainly(text)


@given(data=st.data(), text=_texts | _many, title=_texts)
def test_a_record_that_holds_the_letters_passes_however_its_json_is_written(data, text, title):
    body = encode(Page(at=AT, text=text, title=title))
    folded = fold(searchable_in("page", body))
    start = data.draw(st.integers(0, len(folded)))
    piece = folded[start : start + data.draw(st.integers(0, 6))]
    kept = max(("".join(" " if char in '"\\/' or char < " " else char for char in piece)).split(" "), key=len)
    for written in (body, json.dumps(json.loads(body)).encode()):  # each letter as itself, or as its number
        assert Sieve([kept]).may_hold(written)
        assert Sieve(["", kept]).may_hold(b"\n".join([b"{}", written]))


@given(text=_texts, pieces=st.lists(_texts.map(fold), max_size=3))
@example(text="naïve", pieces=["naive"])
@example(text="na\u0308i\u0301ve", pieces=["naive"])
@example(text="STRAẞE", pieces=["asse"])
@example(text="zanzi", pieces=["zanzibar"])
def test_one_that_does_not_is_passed_over(text, pieces):
    body = encode(Page(at=AT, text=text))
    held = all(piece in fold(body.decode()) for piece in pieces)
    assert Sieve(pieces).may_hold(body) == (held or b"\\u" in body)
