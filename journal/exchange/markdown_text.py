"""A text as Markdown that is shown as it was typed; formatting becomes Markdown's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from journal.records import Mark, Record, Style, UnknownRecord

Records = Mapping[str, Record | UnknownRecord]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=]+|(?<=\d)[.)])(?=\s|$)")  # a list, a rule, or a heading's underline
_BREAK = re.compile(r"\s*[\r\n]+\s*")


def text_to_markdown(text: str, marks: tuple[Mark, ...]) -> str:
    """A formatted text as Markdown. Line breaks and indents are kept; a list or quotation ends where it ended."""
    lines: list[str] = []
    start = 0
    number = 0
    before: Style | None = None
    for typed in text.split("\n"):
        end = start + len(typed)
        style = next((mark.style for mark in marks if mark.style.is_line and mark.start <= start < mark.end), None)
        bare = typed.lstrip(" \t")
        indent = len(typed) - len(bare)
        # An indent of plain spaces would be dropped, or make the line a block of code.
        body = "\u00a0" * len(typed[:indent].expandtabs(4)) + _inline(bare, start + indent, marks) if bare else ""
        number = number + 1 if style is Style.NUMBER else 0
        prefix = {Style.HEADING: "### ", Style.QUOTE: "> ", Style.BULLET: "- ", Style.NUMBER: f"{number}. "}
        if style is not before and lines and lines[-1].strip() and (style or bare):
            lines.append("")
        kept = "  " if body and style in (None, Style.QUOTE) else ""  # Markdown's way to keep a line break
        lines.append((prefix[style] if style else "") + body + kept)
        before = style
        start = end + 1
    return "\n".join(lines).rstrip()


def _inline(typed: str, start: int, marks: tuple[Mark, ...]) -> str:
    def styles(place: int) -> tuple[bool, bool]:
        here = {mark.style for mark in marks if mark.start <= start + place < mark.end}
        return Style.BOLD in here, Style.ITALIC in here

    parts = []
    for (bold, italic), group in groupby(range(len(typed)), key=styles):
        piece = "".join(typed[place] for place in group)
        sign = ("**" if bold else "") + ("*" if italic else "")
        inner = piece.strip()
        if not sign or not inner:
            parts.append(_escape(piece))
            continue
        lead, tail = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        parts.append(f"{lead}{sign}{_escape(inner)}{sign[::-1]}{tail}")
    return "".join(parts)


def _escape(text: str) -> str:
    """Part of one line, so that it is read as it was typed."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.replace("\r", " ")))


def line(text: str) -> str:
    """What has one line only: a title, a cell of a table."""
    return _escape(_BREAK.sub(" ", text))


def when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def time_of(record: Record) -> float:
    """Where a record stands in time."""
    return record.when.at.timestamp() if record.when else 0.0


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of names and what was said; what was not said is absent."""
    return "".join(f"- {name}: {line(text)}\n" for name, text in pairs if text.strip())
