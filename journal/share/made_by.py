"""What a kept sentence about a share's maker proves, and whether one share is like others in that.

The sentences are those of `who.who_made`, which are kept with a share as they were told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PROOF = (
    r"Made by (?P<made>.+?)\. Words compared on [^.]+\. Only you and (?P=made) could have made this, so it proves it "
    r"to you and to nobody else\."
)
_SIGNATURE = (
    r"Signed by (?P<signed>.+?)\.(?: Words compared on [^.]+\.)? "
    r"Anybody who has their card can check this signature\."
)
_SURE = re.compile(rf"(?:{_PROOF})?(?:(?<=\.) )?(?:{_SIGNATURE})?")


def made_by(maker: str) -> str:
    """The name of the contact, words compared, who certainly made it; "" where that is not certain."""
    found = _SURE.fullmatch(maker)
    return (found["made"] or found["signed"] or "") if found is not None else ""


def unlike(maker: str, others: Iterable[str], client: str) -> str:
    """In a sentence, that other shares of this client are proved to be somebody's and this one is not; "" where it
    is like them, or none of them is proved."""
    proved = list(dict.fromkeys(name for name in map(made_by, others) if name))
    if not proved or made_by(maker) in proved:
        return ""
    of = f" of {client}" if client else ""
    return f"Other shares{of} are proved to be made by {' or '.join(proved)}. This one is not."


def for_others(maker: str) -> str:
    """The sentence for a paper that others will read, who are not the "you" of the sentence that is kept."""
    if not maker:
        return ""
    if name := made_by(maker):
        return f"To the journal it was read in, it is proved that {name} made it."
    return "To the journal it was read in, nothing proves who made it."
