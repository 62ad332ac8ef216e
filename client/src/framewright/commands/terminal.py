"""What every sub-command shares: its options, its language, its client, and how errors end."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console

from framewright.client import Client
from framewright.display import Display
from framewright.errors import ClientError, KeyRefused, Unreachable
from framewright.exits import Exit
from framewright.files import UnsafePath
from framewright.messages import Messages, choose_language
from framewright.opening import open_client

Lang = Annotated[str | None, typer.Option("--lang", help="ko or en; otherwise as LANG says.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, and nothing else.")]


def speech(lang: str | None, *, as_json: bool = False) -> tuple[Messages, Display]:
    """The texts of the language, and where they go: nowhere beside JSON."""
    console = Console(stderr=True, quiet=True) if as_json else Console(highlight=False, emoji=False)
    say = Messages(choose_language(lang, os.environ))
    return say, Display(console, say)


def print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


@contextmanager
def connected(say: Messages, display: Display) -> Iterator[Client]:
    """A client of the mesh that the environment names; its errors end as a message and an exit code."""
    told = Console(stderr=True, highlight=False)
    with errors_told(say, display), open_client(on_cut=lambda _: told.print(say("resumed"))) as client:
        yield client


@contextmanager
def errors_told(say: Messages, display: Display) -> Iterator[None]:
    """Ends the command where the mesh can't be reached, or refuses."""
    try:
        yield
    except ClientError as error:
        display.quiet()
        key, code = _ending_of(error)
        told = Console(stderr=True, highlight=False)
        told.print(say(key, reason=error, detail=error), markup=False, soft_wrap=True)
        raise typer.Exit(code) from None


def _ending_of(error: ClientError) -> tuple[str, Exit]:
    if isinstance(error, Unreachable):
        return "unreachable", Exit.UNREACHABLE
    if isinstance(error, KeyRefused):
        return "no_key", Exit.KEY_REFUSED
    return ("unsafe" if isinstance(error, UnsafePath) else "failed"), Exit.FAILED
