"""A questionnaire as data: its words, its answers, how it is added up, whose it is, and where each number comes from.

Some ship with the program (`resources/instruments`), others come from a file of somebody's, or were made by the
person. All are read by the same rules; what breaks one of them is refused as a whole, with one sentence.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from journal.errors import ImportFailed, NotFound, StorageFailed
from resources import read_text

MAX_FILE = 256 * 1024  # bytes
BUILT_IN = ("phq-9", "phq-8", "phq-2", "gad-7", "gad-2", "pcl-5")
CHECK_IN = "own-check-in"  # the sliders, described the same way; they have a page of their own
_TAKEN = "Nothing was taken in."
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn letters around

Line = Annotated[str, Meta(max_length=500)]
Named = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=10_000)]
Code = Annotated[str, Meta(max_length=40, pattern="^[A-Za-z0-9-]*$")]
Value = Annotated[int, Meta(ge=-1000, le=1000)]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """What is not known is refused: a rule that was passed over would make a wrong total."""


class Source(_Part, frozen=True):
    """Where a number comes from. `checked`: a person or two sources confirmed it; what was not is never shown."""

    text: Line
    checked: bool = False


class Option(_Part, frozen=True):
    """One answer that can be chosen."""

    value: Value
    text: Annotated[str, Meta(min_length=1, max_length=300)]
    code: Code = ""


class Item(_Part, frozen=True):
    """One question. `link` names it within the pack; `options` where its answers are not those of all."""

    link: Annotated[str, Meta(min_length=1, max_length=40)]
    text: Annotated[str, Meta(min_length=1, max_length=1000)]
    code: Code = ""
    scored: bool = True
    options: Annotated[tuple[Option, ...], Meta(max_length=21)] = ()


class Method(StrEnum):
    """How answers become a total."""

    SUM = "sum"
    MEAN = "mean"
    NONE = "none"


class Scoring(_Part, frozen=True):
    """`prorate`: at most so many may be missing; the mean of the others stands in their place. `required`: links of
    items without which there is no total at all."""

    method: Method = Method.SUM
    prorate: Annotated[int, Meta(ge=0, le=100)] = 0
    required: tuple[str, ...] = ()
    source: Source = Source("")


class Range(_Part, frozen=True):
    """A published range of totals, from `low` to `high`, both in it."""

    low: Value
    high: Value
    name: Named


class Bands(_Part, frozen=True):
    ranges: Annotated[tuple[Range, ...], Meta(min_length=1, max_length=20)]
    source: Source


class CutOff(_Part, frozen=True):
    """A published cut-off: one total, or a span of them where authors differ."""

    low: Value
    high: Value
    source: Source


class Subscale(_Part, frozen=True):
    """A part that is added up by itself."""

    name: Named
    title: Named
    items: Annotated[tuple[str, ...], Meta(min_length=1, max_length=200)]


class ChangeKind(StrEnum):
    RESPONSE = "response"
    REMISSION = "remission"
    RELIABLE = "reliable"


class ChangeRule(_Part, frozen=True):
    """A published rule on change. response: a fall of `percent` from at least `baseline`; remission: under `below`;
    reliable: `points` or more, either way."""

    kind: ChangeKind
    source: Source
    percent: Annotated[int, Meta(ge=1, le=100)] | None = None
    baseline: Value | None = None
    below: Value | None = None
    points: Annotated[int, Meta(ge=1, le=1000)] | None = None


class Licence(_Part, frozen=True):
    """Whose words these are, and on what terms."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000)]
    spdx: Line = ""
    holder: Line = ""
    source_url: Line = ""
    checked_on: date | None = None


class Loinc(_Part, frozen=True):
    """LOINC's codes. The panel is the whole form and never a number; the total is the number."""

    panel: Code = ""
    total: Code = ""
    answers: Code = ""


class Pack(_Part, frozen=True, kw_only=True):
    """A questionnaire.

    `recall_days`: how far it looks back; 0: not said. `sensitive`: hard to read, so never offered by itself.
    `help_item`: an answer above 0 to it opens the card with help. `instead_of`: the pack it can stand in for.
    """

    id: Annotated[str, Meta(max_length=64)]
    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    title: Named
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=100)]
    options: Annotated[tuple[Option, ...], Meta(max_length=21)] = ()
    scoring: Scoring
    licence: Licence
    name: Line = ""
    about: Line = ""
    language: Annotated[str, Meta(max_length=35)] = ""
    instructions: Text = ""
    stem: Annotated[str, Meta(max_length=1000)] = ""
    parts: Annotated[tuple[Subscale, ...], Meta(max_length=20)] = ()
    bands: Bands | None = None
    cutoffs: Annotated[tuple[CutOff, ...], Meta(max_length=10)] = ()
    change: Annotated[tuple[ChangeRule, ...], Meta(max_length=20)] = ()
    recall_days: Annotated[int, Meta(ge=0, le=366)] = 0
    sensitive: bool = False
    help_item: str = ""
    instead_of: str = ""
    citation: Text = ""
    loinc: Loinc = Loinc()

    @property
    def family(self) -> str:
        """One name for this pack and those that stand in for it."""
        return self.instead_of or self.id

    @property
    def scored(self) -> tuple[int, ...]:
        """The places of the items that count."""
        return tuple(place for place, item in enumerate(self.items) if item.scored)

    def options_of(self, place: int) -> tuple[Option, ...]:
        """The answers that can be given to an item."""
        return self.items[place].options or self.options

    def place_of(self, link: str) -> int | None:
        """The place of an item, or None."""
        return next((place for place, item in enumerate(self.items) if item.link == link), None)

    def range_of(self, places: Iterable[int]) -> tuple[int, int]:
        """The least and the most that these items can add up to."""
        values = [[option.value for option in self.options_of(place)] for place in places]
        return sum(map(min, values)), sum(map(max, values))


_decoder = msgspec.json.Decoder(Pack)


def parse_pack(data: bytes | str) -> Pack:
    """The questionnaire in JSON from anywhere. Raises `ImportFailed`."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
    if size > MAX_FILE:
        raise ImportFailed(f"This file is larger than {MAX_FILE // 1024} KB, which no questionnaire is. {_TAKEN}")
    try:
        pack = _decoder.decode(data)
    except msgspec.ValidationError as error:
        # Only the place: the values are somebody's words.
        where = str(error).rpartition(" - at ")[2] if " - at " in str(error) else ""
        raise ImportFailed(_not_one(), detail=where[:100]) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise ImportFailed(f"This file is not complete JSON in UTF-8. {_TAKEN}") from None
    if fault := _fault(pack):
        raise ImportFailed(_not_one(), detail=fault)
    return pack


def read_pack(path: Path) -> Pack:
    """The questionnaire in a file. Raises `NotFound`, `StorageFailed`, `ImportFailed`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ImportFailed(f"This is not a file. {_TAKEN}")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file with this name. {_TAKEN}") from None
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        raise StorageFailed(detail=type(error).__name__) from None
    return parse_pack(data.removeprefix(b"\xef\xbb\xbf"))


def to_json(pack: Pack) -> str:
    """The questionnaire as JSON that `parse_pack` reads."""
    return msgspec.json.encode(pack).decode()


@cache
def built_in(name: str) -> Pack:
    """One of the questionnaires that ship with the program."""
    return parse_pack(read_text("instruments", f"{name}.json"))


@cache
def notices() -> dict[str, str]:
    """What the licences of others ask to be said: `loinc`, `phq`."""
    return msgspec.json.decode(read_text("instruments", "notices.json"), type=dict[str, str])


def _not_one() -> str:
    return (
        "This file is not a questionnaire that this program can keep to: a part of it is missing, too large, or "
        f"nothing it knows. {_TAKEN}"
    )


def _fault(pack: Pack) -> str:
    """What breaks a rule that the types cannot say, in technical words, or ""."""
    links = [item.link for item in pack.items]
    if not _ID.fullmatch(pack.id) or (pack.instead_of and not _ID.fullmatch(pack.instead_of)):
        return "id"
    if len(set(links)) != len(links):
        return "two items with one link"
    for place in range(len(links)):
        options = pack.options_of(place)
        if len(options) < 2 or len({option.value for option in options}) != len(options):
            return f"options of item {place + 1}"
    named = [*pack.scoring.required, *(link for part in pack.parts for link in part.items)]
    if not set(named) <= set(links) or pack.help_item not in ("", *links):
        return "an item that is not there"
    if any(len(set(part.items)) != len(part.items) for part in pack.parts):
        return "an item twice in a part"
    if pack.scoring.method is not Method.NONE and not pack.scored:
        return "nothing to add up"
    if pack.scoring.prorate >= max(1, len(pack.scored)):
        return "prorate"
    return _fault_of_numbers(pack) or ("a character that is not seen" if _unseen(pack) else "")


def _fault_of_numbers(pack: Pack) -> str:
    ranges = pack.bands.ranges if pack.bands else ()
    ends = [end for one in ranges for end in (one.low, one.high)]
    if ends != sorted(ends) or any(one.high >= other.low for one, other in pairwise(ranges)):
        return "bands"
    if any(cut.low > cut.high for cut in pack.cutoffs):
        return "cutoffs"
    needs = {ChangeKind.RESPONSE: "percent", ChangeKind.REMISSION: "below", ChangeKind.RELIABLE: "points"}
    return "change" if any(getattr(rule, needs[rule.kind]) is None for rule in pack.change) else ""


def _unseen(pack: Pack) -> bool:
    return any(
        (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t") or char in _DIRECTIONS
        for text in _texts(msgspec.to_builtins(pack))
        for char in text
    )


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
