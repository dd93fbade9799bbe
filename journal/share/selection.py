"""What a person chose to share. Everything starts switched off: nothing leaves that nobody ticked."""

from __future__ import annotations

import msgspec

from journal.records.base import check_line, check_text

# The switches, in the words of the share's own pages.
OPTIONS: tuple[tuple[str, str], ...] = (
    ("exact_times", "exact times"),
    ("include_place", "where a session took place"),
    ("include_people", "who was there"),
    ("include_session_notes", "notes about a session itself"),
    ("include_checkin_notes", "notes beside check-ins"),
    ("include_tags", "tags"),
)


class Selection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ticked entries by id, and the switches for what goes with them.

    A ticked session gives its date, number, route and dose as told. A ticked writing gives its date, title, text
    and formatting. A ticked check-in gives its date, its numbers, and how long after a ticked session it was, in
    the published windows. A session's writings are ticked one by one; ticking the session does not tick them.

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
    tell_left_out: bool = False
    sender: str = ""
    to: str = ""
    talk_about: str = ""

    def __post_init__(self) -> None:
        check_line(self.sender, "sender's name")
        check_line(self.to, "reader's name")
        check_text(self.talk_about)

    def ticked(self, eid: str) -> bool:
        """Whether this entry goes into the share."""
        return eid in self.eids

    def with_ticks(self, *eids: str) -> Selection:
        """The same selection with these entries ticked too."""
        return msgspec.structs.replace(self, eids=self.eids | frozenset(eids))

    def without_ticks(self, *eids: str) -> Selection:
        """The same selection with these entries not ticked."""
        return msgspec.structs.replace(self, eids=self.eids - frozenset(eids))
