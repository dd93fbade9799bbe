"""The commands about replies: waiting and write, for who reads shares; keep and list, for who made them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.common import (
    VAULT,
    Env,
    answer,
    guarded,
    opened,
    password_options,
    progress,
    safe,
    secret_from,
)
from journal.errors import NotAShare

if TYPE_CHECKING:
    from journal.records import Comment
    from journal.service import CommentView, ReplyView

_WHERE = {
    "passage": "these words stand in the entry",
    "entry": "the whole entry",
    "changed": "the entry is there, these words are not in it any more",
    "several": "these words stand in the entry more than once",
    "removed": "the entry was removed",
    "gone": "the entry was removed for good",
    "not in share": "the share had no such entry at this place",
    "other entries": "it is not certain that it was written about what the share held",
    "unknown": "this journal does not know the share",
}


@click.group()
def reply() -> None:
    """Comments on a share, going back to who made it: a sealed file as well."""


@reply.command(name="waiting")
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def waiting(env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool) -> None:
    """The shares that are kept in VAULT, their ids, the comments on them, and what was sent."""
    from journal.records import Comment

    shares, lines = [], []
    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        for row in service.clients():
            for one in service.review(row.eid).shares:
                pairs = ((item.eid, item.record) for item in service.comments(one.eid))
                told = [{"id": eid, **_told(record)} for eid, record in pairs if isinstance(record, Comment)]
                sent = [item.record.when for item in service.sent_replies(one.eid)]
                shares.append({
                    "id": one.eid, "client": row.client.name, "made": one.received.made,
                    "replies": [when.at for when in sent if when is not None], "comments": told,
                })  # fmt: skip
                lines.append(f"{one.eid}  {one.received.made}  {safe(row.client.name)}")
                lines += [_line(comment) for comment in told]
    if as_json or lines:
        answer(as_json, {"shares": shares}, "\n".join(lines))


@reply.command(name="write")
@click.argument("vault", type=VAULT)
@click.argument("received", metavar="SHARE")
@click.option("-o", "--output", required=True, type=VAULT, metavar="FILE", help="A new file to write.")
@click.option("--comment", "comments", multiple=True, metavar="ID", help="A comment that goes along (repeatable).")
@click.option("--all", "everything", is_flag=True, help="All comments that wait go along.")
@click.option("--text", default="", metavar="TEXT", help="Words to all of the share; stand at the top.")
@click.option("--from", "sender", metavar="NAME", help="Your name; else the one in the journal's preferences.")
@click.option("--for", "reader", default="", metavar="NAME", help="The reader's name.")
@click.option("--passphrase", is_flag=True, help="Close it with words this program makes and prints, once.")
@click.option("--preview", is_flag=True, help="Print what would be in it, and write nothing.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def write(
    env: Env,
    vault: Path,
    received: str,
    output: Path,
    comments: tuple[str, ...],
    everything: bool,
    text: str,
    sender: str | None,
    reader: str,
    passphrase: bool,
    preview: bool,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Seal comments on the share with the id SHARE (see `reply waiting`) for the client who made it.

    None goes along that is not named with --comment, unless --all says so; --text alone is a reply, too.
    It is closed for the address that is known of them, and proves to them that you made it. Where none is known, or
    with --passphrase, it is closed with words, and proves nothing.
    """
    from journal.service import ReplyChoice
    from journal.share import generate_passphrase
    from journal.share.reply import reply_document
    from journal.share.text import page_of

    if comments and everything:
        raise click.UsageError("--comment and --all exclude each other.")
    if not (comments or everything or text.strip()):
        raise click.UsageError("Say what goes along: --comment for each comment, --all that wait, or --text.")
    with opened(env, vault, password_file, recovery_file) as service:
        desk = service.reply_desk(received)
        chosen = tuple(item.eid for item in desk.waiting) if everything else comments
        choice = ReplyChoice(
            received=received,
            comments=chosen,
            text=text,
            sender=desk.sender if sender is None else sender,
            to=reader,
        )
        payload = service.preview_reply(choice)
        recipient = "" if passphrase else desk.to.address
        if preview:
            click.echo(page_of(reply_document(payload, proved=bool(recipient))), nl=False)
            return
        words = None if recipient else generate_passphrase()
        with progress("Sealing and reading back"):
            made = service.write_reply(choice, output, payload=payload, recipient=recipient, passphrase=words)
    value = {
        "path": made.path, "reply": made.reply, "share": payload.share, "comments": len(payload.comments),
        "recipient": recipient, "passphrase": words,
    }  # fmt: skip
    answer(as_json, value, words or str(made.path))
    if recipient:
        click.echo(safe(desk.to.told), err=True)
    elif not as_json:
        click.echo("Tell these words by another way than the file. They are shown this once.", err=True)


@reply.command(name="keep")
@click.argument("vault", type=VAULT)
@click.argument("file", type=VAULT)
@click.option("--passphrase-file", metavar="FILE", help="Read the reply's words from FILE ('-' for standard input).")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def keep(
    env: Env,
    vault: Path,
    file: Path,
    passphrase_file: str | None,
    password_file: str | None,
    recovery_file: str | None,
    as_json: bool,
) -> None:
    """Keep the reply in FILE, which answers a share of VAULT. The same one is kept once."""
    from journal.share import OpenedReply

    words = secret_from(passphrase_file, "passphrase") if passphrase_file is not None else None
    with opened(env, vault, password_file, recovery_file) as service:
        with progress("Opening the reply"):
            found = service.open_either(file, passphrase=words)
        if not isinstance(found, OpenedReply):
            raise NotAShare("This file is a share, not a reply.")
        told = service.check_reply(found).told
        taken = service.take_in_reply(found)
    value = {"id": taken.eid, "again": taken.saved is None, "sure": told.sure, "maker": told.text}
    answer(as_json, value, taken.eid)
    click.echo(safe(told.text), err=True)
    if taken.saved is None:
        click.echo("This reply was kept already.", err=True)


@reply.command(name="list")
@click.argument("vault", type=VAULT)
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def list_(env: Env, vault: Path, password_file: str | None, recovery_file: str | None, as_json: bool) -> None:
    """The replies that are kept in VAULT, newest first, with what their comments are about and who made them."""
    with opened(env, vault, password_file, recovery_file, read_only=True) as service:
        views = service.replies()
    if as_json:
        answer(True, {"replies": [_as_value(view) for view in views]}, "")
        return
    for view in views:
        seen = "" if view.record.seen is not None else "  not read yet"
        click.echo(f"{view.eid}  {view.payload.made}  {safe(view.name) or '-'}{seen}")
        click.echo(f"  {safe(view.checked.told.text)}")
        if view.payload.text.strip():
            click.echo(f"  {safe(view.payload.text)}")
        for one in view.comments:
            about = f"“{safe(one.comment.words)}”: " if one.comment.words else ""
            click.echo(f"  {one.eid or '-' * 32}  {about}{safe(one.comment.text)} ({_WHERE[one.stands]})")


def _told(comment: Comment) -> dict[str, Any]:
    return {
        "entry": comment.place + 1, "about": comment.words, "text": comment.text,
        "sent": comment.sent.at if comment.sent is not None else None,
    }  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    sent = f"sent {told['sent']:%Y-%m-%d}" if told["sent"] is not None else "not sent"
    about = f"“{safe(told['about'])}”: " if told["about"] else ""
    return f"  {told['id']}  {sent}  entry {told['entry']}: {about}{safe(told['text'])}"


def _as_value(view: ReplyView) -> dict[str, Any]:
    return {
        "id": view.eid, "reply": view.payload.reply, "share": view.payload.share, "made": view.payload.made,
        "from": view.name, "sure": view.sure, "maker": view.checked.told.text, "text": view.payload.text,
        "read": view.record.seen is not None, "comments": [_comment(one) for one in view.comments],
    }  # fmt: skip


def _comment(one: CommentView) -> dict[str, Any]:
    return {"entry": one.eid or None, "stands": one.stands, "about": one.comment.words, "text": one.comment.text}
