"""The commands about shares: share, read-share."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options, progress, safe, secret_from
from journal.cli.contacts import contact_of
from journal.errors import NotAShare, ShareError

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.share import OpenedReply, OpenedShare, Picked
    from journal.share.who import Told

_KINDS = (
    "intention", "experience", "integration", "page",
    "scale", "total", "medicine", "sideeffect", "hard", "commitment", "question",
)  # fmt: skip


@click.command()
@click.argument("vault", type=VAULT)
@click.option("--to", "recipients", multiple=True, metavar="RECIPIENT", help="A reader's address. Repeatable.")
@click.option("--contact", "contacts", multiple=True, metavar="NAME|ID", help="A contact. Repeatable.")
@click.option("--prove/--no-prove", default=None, help="Let these readers, and nobody else, check that you made it.")
@click.option("--sign", is_flag=True, help="Sign it: proves to anybody, for good, that you made it.")
@click.option("--passphrase", is_flag=True, help="Close it with a passphrase this program makes and prints, once.")
@click.option("--html", is_flag=True, help="A page for any browser, closed with a passphrase made and printed once.")
@click.option("-o", "--output", required=True, type=VAULT, metavar="FILE", help="A new file to write.")
@click.option("--entry", "entries", multiple=True, metavar="ID", help="Include this entry (see `list`). Repeatable.")
@click.option("--session", "sessions", multiple=True, metavar="ID|all", help="Include a session's date, route, dose.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Include all entries of a kind.")
@click.option("--check-ins", is_flag=True, help="Include the numbers of all check-ins.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what lies on or after this day.")
@click.option("--from", "sender", default="", metavar="NAME", help="Your name, for the cover.")
@click.option("--for", "reader", default="", metavar="NAME", help="The reader's name, for the cover.")
@click.option("--talk-about", default="", metavar="TEXT", help="What you want to talk about; stands at the top.")
@click.option("--exact-times", is_flag=True, help="Times of day, not only days.")
@click.option("--place", "include_place", is_flag=True, help="Where sessions took place.")
@click.option("--people", "include_people", is_flag=True, help="Who was there.")
@click.option("--session-notes", "include_session_notes", is_flag=True, help="Notes about sessions themselves.")
@click.option("--check-in-notes", "include_checkin_notes", is_flag=True, help="Notes beside check-ins.")
@click.option("--tags", "include_tags", is_flag=True, help="Tags and kinds of therapy.")
@click.option("--readings", "include_readings", is_flag=True, help="Blood pressure and pulse at these sessions.")
@click.option("--items", "include_items", is_flag=True, help="Answers to the single items of questionnaires.")
@click.option("--body-notes", "include_body_notes", is_flag=True, help="Notes on medicines, effects, questionnaires.")
@click.option("--picture", "pictures", multiple=True, metavar="ID", help="This picture (see `files`). Repeatable.")
@click.option("--pictures", "all_pictures", is_flag=True, help="All pictures that were added to these entries.")
@click.option("--dates", type=click.Choice(("day", "week", "month")), default="day", help="How exact days are.")
@click.option("--tell-left-out", is_flag=True, help="Say how much was left out.")
@click.option("--preview", is_flag=True, help="Print what would be in it, and write nothing.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def share(
    env: Env,
    vault: Path,
    recipients: tuple[str, ...],
    contacts: tuple[str, ...],
    prove: bool | None,
    sign: bool,
    passphrase: bool,
    html: bool,
    output: Path,
    entries: tuple[str, ...],
    sessions: tuple[str, ...],
    kinds: tuple[str, ...],
    check_ins: bool,
    since: date | None,
    sender: str,
    reader: str,
    talk_about: str,
    dates: str,
    pictures: tuple[str, ...],
    all_pictures: bool,
    preview: bool,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Seal chosen entries of VAULT for one reader. Nothing is included unless an option says so.

    A share for contacts proves to them that you made it, unless --no-prove says otherwise.
    """
    from journal.share import HTML_WORDS, Dates, Selection, check_recipient, generate_passphrase, plain_page

    if [bool(recipients + contacts), passphrase, html].count(True) != 1 and not preview:
        raise click.UsageError("Choose one: --to RECIPIENT or --contact NAME (repeatable), --passphrase or --html.")
    if prove and (passphrase or html):
        raise click.UsageError("--prove needs a reader's address: --to or --contact.")
    if sign and html:
        raise click.UsageError("A browser cannot check a signature: --sign does not go with --html.")
    addresses = [check_recipient(recipient) for recipient in recipients]
    with opened(env, vault, password_file, recovery_file) as service:
        addresses += [contact_of(service, who).contact.recipient for who in contacts]
        eids = chosen(service, entries, sessions, kinds, check_ins=check_ins, since=since)
        if not eids:
            raise ShareError("Nothing was chosen, so nothing was written. See the options, and `list` for ids.")
        options["dates"] = Dates(dates)
        options["pictures"] = picked(service, eids, pictures, every=all_pictures)
        selection = Selection(eids=eids, sender=sender, to=reader, talk_about=talk_about, **options)
        with progress("Drawing pictures anew") if options["pictures"] else nullcontext():
            payload = service.preview_share(selection)
        if preview:
            click.echo(plain_page(payload))
            return
        words = None
        if passphrase or html:
            words = generate_passphrase(HTML_WORDS) if html else generate_passphrase()
        with progress("Sealing and reading back"):
            made = service.write_share(
                selection,
                output,
                payload=payload,
                passphrase=words,
                recipients=addresses,
                prove=bool(contacts) if prove is None else prove,
                sign=sign,
                html=html,
            )
    value = {"path": made.path, "share": made.share, "counts": payload.counts, "passphrase": words}
    answer(as_json, value, words or str(made.path))
    if words and not as_json:
        click.echo("Tell these words by another way than the file. They are shown this once.", err=True)


def chosen(
    service: JournalService,
    entries: tuple[str, ...],
    sessions: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    check_ins: bool,
    since: date | None,
) -> frozenset[str]:
    """The ids of what these options of `share` name."""
    wanted = set(entries)
    for item in service.items():
        kind, when = item.record.kind, item.record.when
        if since is not None and (when is None or when.at.replace(tzinfo=None) < since):
            continue
        if kind in kinds or (check_ins and kind == "checkin"):
            wanted.add(item.eid)
        if kind == "session" and ("all" in sessions or item.eid in sessions):
            wanted.add(item.eid)
    return frozenset(wanted | (set(sessions) - {"all"}))


def picked(
    service: JournalService, eids: frozenset[str], pictures: tuple[str, ...], *, every: bool
) -> tuple[Picked, ...]:
    """The pictures that these options of `share` name, without words under them."""
    from journal.share import Picked

    wanted = list(pictures)
    if every:
        offered = service.share_pictures()
        wanted += [one.eid for entry in sorted(eids) for one in offered.get(entry, ())]
    return tuple(Picked(eid) for eid in dict.fromkeys(wanted))


@click.command(name="read-share")
@click.argument("file", type=VAULT)
@click.option("--passphrase-file", metavar="FILE", help="Read the passphrase from FILE ('-' for standard input).")
@click.option("--identity-file", metavar="FILE", help="Open with an age identity from FILE.")
@click.option("--vault", type=VAULT, metavar="VAULT", help="Open with the address of this journal.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def read_share(
    env: Env,
    file: Path,
    passphrase_file: str | None,
    identity_file: str | None,
    vault: Path | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Open a share, or a reply to one, and print what is in it."""
    from journal.share import OpenedReply
    from journal.share.payload import encode
    from journal.share.picture import spoiled_text
    from journal.share.reply import encode_reply

    found, told = open_either(env, file, passphrase_file, identity_file, vault, password_file, recovery_file)
    if found.proof is not None or isinstance(found, OpenedReply):
        click.echo(safe(told.text), err=True)
    if not isinstance(found, OpenedReply) and found.spoiled:
        click.echo(spoiled_text(found.spoiled), err=True)
    if as_json:
        body = encode_reply(found.payload) if isinstance(found, OpenedReply) else encode(found.payload)
        click.echo(json.dumps(json.loads(body), ensure_ascii=False))
    else:
        click.echo(found.text)


def open_share(
    env: Env,
    file: Path,
    passphrase_file: str | None,
    identity_file: str | None,
    vault: Path | None,
    password_file: str | None,
    recovery_file: str | None,
) -> tuple[OpenedShare, Told]:
    """The share in a file, and who made it. Errors as `open_either`, and `NotAShare` for a reply."""
    from journal.share import OpenedReply

    found, told = open_either(env, file, passphrase_file, identity_file, vault, password_file, recovery_file)
    if isinstance(found, OpenedReply):
        raise NotAShare("This file is a reply to a share.")
    return found, told


def open_either(
    env: Env,
    file: Path,
    passphrase_file: str | None,
    identity_file: str | None,
    vault: Path | None,
    password_file: str | None,
    recovery_file: str | None,
) -> tuple[OpenedShare | OpenedReply, Told]:
    """The share or the reply in a file, and who made it. A journal opens it, or an age identity, or its words, which
    are asked for otherwise."""
    from journal.share import OpenedReply, inspect_file, read_either, recipient_of, verify
    from journal.share.who import who_made, who_replied

    if vault is not None:
        with (
            opened(env, vault, password_file, recovery_file, read_only=True) as service,
            progress("Opening the share"),
        ):
            found = service.open_either(file)
            if isinstance(found, OpenedReply):
                return found, service.check_reply(found).told
            checked = service.check_share(found)
        return found, who_made(checked.finding, checked.seen)
    own = None
    if identity_file is not None:
        lines = secret_from(identity_file, "identity").splitlines()
        identity = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
        with progress("Opening the share"):
            found = read_either(file, identity=identity)
        own = {recipient_of(identity): identity}
    else:
        if inspect_file(file) == "recipient" and passphrase_file is None:
            raise ShareError("This share was made for an address. Open it with --vault or --identity-file.")
        if passphrase_file is not None:
            words = secret_from(passphrase_file, "passphrase")
        else:
            words = click.prompt("The words you were told", err=True)
        with progress("Opening the share"):
            found = read_either(file, passphrase=words)
    if isinstance(found, OpenedReply):
        return found, who_replied(verify(found.share, found.proof, own, reply=found.reply))
    return found, who_made(verify(found.share, found.proof, own))
