"""Several copies of one journal, each on a device of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from journal.store import Items
from journal.vault import Revision, Vault
from tests.journal.vault.samples import by_words, page


class Device:
    """A copy of a journal, with its own note of what was seen, as on another computer."""

    def __init__(self, source: Path, folder: Path, words: str) -> None:
        folder.mkdir(parents=True)
        self.path, self.words = folder / "mine.vault", words
        shutil.copy(source, self.path)
        self.vault = self.open()

    def open(self) -> Vault:
        return by_words(self.path, self.words)

    def take_in(self, other: Device | Path) -> int:
        """Merge another device's copy; how many revisions came."""
        path = other.path if isinstance(other, Device) else other
        return len(self.vault.merge(self.vault.recognise(path)).revisions)

    def close(self) -> None:
        self.vault.close()


def devices(tmp_path: Path, vault: Vault, words: str, count: int = 2) -> list[Device]:
    """So many devices with the journal as it stands; the first vault is closed."""
    vault.close()
    return [Device(vault.path, tmp_path / f"device{number}", words) for number in range(count)]


def edit(device: Device, eid: str, text: str, *, deleted: bool = False) -> str:
    """Write over every version of an entry; the new one's id."""
    heads = tuple(rev for rev, _ in shown(device.vault)[eid])
    return device.vault.append([page(text, eid, heads, deleted=deleted)])[0].rev


def held(vault: Vault) -> dict[tuple[str, str], Revision]:
    """Every revision, by its place."""
    return {(one.eid, one.rev): one for one in vault.revisions()}


def shown(vault: Vault) -> dict[str, list[tuple[str, bool]]]:
    """The heads of every entry in the order in which they are shown."""
    items = Items(vault.revisions())
    eids = {one.eid for one in vault.revisions()}
    return {eid: [(head.rev, head.deleted) for head in items.heads(eid)] for eid in sorted(eids)}


def same_and_whole(*copies: Device) -> None:
    """Every copy holds and shows the same, is whole, and opens again."""
    first = copies[0]
    for one in copies:
        assert held(one.vault) == held(first.vault)
        assert shown(one.vault) == shown(first.vault)
        assert one.vault.verify().ok
        one.close()
        one.vault = one.open()
        assert one.vault.report.ok and not one.vault.read_only
        assert one.vault.report.older_than_seen is None
