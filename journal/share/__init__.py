"""Sharing an excerpt: choose, see exactly what will be seen, seal, write; and open what was received.

selection -> build -> Payload -> document (the preview) -> write_share
read_share -> Payload -> document (the review); verify -> who made it
Card <-> encode_card, decode_card: how two people come to know each other's keys; key_words: what they compare

`write_html_share` makes the second form, one page for any browser; `read_share` opens both.
A reply goes the other way: ReplyPayload -> write_reply; `read_either` opens a share or a reply, whichever it is.
"""

from __future__ import annotations

from journal.share.authenticity import Author, Finding, Proof, Seen, Signed, Verdict, seen_before, verify
from journal.share.blocks import Block, BlockKind, day_text
from journal.share.card import MAX_NAME, SUFFIX, Card, decode_card, encode_card, file_name, read_card, tidy_name
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
from journal.share.excerpt import (
    build,
    files_of,
    hide,
    order,
)
from journal.share.excerpt_pictures import of_entries, picked_files
from journal.share.file import (
    OpenedShare,
    WrittenShare,
    default_name,
    inspect_file,
    read_share,
    write_html_share,
    write_share,
)
from journal.share.fingerprint import (
    key_words,
)
from journal.share.keys import (
    SigningPair,
    generate_signing_key,
    public_key,
)
from journal.share.over_time import (
    chart_of_checkins,
    days_only,
)
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
from journal.share.passphrase import (
    HTML_WORDS,
    WORDS,
    generate_passphrase,
    unknown_words,
)
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
from journal.share.picture import SharedPicture
from journal.share.redraw import Drawn, redraw
from journal.share.render import document
from journal.share.render_parts import session_facts as further_facts
from journal.share.reply import OpenedReply, ReplyComment, ReplyPayload, comment_on, reply_document
from journal.share.reply_file import WrittenReply, default_reply_name, read_either, write_reply
from journal.share.selection import OPTIONS, Hidden, Picked, Selection
from journal.share.text import plain_page

__all__ = [
    "HTML_WORDS",
    "MAX_NAME",
    "OPTIONS",
    "SUFFIX",
    "WORDS",
    "Author",
    "Block",
    "BlockKind",
    "Card",
    "Dates",
    "Drawn",
    "Finding",
    "Hidden",
    "KeyPair",
    "Kind",
    "LeftOut",
    "OpenedReply",
    "OpenedShare",
    "Payload",
    "Picked",
    "Proof",
    "ReplyComment",
    "ReplyPayload",
    "Seen",
    "Selection",
    "SharedAnswer",
    "SharedCheckIn",
    "SharedCommitment",
    "SharedDose",
    "SharedEffect",
    "SharedHard",
    "SharedMedicine",
    "SharedPicture",
    "SharedQuestion",
    "SharedReading",
    "SharedScale",
    "SharedSession",
    "SharedStep",
    "SharedWriting",
    "Signed",
    "SigningPair",
    "Verdict",
    "Window",
    "WritingKind",
    "WrittenReply",
    "WrittenShare",
    "build",
    "chart_of_checkins",
    "check_recipient",
    "comment_on",
    "day_text",
    "days_only",
    "decode_card",
    "default_name",
    "default_reply_name",
    "document",
    "encode_card",
    "file_name",
    "files_of",
    "further_facts",
    "generate_identity",
    "generate_passphrase",
    "generate_signing_key",
    "hide",
    "inspect",
    "inspect_file",
    "key_words",
    "of_entries",
    "open_sealed",
    "order",
    "picked_files",
    "plain_page",
    "public_key",
    "read_card",
    "read_either",
    "read_share",
    "recipient_of",
    "redraw",
    "reply_document",
    "seal_for_recipients",
    "seal_with_passphrase",
    "seen_before",
    "tidy_name",
    "unknown_words",
    "verify",
    "write_html_share",
    "write_reply",
    "write_share",
]
