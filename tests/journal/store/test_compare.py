"""Two versions beside each other: every word of both is there, and what is marked is what changed."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from journal.store import Piece, differences

texts = st.text(st.sampled_from("ab \n.é\u2028\0"), max_size=60) | st.text(max_size=60)


def side(pieces: tuple[Piece, ...], kind: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in ("same", kind))


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = differences(before, after)
    assert side(pieces, "removed") == before
    assert side(pieces, "added") == after
    assert all(piece.text for piece in pieces)


@given(texts)
def test_the_same_text_has_no_differences(text):
    assert {piece.kind for piece in differences(text, text)} <= {"same"}


def test_a_changed_word_is_marked_and_its_neighbours_are_not():
    assert differences("I was very sad.\nThen tea.", "I was quite sad.\nThen tea.") == (
        Piece("same", "I was "),
        Piece("removed", "very "),
        Piece("added", "quite "),
        Piece("same", "sad.\nThen tea."),
    )


def test_a_line_put_in_between_is_marked_alone():
    pieces = differences("one\nthree\n", "one\ntwo\nthree\n")
    assert [piece for piece in pieces if piece.kind != "same"] == [Piece("added", "two\n")]


def test_a_megabyte_that_changed_all_over_is_told_in_full():
    draw = random.Random(1)
    before = "\n".join("".join(draw.choices("abc ", k=80)) for _ in range(12_000))
    after = before.replace("a", "e")
    pieces = differences(before, after)
    assert (side(pieces, "removed"), side(pieces, "added")) == (before, after)
