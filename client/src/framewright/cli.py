"""The `framewright` command: its sub-commands, each registered by its own module."""

import typer

from .commands import evaluate, generate, packs, search
from .patching.commands import add_patch_commands

app = typer.Typer(
    name="framewright",
    help="Working screens out of a short prompt, Korean or English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

generate.add_to(app)
search.add_to(app)
evaluate.add_to(app)
add_patch_commands(app)
packs.add_to(app)


def main() -> None:
    """The entry point of the script."""
    app()
