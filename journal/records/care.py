"""Who is part of it: providers and clinics, what it costs, and the people one can turn to."""

from __future__ import annotations

import re
from enum import StrEnum

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line, check_text

_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,3})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Role(StrEnum):
    """What someone does in a course."""

    PRESCRIBER = "prescriber"
    CLINIC = "clinic"
    THERAPIST = "therapist"
    SITTER = "sitter"
    OTHER = "other"


class Provider(Record, frozen=True, kw_only=True, tag="provider"):
    """A person or a clinic that is part of the treatment, as the person describes it."""

    name: str
    role: Role = Role.OTHER
    place: str = ""
    reach: str = ""  # a telephone number, an address: shown as it was typed
    notes: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "place", "reach"):
            check_line(getattr(self, name), name)
        check_text(self.notes)


class Expense(Record, frozen=True, kw_only=True, tag="expense"):
    """A line of the private log of costs. It leaves the journal only where that was ticked.

    `amount` and `covered` (what somebody else paid or will pay) are decimal numbers as text ("350.00"), so that no
    cent is lost; `currency` is an ISO 4217 code.
    """

    at: Moment
    what: str = ""
    amount: str = "0"
    covered: str = "0"
    currency: str = "USD"
    course: str | None = None
    session: str | None = None
    provider: str | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        check_line(self.what, "line")
        check_text(self.notes)
        if not _AMOUNT.fullmatch(self.amount) or not _AMOUNT.fullmatch(self.covered):
            raise InvalidRecord("An amount is a number such as 350 or 350.00.")
        if not _CURRENCY.fullmatch(self.currency):
            raise InvalidRecord("A currency has three letters, such as EUR.")

    @property
    def when(self) -> Moment:
        return self.at


class Person(Record, frozen=True, kw_only=True, tag="person"):
    """Somebody to turn to. `without_password`: the person chose that name and number are seen before unlocking."""

    name: str
    reach: str = ""
    notes: str = ""
    without_password: bool = False

    def __post_init__(self) -> None:
        for name in ("name", "reach", "notes"):
            check_line(getattr(self, name), name)
