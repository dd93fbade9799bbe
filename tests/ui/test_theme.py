"""Every pair of colours that carries text can be read: AA for all, AAA for body text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui.theme import SCALES, Scheme, Theme
from ui.tokens import DARK, LANDING, LIGHT, Tokens

ALL = pytest.mark.parametrize("tokens", [LIGHT, DARK, LANDING], ids=["light", "dark", "landing"])
UI = Path(__file__).resolve().parents[2] / "ui"


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours."""

    def light(color: str) -> float:
        parts = []
        for part in QColor(color).getRgbF()[:3]:
            parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@ALL
def test_body_text_is_aaa(tokens: Tokens) -> None:
    for ground in (
        tokens.paper,
        tokens.raised,
        tokens.sunken,
        tokens.accent_soft,
        tokens.warm_soft,
        tokens.selection,
    ):
        assert contrast(tokens.ink, ground) >= 7, ground


@ALL
def test_all_other_text_is_aa(tokens: Tokens) -> None:
    grounds = (tokens.paper, tokens.raised, tokens.sunken)
    pairs = [(ink, ground) for ink in (tokens.muted, tokens.accent, tokens.warm) for ground in grounds]
    pairs += [(tokens.on_accent, tokens.accent), (tokens.accent, tokens.accent_soft), (tokens.warm, tokens.warm_soft)]
    for ink, ground in pairs:
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@ALL
def test_borders_of_fields_and_the_focus_can_be_seen(tokens: Tokens) -> None:
    for ground in (tokens.paper, tokens.raised):
        assert contrast(tokens.strong_line, ground) >= 3, ground
        assert contrast(tokens.accent, ground) >= 3, ground


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_series_of_a_chart_stand_out_from_the_paper(tokens: Tokens) -> None:
    for color in tokens.series:
        assert contrast(color, tokens.paper) >= 3, color


@pytest.mark.parametrize("scale", SCALES)
def test_lengths_grow_with_the_text(theme: Theme, scale: int) -> None:
    theme.apply(Scheme.DARK, scale)
    assert theme.px("body") == round(15 * scale / 100)
    assert theme.color("paper") == QColor(DARK.paper)


def test_colours_are_written_in_one_place_only() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|setStyleSheet\(")
    allowed = {"tokens.py", "theme.py", "style.py"}
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in UI.rglob("*.py")
        if path.name not in allowed
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert not found


def test_labels_are_made_in_one_place_only() -> None:
    # A QLabel made by hand guesses rich text, and with it follows links and loads pictures.
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in UI.rglob("*.py")
        if path.name != "labels.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bQLabel\(", line)
    ]
    assert not found
