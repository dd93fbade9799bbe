"""Questionnaires: which are used, what was answered, and totals that a clinic told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import ImportFailed, NotFound
from journal.ids import new_id
from journal.records import Moment, Record, ScaleAnswers, ScalePack, ScaleTotal, Settings
from journal.scales import (
    BUILT_IN,
    CHECK_IN,
    Fitting,
    KnownPack,
    Pack,
    Score,
    built_in,
    highest_version,
    known_packs,
    pack_for,
    pack_in,
    read_pack,
    scales_fitting,
    score_of,
    to_json,
)
from journal.service.names import NAMES
from journal.service.results import Saved
from journal.service.views import DraftView
from journal.store import Item, Items
from journal.vault import Revision, Vault

_NONE = "Nothing was taken in."


class Answered(msgspec.Struct, frozen=True):
    """A questionnaire as it was filled in once. `pack` is None where its form is not here any more."""

    eid: str
    record: ScaleAnswers
    pack: Pack | None
    score: Score | None


class ScaleState(msgspec.Struct, frozen=True):
    """A questionnaire with all that was answered, the newest first. `draft` is the id of answers not saved yet."""

    known: KnownPack
    used: bool
    answered: tuple[Answered, ...] = ()
    draft: str | None = None


class ScalesView(msgspec.Struct, frozen=True):
    """What the page of questionnaires shows. `gone`: answers to questionnaires that are not here any more."""

    scales: tuple[ScaleState, ...]
    totals: tuple[tuple[str, ScaleTotal], ...]
    gone: tuple[Answered, ...]
    bands: bool
    read_only: bool


class Scales:
    """The part of the service that knows about questionnaires."""

    _items: Items
    _vault: Vault
    _put: Callable[..., tuple[tuple[Revision, ...], Change]]
    clock: Clock

    @property
    def read_only(self) -> bool:
        raise NotImplementedError

    def settings(self) -> Settings:
        raise NotImplementedError

    def save_settings(self, settings: Settings) -> Saved:
        raise NotImplementedError

    def save(self, record: Record, eid: str | None = None) -> Saved:
        raise NotImplementedError

    def delete(self, eid: str) -> Change:
        raise NotImplementedError

    def drafts(self) -> tuple[DraftView, ...]:
        raise NotImplementedError

    def packs(self) -> tuple[KnownPack, ...]:
        """Every questionnaire that can be answered: the program's, then those that were brought or made."""
        return known_packs(self._items)

    def pack(self, name: str) -> Pack | None:
        """The questionnaire of this id, as it stands now."""
        return next((one.pack for one in self.packs() if one.pack.id == name), None)

    def pack_of(self, answers: ScaleAnswers) -> Pack | None:
        """The questionnaire in the version that these answers were given to."""
        return pack_for(self._items, answers)

    def highest_version(self, eid: str) -> int:
        """The highest version that the questionnaire of an entry ever had; 0 where there is none."""
        item = self._items.find(eid)
        pack = pack_in(item.record) if item is not None and isinstance(item.record, ScalePack) else None
        return highest_version(self._items, pack.id) if pack is not None else 0

    def answers(self, name: str | None = None) -> tuple[Answered, ...]:
        """What was answered (to one questionnaire), the newest first."""
        found = [
            self._answered(item.eid, item.record)
            for item in self._items.of_kind("scale")
            if isinstance(item.record, ScaleAnswers) and name in (None, item.record.scale)
        ]
        return tuple(sorted(found, key=lambda one: (one.record.at.at.timestamp(), one.eid), reverse=True))

    def scales(self) -> ScalesView:
        """All about questionnaires, for their page."""
        settings = self.settings()
        every = self.answers()
        known = self.packs()
        drafts = {
            draft.record.scale: draft.eid
            for draft in reversed(self.drafts())
            if draft.is_new and isinstance(draft.record, ScaleAnswers)
        }
        here = {one.pack.id for one in known}
        totals = [(item.eid, item.record) for item in self._items.of_kind("total")]
        return ScalesView(
            scales=tuple(
                ScaleState(
                    one,
                    one.pack.id in settings.scales,
                    tuple(answered for answered in every if answered.record.scale == one.pack.id),
                    drafts.get(one.pack.id),
                )
                for one in known
            ),
            totals=tuple(
                sorted(
                    ((eid, total) for eid, total in totals if isinstance(total, ScaleTotal)),
                    key=lambda pair: (pair[1].at.at.timestamp(), pair[0]),
                    reverse=True,
                )
            ),
            gone=tuple(one for one in every if one.record.scale not in here),
            bands=settings.bands,
            read_only=self.read_only,
        )

    def fitting_scales(self) -> tuple[Fitting, ...]:
        """The questionnaires in use that would fit now."""
        return scales_fitting(self._items, self.clock.now())

    def use_scale(self, name: str, used: bool = True, *, instead_of: str = "") -> Saved:
        """Use a questionnaire (in place of another), or use it no longer. What was answered stays."""
        settings = self.settings()
        kept = [one for one in settings.scales if one not in (name, instead_of)]
        return self.save_settings(msgspec.structs.replace(settings, scales=(*kept, name) if used else tuple(kept)))

    def show_bands(self, shown: bool) -> Saved:
        """Show published ranges beside totals, or not."""
        return self.save_settings(msgspec.structs.replace(self.settings(), bands=shown))

    def look_at_pack(self, path: Path) -> tuple[Pack, bool]:
        """The questionnaire in a file, before it is taken in, and whether it is here already.

        Raises `ImportFailed` where it would stand for another one, and as `read_pack`.
        """
        pack = msgspec.structs.replace(read_pack(path), instead_of="")
        if pack.id in (*BUILT_IN, CHECK_IN):
            raise ImportFailed(f"This file calls itself {pack.title}, which is here already, word for word. {_NONE}")
        if _folded(pack.title) in _taken_names():
            raise ImportFailed(
                f"This file calls itself {pack.title}, and is not the one of that name that is here already. {_NONE}"
            )
        before = self._pack_entry(pack.id)
        if before is None:
            return pack, False
        known = [
            old
            for version in self._items.versions(before.eid)
            if isinstance(version.record, ScalePack)
            and (old := pack_in(version.record)) is not None
            and old.version == pack.version
        ]
        if known and pack not in known:
            raise ImportFailed(
                "A questionnaire of this name and version is here already, and its words are not those of this file. "
                f"{_NONE}"
            )
        return pack, True

    def take_pack(self, pack: Pack) -> Saved:
        """Take a questionnaire in, or a later version of one, and use it."""
        before = self._pack_entry(pack.id)
        record = ScalePack(pack=to_json(pack), added=Moment(self.clock.now()))
        return self.save_pack(record, before.eid if before is not None else new_id())

    def save_pack(self, record: ScalePack, eid: str, over: str = "") -> Saved:
        """Save a questionnaire, and use it from now on: one commit, both or neither. Undo takes the first back.
        `over` as with `save`."""
        if eid in self._vault.purged_eids():
            eid = new_id()
        before, settings, pack = self._items.find(eid), self.settings(), pack_in(record)
        entries: list[tuple[str, Record]] = [(eid, record)]
        quiet = set()
        if pack is not None and pack.id not in settings.scales:
            used = msgspec.structs.replace(settings, scales=(*settings.scales, pack.id))
            kept = min((item.eid for item in self._items.of_kind("settings")), default=None) or new_id()
            entries.append((kept, used))
            quiet.add(kept)
        label = f"{'changing' if before is not None else 'adding'} the {NAMES[record.kind]}"
        written, change = self._put(label, entries, typed=[eid], quiet=quiet, over=over)
        return Saved(eid, written[0].rev, change)

    def remove_pack(self, name: str) -> Change:
        """Take a questionnaire out that was brought or made; what was answered stays. Raises `NotFound`.

        That it was used is still known: undo brings all of it back.
        """
        item = self._pack_entry(name)
        if item is None:
            raise NotFound
        return self.delete(item.eid)

    def _pack_entry(self, name: str) -> Item | None:
        return next(
            (self._items.get(one.eid) for one in self.packs() if one.pack.id == name and one.eid is not None), None
        )

    def _answered(self, eid: str, record: ScaleAnswers) -> Answered:
        pack = self.pack_of(record)
        return Answered(eid, record, pack, score_of(pack, record) if pack is not None else None)


@cache
def _taken_names() -> frozenset[str]:
    """What the program's own questionnaires are called."""
    packs = [built_in(name) for name in (*BUILT_IN, CHECK_IN)]
    return frozenset(_folded(name) for pack in packs for name in (pack.title, pack.name) if name)


def _folded(name: str) -> str:
    """A name by its letters and digits alone, so that "phq 9" is "PHQ-9"."""
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())
