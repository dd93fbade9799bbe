"""The commands about contacts: contact add, list, card, compared; and a contact by its name for `share`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options, safe
from journal.errors import NotFound, ShareError

if TYPE_CHECKING:
    from journal.service import JournalService, Known


@click.group()
def contact() -> None:
    """Those with whom shares are exchanged: their cards, and the words that prove them."""


@contact.command(name="add")
@click.argument("vault", type=VAULT)
@click.argument("card", type=VAULT)
@click.option("--role", type=click.Choice(["reads", "writes", "both"]), help="Which way shares go.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def add(
    env: Env,
    vault: Path,
    card: Path,
    role: str | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Keep the contact card in the file CARD. Its words count as not compared."""
    from journal.records import ShareRole
    from journal.service import CardIs
    from journal.share import read_card

    found = read_card(card)
    with opened(env, vault, password_file, recovery_file) as service:
        here = service.look_at_card(found)
        saved = service.add_card(found, ShareRole(role) if role else None)
    value = {"id": saved.eid, "name": found.name, "words": found.words, "standing": here.standing}
    answer(as_json, value, f"{safe(found.name)}: {' '.join(found.words)}")
    if here.standing is CardIs.SIGNS_ANEW:
        click.echo("This contact has another key for signatures now, and other words. Compare them again.", err=True)
    elif here.standing is CardIs.SAME_NAME:
        click.echo("There is another contact of this name, with another address. Compare the words.", err=True)


@contact.command(name="list")
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def list_(env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool) -> None:
    """Everybody, with the words of their cards."""
    from journal.share.who import compared

    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        everybody = service.contacts()
    value = [
        {"id": one.eid, "name": one.contact.name, "address": one.contact.recipient, "role": one.contact.role,
         "words": one.words, "compared": one.contact.checked.at if one.contact.checked else None,
         "how": one.contact.how}
        for one in everybody
    ]  # fmt: skip
    lines = (
        f"{one.eid}  {safe(one.contact.name)}  {' '.join(one.words)}  {compared(one.contact)}" for one in everybody
    )
    text = "\n".join(lines)
    if as_json or text:
        answer(as_json, {"contacts": value}, text)


@contact.command(name="card")
@click.argument("vault", type=VAULT)
@click.option("--name", help="The name on it; else the one in the journal's preferences.")
@click.option("-o", "--output", type=VAULT, metavar="FILE", help="A new file to write it to.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def card(
    env: Env,
    vault: Path,
    name: str | None,
    output: Path | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """This journal's own card, to give to others. It holds no secret."""
    from journal.atomic import write_new
    from journal.share import encode_card

    with opened(env, vault, password_file, recovery_file) as service:
        own = service.own_card(name)
    if own.card is None:
        raise ShareError("A card needs a name. Give it with --name.")
    text = encode_card(own.card)
    if output is not None:
        write_new(output, text.encode())
    value = {"card": text, "words": own.words, "path": output}
    answer(as_json, value, str(output) if output is not None else text.rstrip("\n"))
    if not as_json:
        click.echo(f"Its words: {' '.join(own.words)}", err=True)


@contact.command(name="compared")
@click.argument("vault", type=VAULT)
@click.argument("who", metavar="NAME|ID")
@click.option("--how", type=click.Choice(["in-person", "call"]), required=True, help="Where you heard the words.")
@click.option("--words", required=True, metavar="WORDS", help="The eight words as they read them to you.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def mark(
    env: Env,
    vault: Path,
    who: str,
    how: str,
    words: str,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Note that you compared the words of a contact's card with them."""
    from journal.records import Compared

    told = tuple(words.lower().replace("-", " ").split())
    with opened(env, vault, password_file, recovery_file) as service:
        one = contact_of(service, who)
        if told != one.words:
            raise ShareError("Those are not the words of this contact's card. Nothing was noted.")
        service.mark_compared(one.eid, one.words, Compared(how))
    answer(as_json, {"id": one.eid, "how": how}, f"{safe(one.contact.name)}: the words were compared.")


def contact_of(service: JournalService, who: str) -> Known:
    """The one contact with this name or id. Raises `NotFound`, or `ShareError` where there are several."""
    found = [one for one in service.contacts() if who in (one.eid, one.contact.name)]
    if not found:
        raise NotFound("There is no contact with this name. See `contact list`.")
    if len(found) > 1:
        raise ShareError("Several contacts have this name. Say which by its id; see `contact list`.")
    return found[0]
