"""The first lines of an age file, read by our own hand before the age library sees the file.

A share comes from outside. The library would try a passphrase file that asks for 8 GB of memory; the limits here
refuse it at once. https://age-encryption.org/v1 says what a header looks like.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import NamedTuple

from journal.errors import DamagedShare, NotAShare, ShareError

MAX_FILE = 64 * 2**20 + 128 * 2**10  # bytes: a full container, its seal, and the header
MAX_HEADER = 64 * 2**10  # bytes
MAX_STANZAS = 20
MAX_WORK = 20  # log2 N of scrypt; 2**20 takes 1 GiB of memory and some seconds

_FIRST = b"age-encryption.org/v1\n"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_BASE64 = rb"[A-Za-z0-9+/]"
_STANZA = re.compile(
    rb"-> ([\x21-\x7e]+(?: [\x21-\x7e]+)*)\n"  # its type and arguments
    rb"((?:" + _BASE64 + rb"{64}\n)*" + _BASE64 + rb"{0,63}\n)"  # its body: full lines, then a shorter one
)
_LAST = re.compile(rb"--- (" + _BASE64 + rb"{43})\n")
_LEAST_PAYLOAD = 16 + 16  # a nonce, and the mark of an empty last chunk


class Stanza(NamedTuple):
    """One way to open the file: its type and arguments as they are written, and its body decoded."""

    arguments: tuple[str, ...]
    body: bytes


class Header(NamedTuple):
    """A checked header. `size` is its length in bytes, `authenticated` how many of them its MAC covers."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    size: int
    authenticated: int

    @property
    def work(self) -> int | None:
        """log2 N of a file sealed with a passphrase, None for one sealed to keys."""
        first = self.stanzas[0].arguments
        return int(first[2]) if first[0] == "scrypt" else None


def read_header(data: bytes, *, max_work: int = MAX_WORK) -> Header:
    """The header of a binary age file, within the limits of this module.

    Raises `NotAShare` if it is another kind of file, `DamagedShare` if the header is broken, and `ShareError` if
    it asks for more than the limits.
    """
    if len(data) > MAX_FILE:
        raise NotAShare("This file is larger than any share this program makes.")
    if not data.startswith(_FIRST):
        raise _not_ours(data)
    stanzas: list[Stanza] = []
    at = len(_FIRST)
    while (found := _STANZA.match(data, at, MAX_HEADER)) is not None:
        if len(stanzas) == MAX_STANZAS:
            raise ShareError("This file lists more readers than a share can have. It was not opened.")
        stanzas.append(Stanza(tuple(found[1].decode().split(" ")), decode_base64(found[2].replace(b"\n", b""))))
        at = found.end()
    last = _LAST.match(data, at)
    if last is None or not stanzas:
        raise DamagedShare(detail="the age header is broken or too long")
    if len(data) < last.end() + _LEAST_PAYLOAD:
        raise DamagedShare(detail="nothing follows the age header")
    header = Header(tuple(stanzas), decode_base64(last[1]), last.end(), last.start() + len(b"---"))
    _check_scrypt(header, max_work)
    return header


def _encode_stanza(stanza: Stanza) -> bytes:
    """A stanza as it is written in a header."""
    text = encode_base64(stanza.body)
    lines = [text[start : start + 64] for start in range(0, len(text) + 1, 64)]
    return f"-> {' '.join(stanza.arguments)}\n".encode() + b"".join(line + b"\n" for line in lines)


def encode_header(stanzas: tuple[Stanza, ...]) -> bytes:
    """A header up to its last line: what the MAC covers."""
    return _FIRST + b"".join(_encode_stanza(stanza) for stanza in stanzas) + b"---"


def encode_last(mac: bytes) -> bytes:
    """What follows `encode_header`: the MAC and the end of the line."""
    return b" " + encode_base64(mac) + b"\n"


def _check_scrypt(header: Header, max_work: int) -> None:
    kinds = [stanza.arguments[0] for stanza in header.stanzas]
    if "scrypt" not in kinds:
        return
    stanza = header.stanzas[0]
    if len(kinds) != 1 or len(stanza.arguments) != 3 or len(stanza.body) != 32:
        raise DamagedShare(detail="a broken passphrase stanza")
    _, salt, work = stanza.arguments
    if len(decode_base64(salt.encode())) != 16 or not re.fullmatch("[1-9][0-9]{0,8}", work):
        raise DamagedShare(detail="a broken passphrase stanza")
    if int(work) > max_work:
        raise ShareError(
            "This file asks for far more memory than a share needs, so it was not opened. "
            "Ask the sender to make the share again.",
            detail=f"scrypt work factor {work}, limit {max_work}",
        )


def _not_ours(data: bytes) -> ShareError:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _ARMOR in data[:4096]:
        return NotAShare(
            "This share was turned into text on its way, as some mail programs do. "
            "Ask the sender for the file itself, as an attachment."
        )
    if start.startswith(_FIRST.strip()):
        return DamagedShare("This share was changed on its way. Ask for the file itself, as an attachment.")
    if start.startswith(b"PK\x03\x04"):
        return NotAShare("This is a ZIP file. Unpack it first, and open the file ending in .age that is in it.")
    if not data:
        return NotAShare("This file is empty. Ask the sender to send it again.")
    return NotAShare()


def decode_base64(text: bytes) -> bytes:
    """Base64 without padding, in its one canonical form."""
    try:
        body = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise DamagedShare(detail="broken Base64 in the age header") from None
    if encode_base64(body) != text:
        raise DamagedShare(detail="Base64 in the age header is not canonical")
    return body


def encode_base64(body: bytes) -> bytes:
    """Base64 without padding."""
    return b64encode(body).rstrip(b"=")
