"""Parts of a share by what they are about, in the blocks that every view of it shows."""

from __future__ import annotations

from itertools import takewhile

from journal.share import Block, BlockKind, Payload, SharedWriting
from journal.share import render as shown
from journal.share.blocks import pictures_of
from journal.share.render_parts import commitments, hard, questions


def session_facts(payload: Payload) -> list[Block]:
    """The sessions without what was written for them."""
    found: list[Block] = []
    for place in range(len(payload.sessions)):
        found += takewhile(lambda block: block.kind is not BlockKind.SUBHEADING, shown.session(payload, place))
    return found


def note_blocks(payload: Payload) -> list[Block]:
    """What the person wants to talk about, and whatever else was written, said or asked."""
    return [*shown.talk_about(payload), *written(payload)]


def details(payload: Payload) -> list[Block]:
    """Sessions with what was told of them and written for them, other writing, and what was hard, small or asked."""
    found = [block for place in range(len(payload.sessions)) for block in shown.session(payload, place)]
    return [*found, *_others(payload)]


def written(payload: Payload) -> list[Block]:
    """What was written, said or asked, with nothing of the numbers."""
    found: list[Block] = []
    for place, session in enumerate(payload.sessions):
        if session.writings:
            found.append(shown.session(payload, place)[0])
            found += _written(payload, session.writings, payload.place_of(place) + 1)
    return [*found, *_others(payload)]


def _others(payload: Payload) -> list[Block]:
    found: list[Block] = []
    if payload.writings:
        found.append(Block(kind=BlockKind.HEADING, text="Other writing"))
        found += _written(payload, payload.writings, payload.place_of(len(payload.sessions)))
    return [*found, *hard(payload), *commitments(payload), *questions(payload)]


def _written(payload: Payload, writings: tuple[SharedWriting, ...], first: int) -> list[Block]:
    """Writings with their pictures; `first` is the place of the first among the entries."""
    found: list[Block] = []
    for place, one in enumerate(writings, start=first):
        found += shown.writing(one, dates=payload.dates)
        found += pictures_of(payload, place)
    return found
