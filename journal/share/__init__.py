"""Sharing an excerpt: choose, see exactly what will be seen, seal, write; and open what was received.

selection -> build -> Payload -> document (the preview) -> write_share
read_share -> Payload -> document (the review)

`write_html_share` makes the second form, one page for any browser; `read_share` opens both.
"""

from __future__ import annotations

from journal.share.envelope import (
    KeyPair,
    Kind,
    check_recipient,
    generate_identity,
    inspect,
    open_sealed,
    recipient_of,
    seal_for_recipients,
    seal_with_passphrase,
)
from journal.share.excerpt import build, files_of, order
from journal.share.file import (
    OpenedShare,
    WrittenShare,
    default_name,
    inspect_file,
    read_share,
    write_html_share,
    write_share,
)
from journal.share.over_time import chart_of_checkins, days_only
from journal.share.passphrase import HTML_WORDS, WORDS, generate_passphrase, unknown_words
from journal.share.payload import (
    LeftOut,
    Payload,
    SharedCheckIn,
    SharedSession,
    SharedWriting,
    Window,
    WritingKind,
)
from journal.share.render import Block, BlockKind, document
from journal.share.selection import OPTIONS, Selection
from journal.share.text import plain_page

__all__ = [
    "HTML_WORDS",
    "OPTIONS",
    "WORDS",
    "Block",
    "BlockKind",
    "KeyPair",
    "Kind",
    "LeftOut",
    "OpenedShare",
    "Payload",
    "Selection",
    "SharedCheckIn",
    "SharedSession",
    "SharedWriting",
    "Window",
    "WritingKind",
    "WrittenShare",
    "build",
    "chart_of_checkins",
    "check_recipient",
    "days_only",
    "default_name",
    "document",
    "files_of",
    "generate_identity",
    "generate_passphrase",
    "inspect",
    "inspect_file",
    "open_sealed",
    "order",
    "plain_page",
    "read_share",
    "recipient_of",
    "seal_for_recipients",
    "seal_with_passphrase",
    "unknown_words",
    "write_html_share",
    "write_share",
]
