"""What every sub-command shares: its options, its language, its client, and how errors end."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from framewright.client import Client
from framewright.display import Display
from framewright.errors import ClientError, KeyRefused, Unreachable, WrongAddress
from framewright.exits import Exit
from framewright.files import NotWritten
from framewright.messages import Messages, choose_language
from framewright.opening import open_client

Lang = Annotated[Literal["ko", "en"] | None, typer.Option("--lang", help="The language; otherwise as LANG says.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, and nothing else.")]


def speech(lang: str | None, *, as_json: bool = False) -> tuple[Messages, Display]:
    """The texts of the language, and where they go: nowhere beside JSON."""
    console = Console(stderr=True, quiet=True) if as_json else Console(highlight=False, emoji=False)
    say = Messages(choose_language(lang, os.environ))
    return say, Display(console, say)


def print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=_in_ascii(), indent=1))


def print_json_line(document: Any) -> None:
    """One of several: each is a line."""
    print(json.dumps(document, ensure_ascii=_in_ascii()), flush=True)


def _in_ascii() -> bool:
    """Escaped, JSON is the same document; an encoding that is not of Unicode could not hold it otherwise."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def read_text(place: Path, *, largest: int | None = None) -> str:
    """A file that the command line names, in UTF-8 or CP949; a byte order mark is none of its text.

    Raises:
        typer.BadParameter: it can't be read, is no text, or has more bytes than `largest`.
    """
    try:
        content = place.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{place}: {error.strerror or error}") from error
    if largest is not None and len(content) > largest:
        raise typer.BadParameter(f"{place} is larger than {largest:,} bytes")
    for encoding in ("utf-8-sig", "cp949"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise typer.BadParameter(f"{place}: no text in UTF-8 or CP949")


@contextmanager
def connected(say: Messages, display: Display) -> Iterator[Client]:
    """A client of the mesh that the environment names; its errors end as a message and an exit code."""
    with errors_told(say, display), open_client(on_cut=lambda _: complain(say("resumed"))) as client:
        yield client


@contextmanager
def errors_told(say: Messages, display: Display) -> Iterator[None]:
    """Ends the command where the mesh can't be reached or refuses, where the disk does, or the input is no text."""
    try:
        yield
    except ClientError as error:
        display.quiet()
        raise typer.Exit(tell(say, error)) from None
    except OSError as error:
        if error.filename is None:  # no file, but what the output goes to
            raise
        display.quiet()
        raise typer.Exit(tell_disk(say, error)) from None
    except UnicodeError as error:
        display.quiet()
        complain(say("no_text", reason=error))
        raise typer.Exit(Exit.WRONG_COMMAND_LINE) from None


def tell(say: Messages, error: ClientError) -> Exit:
    """Says on standard error what went wrong; gives the exit code."""
    key, code = _ending_of(error)
    complain(say(key, reason=error, detail=error))
    return code


def tell_disk(say: Messages, error: OSError) -> Exit:
    place = f"{error.filename}: " if error.filename else ""
    complain(say("disk", reason=f"{place}{error.strerror or error}"))
    return Exit.FAILED


def complain(text: str) -> None:
    """A line for people, on standard error."""
    Console(stderr=True, highlight=False, emoji=False).print(text, markup=False, soft_wrap=True)


def _ending_of(error: ClientError) -> tuple[str, Exit]:
    if isinstance(error, WrongAddress):
        return "wrong_address", Exit.UNREACHABLE
    if isinstance(error, Unreachable):
        return "unreachable", Exit.UNREACHABLE
    if isinstance(error, KeyRefused):
        return "no_key", Exit.KEY_REFUSED
    return ("not_written" if isinstance(error, NotWritten) else "failed"), Exit.FAILED
