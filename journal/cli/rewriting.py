"""The commands that have the whole file written anew: rotate, purge."""

from __future__ import annotations

from pathlib import Path

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options, progress, secret_from
from journal.errors import NotFound


@click.command()
@click.argument("vault", type=VAULT)
@click.option("--new-password-file", metavar="FILE", help="Read the new password from FILE ('-' for standard input).")
@click.option("--remove-backups", is_flag=True, help="Make a backup afterwards, and remove the older ones.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def rotate(
    env: Env,
    vault: Path,
    new_password_file: str | None,
    remove_backups: bool,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Seal all of VAULT under a new key, for when somebody may know the password. Prints the new recovery words once.

    They are printed when the new file is whole, right before it takes the old one's place; if an error follows, the
    old password and the old words stay in force. Copies and backups made before still open with the old ones.
    """

    def told(words: str) -> None:
        answer(as_json, {"vault": vault, "recovery_words": words}, words)

    with opened(env, vault, password_file, recovery_file) as service:
        if new_password_file is not None:
            password = secret_from(new_password_file)
        else:
            password = click.prompt("New password", hide_input=True, confirmation_prompt="The same again", err=True)
        with progress("Sealing everything anew"):
            service.rotate(password, ready=told)
        click.echo(
            "Write these words down and keep them apart from this computer. They are shown this once.", err=True
        )
        if remove_backups:
            with progress("Making a backup"):
                gone = service.renew_backups()
            click.echo(f"A new backup was made, and {gone} older ones were removed.", err=True)
        else:
            click.echo("Copies and backups made before still open with the old password.", err=True)


@click.command()
@click.argument("vault", type=VAULT)
@click.option("--removed", is_flag=True, help="Every entry that was removed from the journal.")
@click.option("--entry", "entries", multiple=True, metavar="ID", help="This entry (see `list`). Repeatable.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--remove-backups", is_flag=True, help="Make a backup afterwards, and remove the older ones.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def purge(
    env: Env,
    vault: Path,
    removed: bool,
    entries: tuple[str, ...],
    yes: bool,
    remove_backups: bool,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Take entries out of VAULT for good, with all their versions. It cannot be undone.

    Copies and backups made before still hold them.
    """
    if removed == bool(entries):
        raise click.UsageError("Choose one: --removed, or --entry ID (repeatable).")
    with opened(env, vault, password_file, recovery_file) as service:
        eids = [one.eid for one in service.removed()] if removed else list(dict.fromkeys(entries))
        if entries and any(not service.versions(eid) for eid in eids):
            raise NotFound("There is no such entry. Nothing was removed; see `list` for the ids.")
        if eids and not yes:
            click.confirm(f"Remove {_entries(len(eids))} for good? This cannot be undone.", abort=True, err=True)
        with progress("Writing the file anew"):
            done = service.purge_all(eids)
            gone = service.renew_backups() if remove_backups else None
    value = {"entries": done.entries, "versions": done.versions, "drafts": done.drafts, "backups_removed": gone or 0}
    answer(as_json, value, f"{_entries(done.entries)} left the file for good, with every version.")
    if gone is None and done.entries:
        click.echo("Copies and backups made before still hold them.", err=True)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
