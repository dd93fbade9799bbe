"""Pictures that may go into a share: which there are, and each drawn anew, without anything but its pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from journal.records import Record, UnknownRecord
from journal.share import Drawn, Selection, of_entries, picked_files, redraw
from journal.share.text import safe
from journal.store import Items


class Offered(msgspec.Struct, frozen=True):
    """A file that may be a picture, as its owner sees it: its id and name. Neither goes along."""

    eid: str
    entry: str
    name: str


class SharePictures:
    """The part of the service that knows them."""

    _items: Items

    def attachment_data(self, eid: str) -> bytes:
        raise NotImplementedError

    def share_pictures(self) -> dict[str, tuple[Offered, ...]]:
        """The files that may be pictures, by the entries they were added to."""
        found: dict[str, list[Offered]] = {}
        for eid, file in of_entries((item.eid, item.record) for item in self._items):
            found.setdefault(file.entry, []).append(Offered(eid, file.entry, safe(file.name)))
        return {entry: tuple(offered) for entry, offered in found.items()}

    def _draw_all(
        self, selection: Selection, pairs: Iterable[tuple[str, Record | UnknownRecord]], drawn: Mapping[str, Drawn]
    ) -> dict[str, Drawn]:
        """Every ticked picture, drawn anew. Errors as `picked_files`, `attachment_data` and `redraw`."""
        files = picked_files(selection, pairs)
        made = {}
        for number, (eid, _) in enumerate(files, start=1):
            called = f"Picture {number} of {len(files)}" if len(files) > 1 else "This picture"
            made[eid] = drawn[eid] if eid in drawn else redraw(self.attachment_data(eid), called)
        return made
