"""What a kept sentence about a share's maker proves: no more than what was told when it was read."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from journal.records import Compared, Contact, Moment
from journal.share.authenticity import Finding, Seen, Signed, Verdict
from journal.share.made_by import made_by, unlike
from journal.share.who import UNSIGNED, who_made

AT = Moment(datetime(2026, 3, 12, 14, 5, tzinfo=UTC))
MAYA = "Made by Maya. Words compared on 12 March 2026, in person. Only you and Maya could have made this, so it " + (
    "proves it to you and to nobody else."
)


def contact(name: str, how: Compared | None) -> Contact:
    return Contact(name=name, recipient="age1" + "q" * 58, checked=AT if how else None, how=how)


@pytest.mark.parametrize("name", ["Maya Reyes", "Dr. M. Reyes", "Maya. Words compared on Monday", "Made by Ben"])
def test_it_is_sure_of_just_what_was_told_as_sure(name: str) -> None:
    people = (None, contact(name, None), contact(name, Compared.CALL), contact(name, Compared.IN_PERSON))
    sure = 0
    for verdict, who, proved, signed, seen in product(Verdict, people, (False, True), (None, *Signed), Seen):
        finding = Finding(verdict, contact=who, proved=proved, signed=signed)
        if not proved and signed is None and verdict not in (Verdict.UNSIGNED, Verdict.WRONG, Verdict.OTHER_READER):
            continue  # nothing finds that
        if signed is Signed.OWN:
            continue  # one's own is nobody's among the contacts
        told = who_made(finding, seen)
        assert made_by(told.text) == (name if told.sure else ""), told.text
        sure += told.sure
    assert sure


def test_a_share_is_unlike_those_that_are_proved() -> None:
    said = "Other shares of Maya are proved to be made by Maya. This one is not."
    assert unlike(UNSIGNED, [UNSIGNED, MAYA, MAYA], "Maya") == said
    assert unlike(MAYA.replace("Maya", "Ben"), [MAYA], "Maya") == said
    assert unlike("", [MAYA], "") == "Other shares are proved to be made by Maya. This one is not."
    assert unlike(MAYA.replace("in person", "by telephone or video"), [MAYA], "Maya") == ""
    assert unlike(UNSIGNED, [UNSIGNED, ""], "Maya") == ""
    assert unlike(MAYA, [], "Maya") == ""
