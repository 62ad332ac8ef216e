"""`framewright completion`: what a shell needs to complete the command's words."""

from typing import Annotated, Literal

import typer
from typer import completion as shells


def add_to(app: typer.Typer) -> None:
    app.command()(completion)


def completion(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="The shell.")],
) -> None:
    """Print the completion script: source <(framewright completion bash)."""
    script = shells.get_completion_script(  # type: ignore[attr-defined]  # documented, but not in its __all__
        prog_name="framewright", complete_var="_FRAMEWRIGHT_COMPLETE", shell=shell
    )
    print(script)
