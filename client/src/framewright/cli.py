"""The `framewright` command: its sub-commands, each registered by its own module."""

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
from .patching.commands import add_patch_commands

app = typer.Typer(
    name="framewright",
    help="Working screens out of a short prompt, Korean or English.",
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


def main() -> None:
    """The entry point of the script."""
    shells.completion_init()  # type: ignore[attr-defined]  # a shell that completes asks the command itself
    app()
