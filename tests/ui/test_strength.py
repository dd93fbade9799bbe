"""Passwords judged in plain words: better ones never sound worse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import WeakPassword
from journal.vault.kdf import check_strength
from ui.strength import judge


@pytest.mark.parametrize(
    ("password", "begins"),
    [
        ("", "Words in a row"),
        ("short", "Too short"),
        ("password12", "Easy"),
        ("aaaaaaaaaaaaaa", "Easy"),
        ("1234567890", "Easy"),
        ("qwertyuiop", "Easy"),
        ("hello hello hello hello", "Easy"),
        ("morning hill", "Easy"),
        ("lamp river cedar", "Enough"),
        ("four quiet garden words more", "Strong"),
        ("lantern orbit mellow cactus violin", "Strong"),
    ],
)
def test_in_words(password: str, begins: str) -> None:
    assert judge(password).words.startswith(begins)


@given(st.text(max_size=40))
def test_enough_means_what_the_journal_means(password: str) -> None:
    try:
        check_strength(password)
        accepted = True
    except WeakPassword:
        accepted = False
    assert judge(password).enough is accepted


@given(st.lists(st.sampled_from(["lamp", "river", "cedar", "orbit", "violin", "mellow"]), unique=True, min_size=2))
def test_one_more_word_is_never_worse(words: list[str]) -> None:
    assert judge(" ".join(words)).bits >= judge(" ".join(words[:-1])).bits
