"""Which pictures go into a share, and which entry each stands by. A picture goes nowhere without its entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from journal.errors import NotFound, ShareError
from journal.records import Attachment, Record, UnknownRecord
from journal.records.attachment import PICTURES
from journal.share.picture import MOST, SharedPicture
from journal.share.redraw import Drawn
from journal.share.selection import Selection

_GONE = "A ticked picture is no longer in the journal. Look through the ticks again."
_ALONE = "A ticked picture belongs to an entry that is not ticked. Tick the entry too, or untick the picture."
_MANY = f"At most {MOST} pictures go into one share. Untick some, and make a second share of them."

Pairs = Iterable[tuple[str, Record | UnknownRecord]]


def picked_files(selection: Selection, items: Pairs) -> tuple[tuple[str, Attachment], ...]:
    """The ticked pictures' files, with their ids, in the order they were ticked.

    Raises `NotFound` where one is gone, and `ShareError` where its entry is not ticked, or where they are too many.
    """
    wanted = {picked.eid for picked in selection.pictures}
    files = {eid: record for eid, record in items if eid in wanted and isinstance(record, Attachment)}
    if wanted - files.keys():
        raise NotFound(_GONE)
    if not all(selection.ticked(file.entry) for file in files.values()):
        raise ShareError(_ALONE)
    if len(files) > MOST:
        raise ShareError(_MANY)
    return tuple((picked.eid, files[picked.eid]) for picked in selection.pictures)


def shared_pictures(
    selection: Selection, items: Pairs, order: Sequence[str], drawn: Mapping[str, Drawn]
) -> tuple[SharedPicture, ...]:
    """The ticked pictures by their entries' places; those of one entry by when they were added.

    `order` are the entries' ids by their places. Errors as `picked_files`.
    """
    files = dict(picked_files(selection, items))
    captions = {picked.eid: picked.caption.strip() for picked in selection.pictures}
    places = {eid: place for place, eid in enumerate(order)}
    sorted_ = sorted(files, key=lambda eid: (places[files[eid].entry], files[eid].at.at, eid))
    return tuple(_shared(places[files[eid].entry], captions[eid], drawn[eid]) for eid in sorted_)


def of_entries(items: Pairs) -> Iterator[tuple[str, Attachment]]:
    """The files that may be pictures, with their ids, by when they were added."""
    found = [(eid, one) for eid, one in items if isinstance(one, Attachment) and one.media in PICTURES]
    yield from sorted(found, key=lambda pair: (pair[1].at.at, pair[0]))


def _shared(place: int, caption: str, drawn: Drawn) -> SharedPicture:
    return SharedPicture(
        place=place, wide=drawn.wide, high=drawn.high, several=drawn.several, caption=caption, data=drawn.data
    )
