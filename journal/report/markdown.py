"""A share as one Markdown file: the blocks that every view of it shows, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from journal.exchange.markdown_text import line, text_to_markdown
from journal.share import Block, BlockKind, Payload, document
from journal.share.blocks import PICTURE_STAYS

_LEVELS = {BlockKind.TITLE: "#", BlockKind.HEADING: "##", BlockKind.SUBHEADING: "###", BlockKind.NAME: "####"}
_EMPTY = "–"


def markdown(payload: Payload) -> str:
    """The whole share, ending in a line feed."""
    return "\n\n".join(piece for block in document(payload) for piece in _block(block) if piece) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TEXT:
            yield text_to_markdown(block.text, block.marks)
        case BlockKind.FACTS:
            yield "\n".join(f"- **{line(name)}**: {line(value)}" for name, value in block.rows)
        case BlockKind.TABLE:
            yield _table(block.rows)
        case BlockKind.NOTICE:
            yield f"*{line(block.text)}*"
        case BlockKind.PICTURE:
            yield f"*{line(block.text)} {PICTURE_STAYS}*"
            yield line(block.caption)
        case _:
            yield f"{_LEVELS[block.kind]} {line(block.text)}"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *rest = (f"| {' | '.join(line(cell) or _EMPTY for cell in row)} |" for row in rows)
    return "\n".join((head, "|---" * len(rows[0]) + "|", *rest))
