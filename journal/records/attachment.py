"""A file that belongs to an entry: a picture, a voice memo, anything. Its bytes are sealed apart from this record."""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePath

from journal.errors import InvalidRecord
from journal.ids import is_id
from journal.records.base import MAX_LINE, Moment, Record, check_line

MAX_ATTACHMENT = 2 * 2**30  # bytes of one file
# The kinds of picture that are shown and shared, as files' names tell them; what one is, its first bytes say.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/x-ms-bmp"})
_FOLDERS = ("/", "\\", "\0")  # what parts a name from its folder, on any system
_ANY = "application/octet-stream"
_TROUBLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_PASSING = re.compile(r"(-journal|-wal|-shm|\.lock|\.part|\.rewrite)$", re.IGNORECASE)  # journal.atomic refuses them
_LONGEST = 200  # bytes of a name, which leaves room for what programs put before and after it


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


def safe_name(name: str) -> str:
    """What to call a copy of a file: what any system can write, that is not hidden, no device, and not misread."""
    made = _TROUBLE.sub("_", name.encode(errors="replace").decode()).strip(" .")
    if _DEVICES.match(made):
        made = f"_{made}"
    if _PASSING.search(made):
        made += ".copy"
    stem, dot, ending = made.rpartition(".")
    if not dot or len(ending) > 16:
        stem, dot, ending = made, "", ""
    room = _LONGEST - len((dot + ending).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip()
    return f"{stem}{dot}{ending}" if stem else f"file{dot}{ending}"


def media_of(name: str) -> str:
    """The kind of file that a name ends like. Nothing is looked at but the name."""
    kind, packed = mimetypes.guess_type("x" + PurePath(name).suffix)
    return kind if kind and not packed else _ANY
