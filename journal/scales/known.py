"""Which questionnaires a journal has: those of the program, and those that were brought or made, in each version."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from journal.errors import ImportFailed
from journal.records import ScaleAnswers, ScalePack
from journal.scales.pack import BUILT_IN, CHECK_IN, Pack, built_in, parse_pack
from journal.store import Items


class KnownPack(Struct, frozen=True):
    """A questionnaire, and the entry it stands in, if it is not the program's. `own`: the person made it."""

    pack: Pack
    eid: str | None = None
    own: bool = False


def known_packs(items: Items) -> tuple[KnownPack, ...]:
    """All that can be answered: the program's first, then by title. One that cannot be read is left out."""
    brought: dict[str, KnownPack] = {}
    for item in items.of_kind("pack"):
        if isinstance(item.record, ScalePack) and (pack := pack_in(item.record)) is not None:
            here = brought.get(pack.id)
            if here is None or here.pack.version < pack.version:  # two computers may each have taken one in
                brought[pack.id] = KnownPack(pack, item.eid, item.record.own)
    ours = tuple(KnownPack(built_in(name)) for name in BUILT_IN)
    return ours + tuple(sorted(brought.values(), key=lambda one: (one.pack.title.casefold(), one.pack.id)))


def pack_in(record: ScalePack) -> Pack | None:
    """The questionnaire of an entry, or None where it cannot be read, or takes a name of the program's own."""
    try:
        pack = parse_pack(record.pack)
    except ImportFailed:
        return None
    # None that was brought stands for one of the program's, whatever it says.
    return None if pack.id in (*BUILT_IN, CHECK_IN) else msgspec.structs.replace(pack, instead_of="")


def pack_for(items: Items, answers: ScaleAnswers) -> Pack | None:
    """The questionnaire in the version that was answered, also where it was changed or removed since.

    None where two forms call themselves that, as two computers may each make a next version: whose words were
    answered cannot be known then.
    """
    if answers.scale in BUILT_IN:
        pack = built_in(answers.scale)
        return pack if pack.version == answers.version else None
    first: Pack | None = None
    for pack in _ever(items):
        if (pack.id, pack.version) == (answers.scale, answers.version):
            if first is not None and pack != first:
                return None
            first = pack
    return first


def told_answers(pack: Pack | None, answers: ScaleAnswers) -> tuple[str, ...]:
    """What was asked and what was answered, a line for each question; none where the questions are not known."""
    if pack is None or len(answers.answers) != len(pack.items):
        return ()
    lines = []
    for place, (item, value) in enumerate(zip(pack.items, answers.answers, strict=True)):
        chosen = next((one.text for one in pack.options_of(place) if one.value == value), "")
        blank = "preferred not to answer" if place in answers.declined else "no answer"
        said = blank if value is None else f"{value} {chosen}".strip()
        lines.append(f"{item.text} {said}" if item.text.endswith(("?", ":")) else f"{item.text}: {said}")
    return tuple(lines)


def highest_version(items: Items, name: str) -> int:
    """The highest version that a questionnaire ever had here, removed ones too; 0 where there was none."""
    return max((pack.version for pack in _ever(items) if pack.id == name), default=0)


def _ever(items: Items) -> Iterator[Pack]:
    eids = [item.eid for item in items.of_kind("pack")]
    eids += [item.eid for item in items.removed() if isinstance(item.record, ScalePack)]
    for eid in eids:
        for version in items.versions(eid):
            if isinstance(version.record, ScalePack) and (pack := pack_in(version.record)) is not None:
                yield pack
