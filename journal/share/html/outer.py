"""The file around the sealed lines: a page with one style and one script, which its own policy names by their hashes.

The policy lets the page load nothing, send nothing and run nothing else; pictures, where there are some, come from
the page's own memory. The script and the style are the same in
every share of a version; only the sealed lines differ.
"""

from __future__ import annotations

import base64
import hashlib
from string import Template

from journal.share.passphrase import word_list
from resources import read_text

_POLICY = (
    "default-src 'none'",
    "script-src 'sha256-{script}'",
    "style-src 'sha256-{style}'",
    "connect-src 'none'",
    "img-src {pictures}",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)


def outer(sealed: bytes, *, pictures: bool = False) -> bytes:
    """The whole file around sealed lines (`sealed.seal`), in UTF-8. `pictures`: some are in it, and may be shown."""
    script, style = read_text("share", "open.js"), read_text("share", "look.css")
    policy = "; ".join(_POLICY).format(
        script=_hash(script), style=_hash(style), pictures="blob:" if pictures else "'none'"
    )
    made = Template(read_text("share", "outer.html")).substitute(
        policy=policy, style=style, script=script, words=" ".join(word_list()), sealed=sealed.decode("ascii")
    )
    return made.encode()


def is_page(file: bytes) -> bool:
    """Whether a file is a page of some kind, and no age file: a mark of byte order and white space may come first."""
    return file[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
