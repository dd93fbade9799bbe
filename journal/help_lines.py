"""Crisis lines by country and ways to steady oneself, as they ship with the program. Nothing is called from here."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct, json

from resources import read_text


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line. `how` it is reached; `word` is what a text message has to say.

    `verified`: a person checked it with the service itself, on `checked_on`. Else `source` says what it was compared
    with, and `seen_on` when; both are shown beside it.
    """

    name: str
    number: str
    how: tuple[Literal["call", "text"], ...]
    verified: bool
    source: str
    checked_on: date | None = None
    seen_on: date | None = None
    word: str = ""
    note: str = ""


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """What a country has. `code` as in ISO 3166."""

    code: str
    name: str
    emergency: tuple[str, ...]
    lines: tuple[Line, ...]


class Elsewhere(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of all countries that have no row."""

    emergency: tuple[str, ...]
    text: str
    source: str


class HelpLines(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole list."""

    about: str
    elsewhere: Elsewhere
    countries: tuple[Country, ...]

    def country(self, code: str) -> Country | None:
        """The row of a country, or None."""
        return next((one for one in self.countries if one.code == code), None)


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to steady oneself, one step after the other."""

    id: str
    title: str
    steps: tuple[str, ...]


class _Ways(Struct, frozen=True, forbid_unknown_fields=True):
    ways: tuple[Way, ...]


@cache
def help_lines() -> HelpLines:
    """The crisis lines that ship with the program."""
    return json.decode(read_text("help", "lines.json"), type=HelpLines)


@cache
def ways() -> tuple[Way, ...]:
    """The ways to steady oneself."""
    return json.decode(read_text("help", "grounding.json"), type=_Ways).ways
