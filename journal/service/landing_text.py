"""What is said while landing, as one text with quiet headings; an answer that is changed takes its own place again.

What stands in the text besides, for it can be written on like any other, is left as it is.
"""

from __future__ import annotations

import msgspec

from journal.records import Experience, Mark, Style

# An answer's name, and its heading in the text.
HEADINGS: tuple[tuple[str, str], ...] = (
    ("words", "In a few words"),
    ("stays", "What stays"),
    ("body", "In the body"),
)
_HEADING = dict(HEADINGS)
_ORDER = [name for name, _ in HEADINGS]


class _Part(msgspec.Struct):
    """A stretch of the text: an answer under its heading, or what stands before all of them (`name` is "")."""

    name: str
    text: str
    marks: list[Mark]


def answers(experience: Experience) -> dict[str, str]:
    """What was answered, by name."""
    return {part.name: part.text.strip("\n") for part in _parts(experience) if part.name}


def with_answer(experience: Experience, name: str, text: str) -> Experience:
    """The entry with this answer in place of the one before; an empty one goes, with its heading."""
    parts = _parts(experience)
    text = text.strip()
    found = next((part for part in parts if part.name == name), None)
    if found is not None and found.text.strip("\n") == text:
        return experience
    if found is None:
        found = _Part(name, "", [])
        after = [part for part in parts if part.name == "" or _ORDER.index(part.name) < _ORDER.index(name)]
        parts.insert(len(after) if parts[: len(after)] == after else len(parts), found)
    found.text, found.marks = text, []
    kept = [part for part in parts if part.name == "" or part.text.strip()]
    return _joined(experience, [part for part in kept if part.text or part.marks])


def _parts(experience: Experience) -> list[_Part]:
    text, marks = experience.text, experience.marks
    heads: list[tuple[str, int, int]] = []
    for mark in sorted(marks, key=lambda one: one.start):
        name = next((name for name, words in HEADINGS if text[mark.start : mark.end] == words), None)
        begins = mark.start == 0 or text[mark.start - 1] == "\n"
        ends = mark.end == len(text) or text[mark.end] == "\n"
        if mark.style is Style.HEADING and name and begins and ends and name not in [one for one, _, _ in heads]:
            heads.append((name, mark.start, mark.end))
    cuts = [("", 0, 0), *heads]
    parts = []
    for place, (name, _, begin) in enumerate(cuts):
        begin = min(begin + 1, len(text)) if name else 0
        end = cuts[place + 1][1] if place + 1 < len(cuts) else len(text)
        inside = [
            Mark(max(mark.start, begin) - begin, min(mark.end, end) - begin, mark.style)
            for mark in marks
            if max(mark.start, begin) < min(mark.end, end)
        ]
        parts.append(_Part(name, text[begin:end], inside))
    return parts


def _joined(experience: Experience, parts: list[_Part]) -> Experience:
    text, marks = "", list[Mark]()
    for place, part in enumerate(parts):
        if part.name:
            if text:
                text = f"{text.rstrip(chr(10))}\n\n"
            head = _HEADING[part.name]
            marks.append(Mark(len(text), len(text) + len(head), Style.HEADING))
            text += f"{head}\n"
        begin = len(text)
        inside = part.text.rstrip("\n") if place + 1 < len(parts) else part.text
        text += inside
        marks += [
            Mark(begin + mark.start, begin + min(mark.end, len(inside)), mark.style)
            for mark in part.marks
            if mark.start < min(mark.end, len(inside))
        ]
    marks = [mark for mark in marks if mark.end <= len(text)]
    return msgspec.structs.replace(experience, text=text, marks=tuple(marks))
