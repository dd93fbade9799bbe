"""Sharing an excerpt: choose, see exactly what will be seen, seal, write; and open what was received.

selection -> build -> Payload -> document (the preview) -> write_share
read_share -> Payload -> document (the review)
"""

from __future__ import annotations

from journal.share.blocks import Block, BlockKind, day_text
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
from journal.share.excerpt import build, files_of, hide, order
from journal.share.file import OpenedShare, WrittenShare, default_name, inspect_file, read_share, write_share
from journal.share.parts import (
    SharedAnswer,
    SharedCommitment,
    SharedDose,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
    SharedStep,
)
from journal.share.passphrase import generate_passphrase, unknown_words
from journal.share.payload import (
    Dates,
    LeftOut,
    Payload,
    SharedCheckIn,
    SharedSession,
    SharedWriting,
    Window,
    WritingKind,
)
from journal.share.render import document
from journal.share.render_parts import session_facts as further_facts
from journal.share.selection import OPTIONS, Hidden, Selection
from journal.share.text import plain_page

__all__ = [
    "OPTIONS",
    "Block",
    "BlockKind",
    "Dates",
    "Hidden",
    "KeyPair",
    "Kind",
    "LeftOut",
    "OpenedShare",
    "Payload",
    "Selection",
    "SharedAnswer",
    "SharedCheckIn",
    "SharedCommitment",
    "SharedDose",
    "SharedEffect",
    "SharedHard",
    "SharedMedicine",
    "SharedQuestion",
    "SharedReading",
    "SharedScale",
    "SharedSession",
    "SharedStep",
    "SharedWriting",
    "Window",
    "WritingKind",
    "WrittenShare",
    "build",
    "check_recipient",
    "day_text",
    "default_name",
    "document",
    "files_of",
    "further_facts",
    "generate_identity",
    "generate_passphrase",
    "hide",
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
    "write_share",
]
