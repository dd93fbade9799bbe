"""A file that belongs to an entry: a picture, a voice memo, anything. Its bytes are sealed apart from this record."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

from journal.errors import InvalidRecord
from journal.ids import is_id
from journal.records.base import MAX_LINE, Moment, Record, check_line

MAX_ATTACHMENT = 2 * 2**30  # bytes of one file
_FOLDERS = ("/", "\\", "\0")  # what parts a name from its folder, on any system
_ANY = "application/octet-stream"


class Attachment(Record, frozen=True, kw_only=True, tag="attachment"):
    """`entry` is the id of what it belongs to; `blob` names the sealed body, `size` and `sha256` are of the file."""

    entry: str
    at: Moment
    name: str
    media: str
    size: int
    sha256: str
    blob: str

    def __post_init__(self) -> None:
        check_line(self.name, "name of the file")
        check_line(self.media, "kind of file")
        if self.name in ("", ".", "..") or any(part in self.name for part in _FOLDERS):
            raise InvalidRecord("The name of a file has no folder in it.")
        if not 0 <= self.size <= MAX_ATTACHMENT:
            raise InvalidRecord("This file is too large.")
        if not is_id(self.entry) or not is_id(self.blob) or not (is_id(self.sha256[:32]) and is_id(self.sha256[32:])):
            raise InvalidRecord("A file is named by ids and hashes.")

    @property
    def when(self) -> Moment:
        return self.at


def plain_name(path: PurePath | str) -> str:
    """A file's name as it can be kept: without its folder, and of letters that any system can write."""
    name = (path.name if isinstance(path, PurePath) else path).encode(errors="replace").decode()
    for part in _FOLDERS:
        name = name.replace(part, "_")
    return "file" if name in ("", ".", "..") else name[:MAX_LINE]


def media_of(name: str) -> str:
    """The kind of file that a name ends like. Nothing is looked at but the name."""
    kind, packed = mimetypes.guess_type("x" + PurePath(name).suffix)
    return kind if kind and not packed else _ANY
