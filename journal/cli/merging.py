"""The commands for two computers: merge, sync."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.common import VAULT, Env, answer, guarded, no_device, opened, password_options, progress, secret_from
from journal.errors import CopyNeedsPassword

if TYPE_CHECKING:
    from journal.service import JournalService, Preview


@click.command()
@click.argument("vault", type=VAULT)
@click.argument("other", type=VAULT)
@password_options
@click.option(
    "--other-password-file",
    metavar="FILE",
    help="Where OTHER is closed with another key: read its password from FILE ('-' for standard input).",
)
@click.option("--look", is_flag=True, help="Only say what would come in; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def merge(
    env: Env,
    vault: Path,
    other: Path,
    password_file: str | None,
    recovery_file: str | None,
    other_password_file: str | None,
    look: bool,
    as_json: bool,
) -> None:
    """Take what OTHER, another copy of the same journal, has and VAULT has not into VAULT.

    Nothing is lost: an entry that was changed in both has both versions afterwards. OTHER is only read.
    """
    no_device(other)
    with opened(env, vault, password_file, recovery_file, read_only=look) as service:
        ask = password_file is None and recovery_file is None
        with progress("Reading the other copy"):
            shown = _look(service, other, other_password_file, ask=ask)
        for damage in shown.damage:
            where = f" (entry {damage.eid})" if damage.eid else ""
            click.echo(f"Left there: {damage.message}{where}", err=True)
        if look:
            kinds = ("new", "changed", "two versions", "removed", "gone")
            counts = {what.replace(" ", "_"): shown.count(what) for what in kinds}
            value = {**counts, "others": shown.others, "drafts": shown.drafts, "left": len(shown.damage)}
            answer(as_json, value, "\n".join(f"{shown.count(what)} {what}" for what in kinds))
            return
        with progress("Merging"):
            done = service.merge(shown.copy)
    value = {
        "versions": done.versions, "drafts": done.drafts, "two_versions": done.apart, "removed_for_good": done.gone,
        "left": len(done.damage),
    }  # fmt: skip
    text = f"{done.versions} versions of entries came in; {done.apart} entries have two versions now."
    answer(as_json, value, f"{text} {done.gone} were removed for good." if done.gone else text)


@click.command()
@click.argument("vault", type=VAULT)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def sync(
    env: Env, vault: Path, folder: Path, password_file: str | None, recovery_file: str | None, as_json: bool
) -> None:
    """Do one round with FOLDER, which a sync program carries between your computers.

    What other computers wrote there is taken into VAULT; then this computer's sealed copy is written there. VAULT
    itself must be elsewhere. Copies that are not whole yet are left for the next round.
    """
    with opened(env, vault, password_file, recovery_file) as service, progress("Merging"):
        done = service.sync(folder)
    for name in done.closed:
        click.echo(f"{name} is closed with another key. Merge it once by hand.", err=True)
    value = {
        "versions": done.versions, "two_versions": done.apart, "removed_for_good": done.gone, "wrote": done.wrote,
        "waiting": list(done.waiting), "closed": list(done.closed),
    }  # fmt: skip
    text = f"{done.versions} versions of entries came in; {done.apart} entries have two versions now."
    text += " This computer's copy was written." if done.wrote else ""
    text += f" Not whole yet: {', '.join(done.waiting)}." if done.waiting else ""
    answer(as_json, value, text)


def _look(service: JournalService, other: Path, password_file: str | None, *, ask: bool) -> Preview:
    try:
        return service.look_into(other)
    except CopyNeedsPassword:
        if password_file is None and not ask:
            raise
    if password_file is not None:
        password = secret_from(password_file)
    else:
        password = click.prompt("Password of the other copy", hide_input=True, err=True)
    return service.look_into(other, password=password)
