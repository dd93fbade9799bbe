"""The command that ends the rest after a session, in the same way as the window: by a sentence that is typed."""

from __future__ import annotations

from pathlib import Path

import click

from journal.cli.common import VAULT, Env, answer, guarded, opened, password_options
from journal.service.landing import SENTENCE


@click.command()
@click.argument("vault", type=VAULT)
@click.option("--sentence", metavar="WORDS", help=f"“{SENTENCE}”; asked for where it is not given.")
@password_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
@guarded
def wake(
    env: Env, vault: Path, sentence: str | None, password_file: str | None, recovery_file: str | None, as_json: bool
) -> None:
    """End the rest that began with a landing, for this landing.

    Until the next day, share, export, extract, purge and rotate are refused. It can wait.
    """
    with opened(env, vault, password_file, recovery_file) as service:
        until = service.resting()
        if until is None:
            answer(as_json, {"woken": False, "resting_until": None}, "Nothing rests.")
            return
        if sentence is None:
            click.echo(f"This rests until {until:%A, %H:%M}. To go on now, type: {SENTENCE}", err=True)
            sentence = click.prompt("The sentence", err=True)
        service.wake(sentence)
        answer(as_json, {"woken": True, "resting_until": None}, "Nothing rests any more.")
