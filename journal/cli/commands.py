"""The commands about a whole journal: new, list, verify, backup, import, export."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import click

from journal.cli.attaching import attach, extract, files
from journal.cli.common import (
    VAULT,
    Env,
    answer,
    guarded,
    no_device,
    opened,
    password_options,
    progress,
    safe,
    secret_from,
    secrets,
)
from journal.cli.contacts import contact
from journal.cli.keeping import backups, restore
from journal.cli.merging import merge, sync
from journal.cli.replying import reply
from journal.cli.reporting import report
from journal.cli.resting import wake
from journal.cli.rewriting import purge, rotate
from journal.cli.sharing import read_share, share
from journal.errors import DamagedJournal


def _version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    try:
        click.echo(metadata.version("integration-journal"))
    except metadata.PackageNotFoundError:
        click.echo("not installed: run from its source")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """A private, encrypted journal for integration. Nothing leaves this computer."""
    context.ensure_object(Env)


@cli.command()
@click.argument("vault", type=VAULT)
@click.option("--password-file", metavar="FILE", help="Read the password from FILE ('-' for standard input).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def new(env: Env, vault: Path, password_file: str | None, as_json: bool) -> None:
    """Begin a new journal at VAULT and print its recovery words, once."""
    from journal.service import JournalService
    from journal.vault import STANDARD

    if password_file is not None:
        password = secret_from(password_file)
    else:
        password = click.prompt("New password", hide_input=True, confirmation_prompt="The same again", err=True)
    with progress("Making the journal"):
        service, words = JournalService.create(
            vault, password, profile=env.profile or STANDARD, clock=env.clock, state_dir=env.state_dir
        )
    service.close()
    answer(as_json, {"vault": vault, "recovery_words": words}, words)
    click.echo("Write these words down and keep them apart from this computer. They are shown this once.", err=True)


@cli.command(name="list")
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--search", default="", metavar="WORDS", help="Only entries with these words.")
@click.pass_obj
@guarded
def list_entries(
    env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool, search: str
) -> None:
    """Print every entry's id, day, kind and title, newest first."""
    from journal.store import Query

    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        rows = service.rows(Query(text=search))
        if as_json:
            entries = [
                {"eid": row.eid, "kind": row.kind, "when": row.when.at.isoformat() if row.when else None,
                 "title": row.title, "session": row.session}
                for row in rows
            ]  # fmt: skip
            answer(True, {"entries": entries}, "")
            return
        for row in rows:
            day = f"{row.when.at:%Y-%m-%d %H:%M}" if row.when else "-" * 16
            click.echo(f"{row.eid}  {day}  {row.kind:<11}  {safe(row.title or row.snippet[:60])}")


@cli.command()
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def verify(env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool) -> None:
    """Read every part of VAULT and say what is damaged. Ends with status 3 if anything is."""
    from journal.vault import verify_file

    no_device(vault)
    secret = secrets(password_file, recovery_file)
    try:
        with progress("Reading everything"):
            report = verify_file(vault, state_dir=env.state_dir, **secret)
    except DamagedJournal as error:
        answer(as_json, {"ok": False, "rows": 0, "damage": [{"what": "file", "message": str(error)}]}, str(error))
        raise SystemExit(3) from None
    damage = [
        {"what": found.what, "entry": found.eid, "revision": found.rev, "message": found.message}
        for found in report.damage
    ]
    lines = [f"{report.rows} versions of entries were read and are whole."]
    lines += [_line(found) for found in damage]
    if report.older_than_seen:
        lines.append(report.older_than_seen)
    value = {"ok": report.ok, "rows": report.rows, "damage": damage, "older_than_seen": report.older_than_seen}
    answer(as_json, value, "\n".join(lines))
    if not report.ok:
        raise SystemExit(3)


@cli.command()
@click.argument("vault", type=VAULT)
@click.argument("dest", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def backup(
    env: Env, vault: Path, dest: Path, password_file: str | None, recovery_file: str | None, as_json: bool
) -> None:
    """Copy VAULT to DEST, still sealed, and open every row of the copy before calling it a backup."""
    with (
        opened(env, vault, password_file, recovery_file, read_only=True) as service,
        progress("Copying and checking"),
    ):
        made = service.backup(dest)
    value = {"path": made.path, "rows": made.rows, "bytes": made.size, "sha256": made.sha256}
    answer(as_json, value, f"{made.path}: {made.rows} versions of entries, each opened and whole.")


@cli.command(name="import")
@click.argument("vault", type=VAULT)
@click.argument("file", type=VAULT)
@click.option("--from", "format", metavar="NAME", help="The file's format: json or jrnl. Recognised if left out.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def import_file(
    env: Env,
    vault: Path,
    file: Path,
    format: str | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Take the entries of FILE into VAULT: all that can be read, in one go.

    What is there already is not doubled. An entry that says something else in FILE gets that as its newest version.
    """
    with opened(env, vault, password_file, recovery_file) as service, progress("Importing"):
        result = service.import_file(file, format)
    for line in result.refused:
        click.echo(f"Not imported: {line}.", err=True)
    value = {
        "format": result.format, "added": result.added, "already_there": result.already_there,
        "refused": list(result.refused),
    }  # fmt: skip
    text = f"{result.added} entries added, {result.already_there} were there already"
    answer(as_json, value, f"{text}, {len(result.refused)} could not be read.")


@cli.command()
@click.argument("vault", type=VAULT)
@click.option("--format", "format", required=True, metavar="NAME", help="json (everything), markdown, csv or costs.")
@click.option("-o", "--output", required=True, type=VAULT, metavar="FILE", help="A new file to write.")
@click.option("--with-costs", is_flag=True, help="Let the private log of costs go along (json and markdown).")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def export(
    env: Env,
    vault: Path,
    format: str,
    output: Path,
    with_costs: bool,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Write the entries of VAULT to FILE in the clear. Whoever has that file can read it."""
    with opened(env, vault, password_file, recovery_file, read_only=True) as service, progress("Writing"):
        made = service.export(format, output, with_costs=with_costs)
    click.echo("This file is not encrypted: whoever has it can read it.", err=True)
    if made.left_out:
        click.echo(made.left_out, err=True)
    value = {
        "path": made.path, "format": format, "records": made.records, "unfinished_left_out": made.drafts,
        "costs_left_out": made.costs,
    }  # fmt: skip
    answer(as_json, value, f"{made.path}: {made.records}")


cli.add_command(backups)
cli.add_command(restore)
cli.add_command(merge)
cli.add_command(sync)
cli.add_command(purge)
cli.add_command(wake)
cli.add_command(rotate)
cli.add_command(files)
cli.add_command(attach)
cli.add_command(extract)
cli.add_command(contact)
cli.add_command(share)
cli.add_command(read_share)
cli.add_command(reply)
cli.add_command(report)


def main(argv: Sequence[str] | None = None, env: Env | None = None) -> int:
    """Run a command; returns the exit status."""
    try:
        cli.main(
            args=list(argv) if argv is not None else None,
            prog_name="integration-journal",
            obj=env or Env(),
        )
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)


def _line(found: dict[str, str | None]) -> str:
    where = f" (entry {found['entry']})" if found["entry"] else ""
    return f"Damaged: {found['message']}{where}"
