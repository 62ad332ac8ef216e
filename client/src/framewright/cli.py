"""The `framewright` command: its sub-commands, each registered by its own module."""

import io
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer import completion as shells

from .commands import (
    accounts,
    bench,
    chat,
    completion,
    evaluate,
    export,
    generate,
    learning,
    logs,
    packs,
    repositories,
    search,
)
from .commands.terminal import tell_disk
from .exits import Exit
from .messages import Messages, choose_language
from .patching.commands import add_patch_commands


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - a callback of typer's
    if wanted:
        print(version("framewright"))
        raise typer.Exit


app = typer.Typer(
    name="framewright",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

accounts.add_to(app)
generate.add_to(app)
chat.add_to(app)
search.add_to(app)
evaluate.add_to(app)
bench.add_to(app)
add_patch_commands(app)
repositories.add_to(app)
logs.add_to(app)
export.add_to(app)
packs.add_to(app)
completion.add_to(app)
learning.add_to(app)


@app.callback()
def top(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Working screens out of a short prompt, Korean or English."""


def main() -> None:
    """The entry point of the script."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may know Korean, and no check mark
    shells.completion_init()  # type: ignore[attr-defined]  # a shell that completes asks the command itself
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as error:  # what the output goes to takes no more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        quiet = isinstance(error, BrokenPipeError)  # a reader such as `head` has enough
        sys.exit(Exit.FAILED if quiet else tell_disk(Messages(choose_language(None, os.environ)), error))


def _open_closed() -> None:
    """A job may be started without standard streams: they are empty, and lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
