"""Dates, times and names as a person reads them. Pure functions, in the language of the system's locale."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, QTime

from journal.records import TARGETS, Moment, Phase, Role, Route, ShareRole, Taken, VitalsPoint
from journal.share import Window

KIND_NAMES: dict[str, str] = {
    "intention": "Intention",
    "experience": "Experience",
    "integration": "Integration note",
    "page": "Journal page",
    "checkin": "Check-in",
    "session": "Session",
    "course": "Course",
    "attachment": "File",
    "sideeffect": "Side effect",
    "medicine": "Medicine",
    "question": "Question",
    "commitment": "Commitment",
    "hard": "A hard moment",
    "landing": "Landing",
    "scale": "Questionnaire",
    "total": "Total from a clinic",
    "pack": "Questionnaire's form",
    "provider": "Person or clinic",
    "expense": "Cost",
    "person": "Person",
    "contact": "Contact",
    "prompts": "Questions to begin from",
    "template": "Template",
    "client": "Client",
    "received": "Share of a client",
    "comment": "Comment on a share",
    "reply": "Reply to a share",
    "sent-reply": "Reply that was sent",
    "shareset": "Kept choice for a share",
    "checklist": "What to prepare",
}
ROUTE_NAMES: dict[Route, str] = {
    Route.INTRAVENOUS: "Intravenous (IV)",
    Route.INTRAMUSCULAR: "Intramuscular (IM)",
    Route.SUBCUTANEOUS: "Subcutaneous (SC)",
    Route.SUBLINGUAL: "Under the tongue",
    Route.BUCCAL: "In the cheek",
    Route.INTRANASAL: "Nasal",
    Route.ORAL: "By mouth",
    Route.RECTAL: "Rectal",
    Route.OTHER: "Another way",
}
PHASE_NAMES: dict[Phase, str] = {
    Phase.PREPARATION: "Preparation",
    Phase.INDUCTION: "Induction",
    Phase.MAINTENANCE: "Maintenance",
    Phase.PAUSE: "Pause",
    Phase.ENDED: "Ended",
}
SHARE_ROLES: dict[ShareRole, str] = {
    ShareRole.READS: "Reads what I share",
    ShareRole.WRITES: "Shares with me",
    ShareRole.BOTH: "Reads, and shares with me",
}
ROLE_NAMES: dict[Role, str] = {
    Role.PRESCRIBER: "Prescriber",
    Role.CLINIC: "Clinic",
    Role.THERAPIST: "Therapist",
    Role.SITTER: "Sits with me",
    Role.OTHER: "Another part",
}
TAKEN_NAMES: dict[Taken, str] = {Taken.YES: "Yes", Taken.NO: "No", Taken.UNSURE: "Not sure"}
POINT_NAMES: dict[VitalsPoint, str] = {
    VitalsPoint.BEFORE: "Before",
    VitalsPoint.MIDDLE: "About 40 minutes after",
    VitalsPoint.LEAVING: "Before leaving",
}
TARGET_NAMES: dict[str, str] = dict(TARGETS)
# What a share tells: the range, since nobody said more (see `journal.windows`).
WINDOW_NAMES: dict[Window, str] = {
    Window.BEFORE: "before",
    Window.HOURS_4: "2 to 8 hours after",
    Window.HOURS_24: "18 to 36 hours after",
    Window.DAYS_3: "2 to 4 days after",
    Window.DAYS_7: "5 to 9 days after",
    Window.DAYS_14: "11 to 18 days after",
}
When = Moment | datetime
ON_TWO_COMPUTERS = "This was written on two computers. Both are kept."


def apart(text: str) -> str:
    """Somebody's words inside a sentence of the program's: where they run from right to left, only they do."""
    turned = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if turned else text


def day(when: When) -> str:
    """ "Thursday 12 March"; the year too where it is not this one's."""
    at = _at(when)
    form = "dddd d MMMM" if at.year == datetime.now().astimezone().year else "dddd d MMMM yyyy"
    return _locale().toString(_qdate(at), form)


def day_short(when: When) -> str:
    """ "12 Mar 2026"."""
    return _locale().toString(_qdate(_at(when)), "d MMM yyyy")


def date_brief(when: When) -> str:
    """ "12 Mar"."""
    return _locale().toString(_qdate(_at(when)), "d MMM")


def month(when: When) -> str:
    """ "March 2026"."""
    return _locale().toString(_qdate(_at(when)), "MMMM yyyy")


def day_of_month(when: When) -> str:
    """ "12"."""
    return str(_at(when).day)


def weekday_short(when: When) -> str:
    """ "Thu"."""
    return _locale().toString(_qdate(_at(when)), "ddd")


def date_long(day_: date) -> str:
    """ "12 March 2026"."""
    return _locale().toString(QDate(day_.year, day_.month, day_.day), "d MMMM yyyy")


def date_no_year(day_: date) -> str:
    """ "12 March"."""
    return _locale().toString(QDate(day_.year, day_.month, day_.day), "d MMMM")


def time(when: When) -> str:
    """ "14:05", as the system writes times."""
    at = _at(when)
    return _locale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def clock(at: datetime) -> str:
    """The wall clock of `at`: "14:05"."""
    return time(at)


def day_and_time(when: When) -> str:
    """ "Thursday 12 March, 14:05"."""
    return f"{day(when)}, {time(when)}"


def ago(start: When, now: When) -> str:
    """How long `now` lies after `start`: "the day of", "a day after", "3 days after", "2 days before"."""
    return days_from(_at(start).date(), _at(now).date())


def days_from(start: date, day_: date) -> str:
    """How many days `day_` lies after `start`, to be read before a name or alone."""
    days = (day_ - start).days
    if days == 0:
        return "the day of"
    side = "after" if days > 0 else "before"
    return f"a day {side}" if abs(days) == 1 else f"{abs(days)} days {side}"


def relative(when: When, now: When) -> str:
    """A day seen from now: "today", "yesterday", "tomorrow", "in 4 days", "12 March"."""
    at = _at(when)
    distance = (at.date() - _at(now).astimezone(at.tzinfo).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:
        return f"in {distance} days"
    if -7 < distance < -1:
        return f"{-distance} days ago"
    return date_no_year(at.date()) if at.year == _at(now).year else date_long(at.date())


def moment(when: datetime, now: datetime) -> str:
    """A moment seen from now, in the zone of now: "yesterday, 14:02"."""
    local = when.astimezone(now.tzinfo)
    return f"{relative(local, now)}, {time(local)}"


def size(count: int) -> str:
    """How large a file is: "1.2 MB"."""
    return _locale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def file_name(name: str) -> str:
    """A file's name in one line, with nothing in it that would not be seen or would turn the letters around."""
    return "".join(_seen(char) for char in name)


def picture_name(now: datetime) -> str:
    """What to call a picture that had no name: "Picture, 12 March 14:05.png"."""
    return f"Picture, {date_no_year(now.date())} {time(now)}.png"


def pixels(wide: int, high: int) -> str:
    """ "1,200 by 800 pixels"."""
    return f"{_locale().toString(wide)} by {_locale().toString(high)} pixels"


def counted(count: int, one: str, many: str) -> str:
    """ "1 session", "3 sessions"."""
    return f"{count} {one if count == 1 else many}"


def amount(number: Decimal) -> str:
    """A sum of money without its currency, to the last decimal it was given with: "1,350.00"."""
    sign, digits, point = number.as_tuple().sign, f"{abs(number):f}", _locale().decimalPoint()
    whole, _, cents = digits.partition(".")
    return ("\u2212" if sign and number else "") + _locale().toString(int(whole)) + (point + cents if cents else "")


def money(number: Decimal, currency: str) -> str:
    """ "1,350.00 EUR"."""
    return f"{amount(number)} {currency}"


def _seen(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    return char if char in "\u200c\u200d" or kind not in ("Cc", "Cf", "Cs", "Zl", "Zp") else "\ufffd"


def _at(when: When) -> datetime:
    return when.at if isinstance(when, Moment) else when


def _qdate(at: datetime) -> QDate:
    return QDate(at.year, at.month, at.day)


def _locale() -> QLocale:
    return QLocale()
