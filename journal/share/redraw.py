"""Pictures drawn anew for a share, by a process of its own that can hurt nothing but itself (`redrawer`)."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import msgspec

from journal import apart
from journal.errors import ShareError
from journal.share import redrawer
from journal.share.jpeg import size_of

_MEMORY = 1536 * 2**20  # bytes of address space, beside the file: the interpreter, the library and 60,000,000 pixels
_SECONDS = 60
_ANSWER = 1 + redrawer.HEAD.size + redrawer.MOST_BYTES  # bytes

_NO_PICTURE = "{} cannot go along: it is no PNG, JPEG, GIF, WebP or BMP. Leave it out."
_TOO_LARGE = "{} cannot go along: it has too many pixels to be drawn anew. Leave it out, or add a smaller copy."
_NOT_WHOLE = "{} cannot go along: it is not whole, or made in a way this program does not know. Leave it out."
_TOO_LONG = "{} cannot go along: drawing it anew took too long and was stopped. Leave it out, or add a smaller copy."
_NOT_NOW = "{} could not be drawn anew now. Close other programs, then try again."


class Drawn(msgspec.Struct, frozen=True):
    """A picture as it goes along: a JPEG of `wide` by `high` pixels. `several`: it is the first of several frames."""

    wide: int
    high: int
    several: bool
    data: bytes


def redraw(
    data: bytes,
    called: str = "This picture",
    *,
    may_stop: bool = False,
    seconds: float = _SECONDS,
    memory: int = _MEMORY,
) -> Drawn:
    """The picture in the bytes of a file, drawn anew: upright, on white, at most `redrawer.SIDE` pixels long.

    Takes half a second to two seconds. Raises `ShareError`, in which it is `called` so, or `Stopped` if it `may_stop`
    and the journal was left meanwhile.
    """
    import PIL

    if redrawer.kind_of(data) is None:
        raise ShareError(_NO_PICTURE.format(called))
    folder = Path(PIL.__file__).resolve().parent.parent
    limits = (str(memory + 2 * len(data)), str(max(1, round(seconds))))
    command = [sys.executable, "-I", "-S", redrawer.__file__, str(folder), *limits]
    try:
        status, said = apart.run(command, data, seconds, may_stop=may_stop, most=_ANSWER)
    except subprocess.TimeoutExpired:
        raise ShareError(_TOO_LONG.format(called)) from None
    except OSError as error:
        detail = errno.errorcode.get(error.errno or 0, "no process")
        raise ShareError(_NOT_NOW.format(called), detail=detail) from None
    answer, made = said[:1], said[1:]
    if status == 0 and answer == redrawer.DRAWN and len(made) > redrawer.HEAD.size:
        wide, high, several = redrawer.HEAD.unpack_from(made)
        drawn = Drawn(wide, high, several, made[redrawer.HEAD.size :])
        if size_of(drawn.data) == (wide, high):
            return drawn
    told = {redrawer.NO_PICTURE: _NO_PICTURE, redrawer.TOO_LARGE: _TOO_LARGE}
    raise ShareError(told.get(answer, _NOT_WHOLE).format(called), detail=f"the drawing process ended with {status}")
