"""The commands about backups: which there are, what differs in one, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.common import (
    VAULT,
    Env,
    answer,
    guarded,
    no_device,
    opened,
    opened_with,
    password_options,
    progress,
    safe,
    secret_from,
    secrets,
)
from journal.errors import CopyNeedsPassword, DamagedJournal, NotFound

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.service.keeping import Comparison
    from journal.vault.restore import Restored


@click.command()
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def backups(env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool) -> None:
    """Print when each automatic backup of VAULT was made, its size and its place, newest first."""
    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        state = service.backups()
    value = {
        "folder": state.folder,
        "on": state.on,
        "backups": [{"path": one.path, "made": one.at.isoformat(), "bytes": one.size} for one in state.backups],
    }
    lines = [f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.size:>12,}  {one.path}" for one in state.backups]
    answer(as_json, value, "\n".join(lines) or f"There is no backup in {state.folder} yet.")


@click.command()
@click.argument("vault", type=VAULT)
@click.argument("backup", type=VAULT)
@click.option("--entries", multiple=True, metavar="ID", help="Bring back only this entry; may be repeated.")
@click.option("--what-differs", is_flag=True, help="Only print what differs; nothing is changed.")
@click.option(
    "--backup-password-file", metavar="FILE", help="The password of BACKUP, where it is sealed under another key."
)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def restore(
    env: Env,
    vault: Path,
    backup: Path,
    entries: tuple[str, ...],
    what_differs: bool,
    backup_password_file: str | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Come back from BACKUP: to the whole of it, or with --entries to some entries of it.

    Entries come back as their newest versions, and nothing is overwritten. The whole of it takes the place of VAULT,
    which becomes a backup itself first or is kept beside it. Where there is no VAULT yet, or none that opens, the
    password is that of BACKUP.
    """
    no_device(backup)
    if not vault.exists():
        if entries or what_differs:
            raise NotFound("There is no journal at this place to compare with.")
        _adopt(env, vault, backup, secrets(password_file, recovery_file), as_json)
        return
    secret = secrets(password_file, recovery_file)
    try:
        with opened_with(env, vault, secret, read_only=what_differs) as service:
            with progress("Comparing"):
                told = _compared(service, backup, backup_password_file)
            if what_differs:
                _tell(told, as_json)
            elif entries:
                with progress("Bringing back"):
                    service.take_from_backup(dict.fromkeys(entries))
                count = len(set(entries))
                what = "entry was" if count == 1 else "entries were"
                answer(as_json, {"vault": vault, "brought_back": count}, f"{count} {what} brought back.")
            else:
                with progress("Copying and checking"):
                    done = service.use_backup()
                _say(done, as_json)
    except DamagedJournal:
        if entries or what_differs or _opens(env, vault, secret):
            raise
        _adopt(env, vault, backup, secret, as_json)


def _compared(service: JournalService, backup: Path, password_file: str | None) -> Comparison:
    password = None if password_file is None else secret_from(password_file)
    try:
        return service.compare_backup(backup, password=password)
    except CopyNeedsPassword:
        return service.compare_backup(
            backup, password=click.prompt("Password of the backup", hide_input=True, err=True)
        )


def _adopt(env: Env, vault: Path, backup: Path, secret: dict[str, str], as_json: bool) -> None:
    from journal.vault import Vault
    from journal.vault.restore import adopt

    with progress("Copying and checking"):
        source = Vault.open(backup, read_only=True, quickly=False, clock=env.clock, state_dir=env.state_dir, **secret)
        try:
            done = adopt(source, vault, clock=env.clock)
        finally:
            source.close()
    _say(done, as_json)


def _opens(env: Env, vault: Path, secret: dict[str, str]) -> bool:
    from journal.vault import Vault

    try:
        Vault.open(vault, read_only=True, quickly=False, clock=env.clock, state_dir=env.state_dir, **secret).close()
    except DamagedJournal:
        return False
    return True


def _tell(told: Comparison, as_json: bool) -> None:
    found = [
        {"entry": one.eid, "what": one.what, "kind": one.kind, "title": one.title, "there": _iso(one.there),
         "here": _iso(one.here)}
        for one in told.differences
    ]  # fmt: skip
    lines = [f"{one.eid}  {one.what:<10}  {one.kind:<11}  {safe(one.title[:60])}" for one in told.differences]
    lines.append(f"{told.same} entries are the same in both.")
    if told.damaged:
        lines.append(f"{told.damaged} parts of the backup are damaged; what was in them is not listed.")
    answer(as_json, {"differences": found, "same": told.same, "damaged": told.damaged}, "\n".join(lines))


def _say(done: Restored, as_json: bool) -> None:
    text = f"{done.path}: {done.rows} versions of entries, each opened and whole."
    if done.aside is not None:
        text += f"\nThe file that was there is kept as {done.aside}."
    answer(as_json, {"path": done.path, "rows": done.rows, "kept": done.aside}, text)


def _iso(at: Any) -> str | None:
    return at.isoformat() if at is not None else None
