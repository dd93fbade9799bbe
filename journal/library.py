"""Short texts with their sources, as they ship with the program. They tell what is known, and give no advice.

Each paragraph that rests on somebody else's work names it; the numbers in brackets count the sources of a text in
the order they are met.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from msgspec import Struct, json

from resources import read_text

FILES = ("1-before", "2-after", "3-body", "4-writing", "5-therapies")


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where something is from: the citation, where it is found if that does not say it, and how much was read."""

    cite: str
    where: str
    seen: str

    def told(self) -> str:
        """The citation and where it is found."""
        return f"{self.cite} {self.where}." if self.where else self.cite


class Support(Struct, frozen=True, forbid_unknown_fields=True):
    """What one source supports in one text."""

    id: str
    supports: str


class Paragraph(Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    sources: tuple[str, ...] = ()


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One text. `see` are the ids of others that belong beside it; `read_on` is when its sources were read."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Support, ...]
    read_on: date
    see: tuple[str, ...] = ()

    def marked(self, paragraph: Paragraph) -> str:
        """A paragraph with the numbers of its sources: "… after it. [1] [2]"."""
        order = [support.id for support in self.sources]
        marks = " ".join(f"[{order.index(source) + 1}]" for source in paragraph.sources)
        return f"{paragraph.text} {marks}".strip()

    def plain(self) -> str:
        """All of it as plain text, for the clipboard and for paper."""
        parts = [self.title, *(self.marked(paragraph) for paragraph in self.paragraphs)]
        return "\n\n".join([*parts, "\n".join(self.references()), self.read()])

    def references(self) -> tuple[str, ...]:
        """Its sources in words, numbered."""
        known = sources()
        return tuple(
            f"[{number}] {known[one.id].told()} For: {one.supports}. {known[one.id].seen}"
            for number, one in enumerate(self.sources, 1)
        )

    def read(self) -> str:
        """When its sources were read."""
        return f"Sources read on {self.read_on.isoformat()}. This is no advice."


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts under one heading."""

    title: str
    texts: tuple[Text, ...]


@cache
def sources() -> dict[str, Source]:
    """Every source, by its id."""
    return json.decode(read_text("library", "sources.json"), type=dict[str, Source])


@cache
def topics() -> tuple[Topic, ...]:
    """All texts, under their headings."""
    return tuple(json.decode(read_text("library", f"{name}.json"), type=Topic) for name in FILES)


def text(id_: str) -> Text | None:
    """One text, or None."""
    return next((one for topic in topics() for one in topic.texts if one.id == id_), None)


def find(words: str) -> tuple[Topic, ...]:
    """The texts that hold every word that was typed, or its beginning, in title or paragraphs; headings stay."""
    wanted = _split(words)
    found = (
        Topic(topic.title, tuple(one for one in topic.texts if all(_holds(one, word) for word in wanted)))
        for topic in topics()
    )
    return tuple(topic for topic in found if topic.texts)


def _holds(one: Text, word: str) -> bool:
    return any(part.startswith(word) for part in _words(one.id))


@cache
def _words(id_: str) -> frozenset[str]:
    one = text(id_)
    if one is None:
        return frozenset()
    whole = " ".join([one.title, *(paragraph.text for paragraph in one.paragraphs)])
    return frozenset(_split(whole))


def _split(words: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in _folded(words)).split()


def _folded(text_: str) -> str:
    apart = unicodedata.normalize("NFKD", text_.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
