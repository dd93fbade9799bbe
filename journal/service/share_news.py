"""What the shares of a client bring beside each other, worked out once: it depends on nothing but what they say.

A therapist's list asks for it after every change. What was found is kept by what the shares hold, so that it is
worked out again only where a share came, went, or was looked through.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from journal.records import Received
from journal.service.kept_share import open_kept, unread
from journal.share import Payload
from journal.share.changed import changed_places
from journal.share.digest import Digest, counts_at, digest, new_places
from journal.share.talk import wanted, wish

_OPENED = 24  # shares that stay opened
# Findings that are kept. A list asks for three or more of each client, always in the same order: where one more were
# asked for than are kept, none would be found again. They are small: numbers, and a few lines of a share.
_FOUND = 8192

_Answer = TypeVar("_Answer")


class ShareNews:
    """Shares that were opened lately, and what was found in them."""

    def __init__(self) -> None:
        self._opened: dict[str, Payload] = {}
        self._found: dict[tuple[Hashable, ...], Any] = {}

    def payload(self, received: Received) -> Payload:
        """A share, opened. The last few stay so."""
        return self._once(self._opened, _OPENED, received.entries, lambda: open_kept(received))

    def unread(self, received: Received) -> bool:
        """Whether it cannot be read here."""
        return self._find("unread", (received,), (), lambda: unread(self.payload(received)))

    def digest(self, one: Received, earlier: Sequence[Received], had: Sequence[Received]) -> Digest:
        """What it brings beside those made before it, and those that were here by then."""
        return self._find(
            "digest",
            (one, *earlier),
            had,
            lambda: digest(self.payload(one), self._payloads(earlier), self._payloads(had)),
        )

    def brings(self, one: Received, had: Sequence[Received]) -> bool:
        """Whether anything in it was in none of those that were here before."""
        return self._find("brings", (one,), had, lambda: bool(new_places(self.payload(one), self._payloads(had))))

    def counts(self, one: Received, had: Sequence[Received]) -> tuple[dict[str, int], dict[str, int]]:
        """By kind, how much in it is new, and how many texts are earlier ones with other words."""
        return self._find("counts", (one,), had, lambda: self._counts(one, had))

    def to_talk(self, shares: Sequence[Received]) -> tuple[int, bool]:
        """Of those not looked through: how many hard moments are to be talked about, and whether words are."""
        unseen = tuple(place for place, one in enumerate(shares) if one.seen is None)

        def find() -> tuple[int, bool]:
            every = self._payloads(shares)
            return len(wanted(every, unseen)), wish([every[place] for place in unseen])

        return self._find(("talk", unseen), shares, (), find)

    def _counts(self, one: Received, had: Sequence[Received]) -> tuple[dict[str, int], dict[str, int]]:
        payload, before = self.payload(one), self._payloads(had)
        new = new_places(payload, before)
        changed = changed_places(payload, before, new)
        return counts_at(payload, new - changed), counts_at(payload, changed)

    def _payloads(self, shares: Sequence[Received]) -> list[Payload]:
        return [self.payload(one) for one in shares]

    def _find(
        self, what: Hashable, shares: Sequence[Received], had: Sequence[Received], find: Callable[[], _Answer]
    ) -> _Answer:
        # A share that cannot be read stands there by its day alone.
        said = [tuple((one.entries, one.made) for one in group) for group in (shares, had)]
        return self._once(self._found, _FOUND, (what, *said), find)

    @staticmethod
    def _once(kept: dict[Any, Any], most: int, key: Hashable, find: Callable[[], _Answer]) -> _Answer:
        if key in kept:
            kept[key] = found = kept.pop(key)  # used last, dropped last
            return found  # type: ignore[no-any-return]
        found = find()
        while len(kept) >= most:
            del kept[next(iter(kept))]
        kept[key] = found
        return found
