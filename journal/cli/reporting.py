"""The command `report`: a share, or entries chosen as for one, as an open file for others."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options, progress
from journal.cli.sharing import chosen, open_share, share
from journal.errors import JournalError, ShareError

if TYPE_CHECKING:
    from journal.report import Maker
    from journal.share import Payload

# Forms that need Qt to paint them. Whoever has it adds them (ui.command); the rest works without.
PAINTERS: dict[str, Maker] = {}
_BEGIN = b"age-encryption.org/"
_NAMES = ("pdf", "pdf-all", "md", "csv", "fhir")
_ONLY_CHOICES = "Choosing entries goes with a journal. A share is taken as it is."


@click.command()
@click.argument("source", type=VAULT, metavar="FILE.age|VAULT")
@click.option("--format", "form", required=True, type=click.Choice(_NAMES), help="pdf: one page, then details.")
@click.option("-o", "--output", required=True, type=VAULT, metavar="FILE", help="A new file to write.")
@click.option("--passphrase-file", metavar="FILE", help="Of a share: its passphrase ('-' for standard input).")
@click.option("--identity-file", metavar="FILE", help="Of a share: open with an age identity from FILE.")
@click.option("--vault", type=VAULT, metavar="VAULT", help="Of a share: open with the address of this journal.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def report(
    env: Env,
    source: Path,
    form: str,
    output: Path,
    passphrase_file: str | None,
    identity_file: str | None,
    vault: Path | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
    **choice: Any,
) -> None:
    """Write a share, or chosen entries of VAULT, as pages, text, numbers or FHIR.

    The file is in the clear. Of a journal nothing is in it unless an option says so, as with `share`.
    """
    from journal.atomic import refuse_existing
    from journal.report import write_report

    refuse_existing(output)  # before anything is asked for
    make = _maker(form)
    if _is_share(source):
        if any(choice[name] not in (False, "", None, (), "day") for name in choice):
            raise ShareError(_ONLY_CHOICES)
        secrets = (passphrase_file, identity_file, vault, password_file, recovery_file)
        payload = open_share(env, source, *secrets)[0].payload
    else:
        payload = _payload(env, source, password_file, recovery_file, **choice)
    with progress("Writing"):
        write_report(output, payload, make, env.clock.now())
    click.echo("This file is not encrypted: whoever has it can read it.", err=True)
    answer(as_json, {"path": output, "format": form, "counts": payload.counts}, str(output))


# The same options choose what is in a report and what is in a share.
_CHOOSING = {
    "entries", "sessions", "kinds", "check_ins", "since", "sender", "reader", "talk_about", "dates", "exact_times",
    "tell_left_out",
}  # fmt: skip
_CHOICES = [option for option in share.params if option.name in _CHOOSING or str(option.name).startswith("include_")]
report.params += _CHOICES


def _payload(
    env: Env,
    vault: Path,
    password_file: str | None,
    recovery_file: str | None,
    *,
    entries: tuple[str, ...],
    sessions: tuple[str, ...],
    kinds: tuple[str, ...],
    check_ins: bool,
    since: date | None,
    sender: str,
    reader: str,
    talk_about: str,
    dates: str,
    **options: Any,
) -> Payload:
    from journal.share import Dates, Selection

    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        eids = chosen(service, entries, sessions, kinds, check_ins=check_ins, since=since)
        if not eids:
            raise ShareError("Nothing was chosen, so nothing was written. See the options, and `list` for ids.")
        selection = Selection(
            eids=eids, sender=sender, to=reader, talk_about=talk_about, dates=Dates(dates), **options
        )
        return service.preview_share(selection)


def _maker(form: str) -> Maker:
    from journal.report import MAKERS

    makers = MAKERS | PAINTERS
    if form not in makers:
        raise JournalError(
            "Pages are painted by the part of this program that has the window, and it is not here. The formats md, "
            "csv and fhir need none."
        )
    return makers[form]


def _is_share(path: Path) -> bool:
    """By how it begins, or by its name; what is no file is never opened, since that could wait for ever."""
    named = path.suffix.lower() == ".age"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return named
        with path.open("rb") as file:
            return file.read(len(_BEGIN)) == _BEGIN or named
    except OSError:
        return named  # whoever opens it says what is wrong
