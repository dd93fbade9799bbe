"""Who can be seen before unlocking: names and how they are reached, of people for whom the person ticked that.

The one thing that leaves the sealed file by itself, and only by that tick (docs/decisions/016).
One small JSON file beside the device's settings, for its owner only; without anybody in it there is no file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

PEOPLE = "people.json"
_LARGEST = 64 * 1024  # bytes
_JOURNALS = 8  # the newest stay
_EACH = 20  # people of one journal
_LONGEST = 500  # characters of a name or a number, as in the journal

Known = tuple[str, str]  # a name, and how to reach them


class OpenPeople:
    """Reads and writes the file. Reading never fails: what is not ours to understand counts as nobody.

    `path` None keeps everything in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._memory: dict[str, tuple[Known, ...]] = {}

    def all(self) -> tuple[Known, ...]:
        """Everybody, of every journal of this computer's account, each once."""
        return tuple(dict.fromkeys(one for people in self._read().values() for one in people))

    def keep(self, journal: str, people: tuple[Known, ...]) -> bool:
        """These and no others are shown for this journal (a name that tells nothing). False: it was not written."""
        people = tuple((name[:_LONGEST], reach[:_LONGEST]) for name, reach in people[:_EACH])
        before = self._read()
        others = {name: known for name, known in before.items() if name != journal}
        after = {**dict(list(others.items())[-_JOURNALS + 1 :]), journal: people} if people else others
        rest = not after and self._path is not None and os.path.lexists(self._path)  # of nobody nothing stays
        return self._write(after) if rest or after != before else True

    def forget(self) -> bool:
        """Nobody is shown any more, of any journal; each says so anew when it is opened here. False: not done."""
        rest = self._path is not None and os.path.lexists(self._path)
        return self._write({}) if rest or self._read() else True

    def _read(self) -> dict[str, tuple[Known, ...]]:
        if self._path is None:
            return self._memory
        try:
            with self._path.open("rb") as file:
                data = file.read(_LARGEST + 1)
            found = msgspec.json.decode(data, type=dict[str, tuple[Known, ...]])
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return {}
        if len(data) > _LARGEST:
            return {}
        newest = list(found.items())[-_JOURNALS:]
        return {name: tuple(filter(_fits, people[:_EACH])) for name, people in newest}

    def _write(self, people: dict[str, tuple[Known, ...]]) -> bool:
        if self._path is None:
            self._memory = people
            return True
        try:
            if not people:
                self._path.unlink(missing_ok=True)
                return True
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".new")
            temporary.unlink(missing_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(people))
            temporary.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                self._path.with_suffix(".new").unlink(missing_ok=True)
            return False
        return True


def _fits(one: Known) -> bool:
    return len(one[0]) <= _LONGEST and len(one[1]) <= _LONGEST
