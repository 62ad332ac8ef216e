"""`framewright pack lint`: a framework pack's folder, checked by the mesh file by file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from framewright.display import Display
from framewright.exits import Exit
from framewright.messages import Messages

from .terminal import AsJson, Lang, connected, print_json, speech

SUFFIXES = frozenset({".yaml", ".j2", ".md", ".json"})
"""What a pack is made of."""
MAX_FILES = 500


def add_to(app: typer.Typer) -> None:
    packs = typer.Typer(help="Framework packs.", no_args_is_help=True)
    app.add_typer(packs, name="pack")

    @packs.callback()
    def group() -> None:
        """Framework packs."""

    @packs.command("lint")
    def lint(
        folder: Annotated[
            Path, typer.Argument(help="The pack's folder; its name is the pack's.", exists=True, file_okay=False)
        ],
        *,
        as_json: AsJson = False,
        lang: Lang = None,
    ) -> None:
        """Check a pack: its files, every pattern emitted with it, knowledge and prompts; 1 where there is an error."""
        say, display = speech(lang, as_json=as_json)
        body = {"name": folder.resolve().name, "files": read_pack(folder), "language": say.language}
        with connected(say, display) as client:
            answer = client.lint_pack(body)
        failed = any(item["severity"] == "error" for item in answer["findings"])
        if as_json:
            print_json(answer)
        else:
            _show(answer, display, say)
        raise typer.Exit(Exit.FAILED if failed else Exit.DONE)


def read_pack(folder: Path) -> list[dict[str, str]]:
    """The pack's files as the mesh takes them. Raises `typer.BadParameter` naming the file."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in SUFFIXES)
    if not found or len(found) > MAX_FILES:
        raise typer.BadParameter(f"{folder}: {len(found)} files of a pack; there must be 1 to {MAX_FILES}")
    return [{"path": path.relative_to(folder).as_posix(), "content": _text(path)} for path in found]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}") from error


def _show(answer: dict[str, Any], display: Display, say: Messages) -> None:
    for item in answer["findings"]:
        place = f"{item['file']}:{item['line']}" if item.get("line") else item["file"]
        display.line(f"{say('pack_' + item['severity'])}  {place}  {item['message']}")
    display.line(
        say(
            "pack_tried",
            errors=sum(item["severity"] == "error" for item in answer["findings"]),
            warnings=sum(item["severity"] == "warning" for item in answer["findings"]),
            emitted=answer["emitted"],
            entries=answer["entries"],
            templates=answer["templates"],
        )
    )
