"""What every resource needs: names at random, days as exactly as they were told, words that FHIR can hold."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from journal.report.codes import Json
from journal.share import Dates, day_text

TOLD_AS = "http://hl7.org/fhir/StructureDefinition/originalText"
NAMED = "http://hl7.org/fhir/StructureDefinition/display"
_LONGEST = 1_000_000  # characters; FHIR's strings hold 1024 * 1024
_WIDEST = timedelta(hours=14)  # offsets that FHIR can write
# What neither FHIR's strings nor XML can hold. Tabs and line ends may stay.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
Ids = Callable[[], str]


def random_ids() -> str:
    """A new UUID. Nothing that is written can be matched with the journal, or with another file."""
    return str(uuid.uuid4())


def fit(text: str) -> str:
    """`text` with the characters that no reader of FHIR has to take written out, as ‹U+0007›."""
    return _UNFIT.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def notes(*texts: str) -> Json:
    """`{"note": [...]}` of these texts, without the empty ones; a very long one in pieces."""
    found = [{"text": piece} for text in texts for piece in pieces(text)]
    return {"note": found} if found else {}


class Book:
    """The resources of one document, in their order, each under a name of its own."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.entries: list[Json] = []

    def name(self) -> str:
        """A new `urn:uuid:` name."""
        return f"urn:uuid:{self._ids()}"

    def add(self, resource: Json, name: str = "") -> Json:
        """Keep a resource; what is given back refers to it."""
        url = name or self.name()
        self.entries.append({"fullUrl": url, "resource": resource})
        return {"reference": url}


def timed(name: str, day: date, at: datetime | None, dates: Dates) -> Json:
    """`{name: …}` for a day or a time, no more exactly than it was told.

    FHIR has no weeks. A week becomes its month, its year where it lies in two months, or nothing where it lies in two
    years; the words beside it say which week.
    """
    value, words = told(day, at, dates)
    found: Json = {name: value} if value else {}
    if words:
        found["_" + name] = {"extension": [{"url": TOLD_AS, "valueString": words}]}
    return found


def told(day: date, at: datetime | None, dates: Dates) -> tuple[str, str]:
    """A day as FHIR writes it ("" where it cannot), and words for what that leaves out."""
    if dates is Dates.MONTH:
        return f"{day.year:04}-{day.month:02}", ""
    if dates is Dates.WEEK:
        monday = day - timedelta(days=min(day.weekday(), (day - date.min).days))
        sunday = monday + timedelta(days=min(6, (date.max - monday).days))
        words = day_text(monday, dates=Dates.WEEK)
        if (monday.year, monday.month) == (sunday.year, sunday.month):
            return f"{monday.year:04}-{monday.month:02}", words
        return f"{monday.year:04}" if monday.year == sunday.year else "", words
    return (moment(at) if at is not None else day.isoformat()), ""


def moment(at: datetime) -> str:
    """A time with its offset; in UTC where FHIR cannot write the offset, or only its day at the calendar's edge."""
    offset = at.utcoffset() or timedelta(0)
    if abs(offset) > _WIDEST or offset % timedelta(minutes=1):
        try:
            return at.astimezone(UTC).isoformat(timespec="seconds")
        except OverflowError:
            return at.date().isoformat()
    return at.isoformat(timespec="seconds")


def pieces(text: str) -> Iterator[str]:
    """`text` as FHIR can hold it: once, but in several pieces where it is longer than a string may be."""
    whole = fit(text)
    for start in range(0, len(whole), _LONGEST):
        if whole[start : start + _LONGEST].strip():
            yield whole[start : start + _LONGEST]
