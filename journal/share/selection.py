"""What a person chose to share. Everything starts switched off: nothing leaves that nobody ticked."""

from __future__ import annotations

import msgspec

from journal.errors import InvalidRecord, ShareError
from journal.records.base import check_line, check_text
from journal.share.payload import Dates

# The switches, in the words of the share's own pages.
OPTIONS: tuple[tuple[str, str], ...] = (
    ("exact_times", "exact times"),
    ("include_place", "where a session took place"),
    ("include_people", "who was there"),
    ("include_session_notes", "notes about a session itself"),
    ("include_checkin_notes", "notes beside check-ins"),
    ("include_tags", "tags"),
    ("include_readings", "blood pressure and pulse"),
    ("include_items", "answers to single items of questionnaires"),
    ("include_body_notes", "notes about medicines, side effects and questionnaires"),
)


class Hidden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage of an entry that does not go along: from `start` up to `end` of its `field`, in code points.

    `words`, where they are there, are the passage itself: so it is found where the entry was changed since.
    """

    eid: str
    start: int
    end: int
    field: str = "text"
    words: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidRecord("A passage needs a beginning and an end.")


class Picked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture that goes along with its entry: the file's id, and what the person typed to stand under it."""

    eid: str
    caption: str = ""


def found(hidden: Hidden, text: str) -> tuple[tuple[int, int], ...]:
    """Where a hidden passage stands in the `text` of its field now.

    Raises `ShareError` where its words are no longer there as they were: what is left of them must not go along.
    """
    if not hidden.words or text[hidden.start : hidden.end] == hidden.words:
        return ((hidden.start, hidden.end),)
    starts = [place for place in range(len(text)) if text.startswith(hidden.words, place)]
    if not starts:
        raise ShareError(
            "An entry was changed since you left out a passage of it. Put the passages back, look at it again, and "
            "leave out what should not go along."
        )
    return tuple((start, start + len(hidden.words)) for start in starts)


class Selection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ticked entries by id, and the switches for what goes with them.

    A ticked session gives its date, number, route and dose as told. A ticked writing gives its date, title, text
    and formatting. A ticked check-in gives its date, its numbers, and how long after a ticked session it was, in
    the published windows. A session's writings are ticked one by one; ticking the session does not tick them.

    A ticked questionnaire gives its day and total; a medicine its name, kind and steps; a side effect, a hard moment,
    a commitment and a question their days and words.

    `dates` tells days exactly, by week or by month; by week or month, there are no clock times.
    `hidden` are passages of ticked entries that are left out, and seen to be left out.
    `pictures` are ticked one by one, and go along only with their entries, drawn anew and without their names.
    `include_items` gives the answers to the single items of questionnaires, `include_readings` what was read of blood
    pressure and pulse at ticked sessions.
    `exact_times` gives clock times with their offset, to the minute. `include_tags` gives tags and kinds of
    psychotherapy. `tell_left_out` adds a line that counts what was not ticked in the shared period and names the
    switches that are off. `sender` and `to` are names as typed; `talk_about` is what the person wants to talk about.
    """

    eids: frozenset[str] = frozenset()
    exact_times: bool = False
    include_place: bool = False
    include_people: bool = False
    include_session_notes: bool = False
    include_checkin_notes: bool = False
    include_tags: bool = False
    include_readings: bool = False
    include_items: bool = False
    include_body_notes: bool = False
    dates: Dates = Dates.DAY
    hidden: tuple[Hidden, ...] = ()
    pictures: tuple[Picked, ...] = ()
    tell_left_out: bool = False
    sender: str = ""
    to: str = ""
    talk_about: str = ""

    def __post_init__(self) -> None:
        check_line(self.sender, "sender's name")
        check_line(self.to, "reader's name")
        check_text(self.talk_about)

    @property
    def times(self) -> bool:
        """Whether clock times go along."""
        return self.exact_times and self.dates is Dates.DAY

    def ticked(self, eid: str) -> bool:
        """Whether this entry goes into the share."""
        return eid in self.eids

    def with_ticks(self, *eids: str) -> Selection:
        """The same selection with these entries ticked too."""
        return msgspec.structs.replace(self, eids=self.eids | frozenset(eids))

    def without_ticks(self, *eids: str) -> Selection:
        """The same selection with these entries not ticked."""
        return msgspec.structs.replace(self, eids=self.eids - frozenset(eids))
