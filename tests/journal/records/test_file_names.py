"""What a copy of a file is called: something that any system can write, and that says what it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.atomic import refuse_passing
from journal.records.attachment import plain_name, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Drawing.png", "Drawing.png"),
        ("Zeichnung, 3. März.png", "Zeichnung, 3. März.png"),
        ("Picture, 12 March 14:05.png", "Picture, 12 March 14_05.png"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\nb\u202egnp.exe", "a_b_gnp.exe"),
        (".hidden", "hidden"),
        ("con.txt", "_con.txt"),
        ("trailing. ", "trailing"),
        ("mine.vault-wal", "mine.vault-wal.copy"),
        ("...", "file"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_can_be_written_anywhere(name: str) -> None:
    made = safe_name(plain_name(name))
    assert made == safe_name(made) or made.endswith(".copy")
    assert 0 < len(made.encode()) <= 220
    assert not set(made) & set('<>:"/\\|?*\0')
    assert not made.startswith(".") and made == made.rstrip(" .")
    assert not [char for char in made if unicodedata.category(char) == "Cc"]
    refuse_passing(Path(made))
