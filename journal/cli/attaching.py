"""The commands about files that belong to entries: files, attach, extract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options, progress, safe
from journal.errors import NotFound
from journal.records import Attachment

if TYPE_CHECKING:
    from journal.service import JournalService


@click.command()
@click.argument("vault", type=VAULT)
@click.option("--entry", metavar="ID", help="Only the files of this entry (see `list`).")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def files(
    env: Env, vault: Path, entry: str | None, password_file: str | None, recovery_file: str | None, as_json: bool
) -> None:
    """Print every file that was added to an entry: its id, the entry's id, size, kind and name."""
    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        found = _files(service, entry)
    if as_json:
        listed = [
            {"eid": eid, "entry": one.entry, "name": one.name, "size": one.size, "media": one.media}
            for eid, one in found
        ]
        answer(True, {"files": listed}, "")
        return
    for eid, one in found:
        click.echo(f"{eid}  {one.entry}  {one.size:>12,}  {safe(one.media)}  {safe(one.name)}")


@click.command()
@click.argument("vault", type=VAULT)
@click.argument("entry", metavar="ENTRY")
@click.argument("file", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def attach(
    env: Env,
    vault: Path,
    entry: str,
    file: Path,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Add FILE to the entry with the id ENTRY (see `list`). It is sealed, and read back before that is said.

    The file itself stays where it is.
    """
    with opened(env, vault, password_file, recovery_file) as service, progress("Adding the file"):
        attaching = service.begin_attaching(entry, file)
        try:
            while (told := service.attach_some(attaching)).saved is None:
                pass
        except KeyboardInterrupt:  # between two steps
            service.stop_attaching(attaching)
            raise
    eid = told.saved.eid
    value = {"eid": eid, "entry": entry, "name": attaching.name, "size": told.all, "media": attaching.media}
    answer(as_json, value, eid)
    click.echo("The file was added. The one you chose is still in its place, and is not sealed.", err=True)


@click.command()
@click.argument("vault", type=VAULT)
@click.argument("eid", metavar="ID")
@click.option("-o", "--output", required=True, type=VAULT, metavar="FILE", help="A new file to write.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def extract(
    env: Env,
    vault: Path,
    eid: str,
    output: Path,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Write a plain copy of the file with this ID (see `files`) to FILE. Whoever has that file can read it."""
    with opened(env, vault, password_file, recovery_file, read_only=True) as service, progress("Writing"):
        made = service.copy_out(eid, output)
    click.echo("This file is not encrypted: whoever has it can read it.", err=True)
    size = made.stat().st_size
    answer(as_json, {"path": made, "size": size}, f"{made}: {size:,} bytes")


def _files(service: JournalService, entry: str | None) -> list[tuple[str, Attachment]]:
    """The files of one entry, or of all that are in the journal; the newest first."""
    if entry is not None and service.find(entry) is None:
        raise NotFound("There is no such entry; see `list` for the ids.")
    items = service.items() if entry is None else service.attachments(entry)
    found = [(item.eid, item.record) for item in items if isinstance(item.record, Attachment)]
    here = [(eid, one) for eid, one in found if service.find(one.entry) is not None]
    return sorted(here, key=lambda pair: (pair[1].at.at, pair[0]), reverse=True)
