"""The `framewright` command: generate, show, cancel, search; plan and patch are in `patching`."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from .asking import ask
from .client import Client, Event
from .credentials import find_credentials
from .display import Display
from .errors import ClientError, KeyRefused, Unreachable
from .files import UnsafePath
from .generation import Exit, Generation
from .messages import Messages, choose_language
from .packs import add_pack_commands
from .patching.commands import add_patch_commands

app = typer.Typer(
    name="framewright",
    help="Working screens out of a short prompt, Korean or English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Lang = Annotated[str | None, typer.Option("--lang", help="ko or en; otherwise as LANG says.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")]
_LARGEST_ATTACHMENT = 2 * 1024 * 1024


@app.command()
def generate(
    prompt: Annotated[str, typer.Argument(help="What to make; - reads it from standard input.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder; the files go to a folder of their own in it.")] = Path(
        "out"
    ),
    framework: Annotated[str | None, typer.Option(help="The framework to write for.")] = None,
    mode: Annotated[str | None, typer.Option(help="spec, direct or auto.")] = None,
    model: Annotated[str | None, typer.Option(help="An engine or a model of it.")] = None,
    base: Annotated[str | None, typer.Option(help="The generation to modify.")] = None,
    attach: Annotated[list[Path] | None, typer.Option(help="A file to send along, such as a DDL.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Generate screens; exit code 0 done, 1 failed, 3 unreachable, 4 key refused, 5 unsupported, 6 cancelled."""
    say = Messages(choose_language(lang, os.environ))
    display = Display(Console(stderr=True, quiet=True) if as_json else Console(highlight=False), say)
    can_ask = _interactive(as_json=as_json, prompt=prompt)
    answer_to = (lambda question: ask(question, say=say, out=display.line)) if can_ask else None
    request = {
        "framework": framework,
        "mode": mode,
        "model": model,
        "base_generation_id": base,
        "options": None if can_ask else {"questions": False},
        "attachments": [_attachment(path) for path in attach] if attach else None,
    }
    with _connected(say, display) as client:
        generation = Generation(client, display, say, answer_to=answer_to)
        events = client.generate(sys.stdin.read() if prompt == "-" else prompt, **request)
        _follow_or_cancel(client, generation, display, events)
        _finish(client, generation, out, as_json=as_json)


@app.command()
def show(
    generation_id: str,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Write the files again, below this folder.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show how a generation went, from its first event on."""
    say = Messages(choose_language(lang, os.environ))
    display = Display(Console(stderr=True, quiet=True) if as_json else Console(highlight=False), say)
    with _connected(say, display) as client:
        generation = Generation(client, display, say, answer_to=None)
        generation.follow(client.events(generation_id))
        generation.id = generation_id
        _finish(client, generation, out, as_json=as_json)


@app.command()
def cancel(generation_id: str, lang: Lang = None) -> None:
    """Cancel a generation that runs."""
    say = Messages(choose_language(lang, os.environ))
    display = Display(Console(highlight=False), say)
    with _connected(say, display) as client:
        client.cancel(generation_id)
        display.line(say("cancelled"))


@app.command()
def search(
    query: str,
    *,
    kind: Annotated[str | None, typer.Option(help="Only knowledge of this kind.")] = None,
    framework: Annotated[str | None, typer.Option(help="Only knowledge of this framework.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many hits.")] = 8,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Search the knowledge that generations use."""
    say = Messages(choose_language(lang, os.environ))
    display = Display(Console(highlight=False), say)
    with _connected(say, display) as client:
        found = client.search(query, kind=kind, framework=framework, limit=limit)
    if as_json:
        _print_json(found)
        return
    for hit in found.get("hits") or ():
        display.line(f"{hit.get('score', 0):.2f}  {hit.get('title')}  [{hit.get('kind')}]  {hit.get('id')}")
        display.line(f"      {' '.join(str(hit.get('text', '')).split())[:160]}")
    if not found.get("hits"):
        display.line(say("no_hits"))


def main() -> None:
    """The entry point of the script."""
    app()


def _interactive(*, as_json: bool, prompt: str) -> bool:
    return sys.stdin.isatty() and not as_json and prompt != "-"


def _follow_or_cancel(client: Client, generation: Generation, display: Display, events: Iterator[Event]) -> None:
    """Who interrupts the command means the generation, too."""
    try:
        generation.follow(events)
    except KeyboardInterrupt:
        display.quiet()
        if generation.id:
            client.cancel(generation.id)
        raise typer.Exit(Exit.INTERRUPTED) from None


def _finish(client: Client, generation: Generation, out: Path | None, *, as_json: bool) -> None:
    result = client.result(generation.id)
    folder = (out or Path("out")) / generation.id
    written = generation.write(folder, result) if out and result.get("status") == "completed" else []
    code = generation.report(result, written, folder)
    if as_json:
        _print_json({**result, "files": [str(path) for path in written]})
    raise typer.Exit(code)


@contextmanager
def _connected(say: Messages, display: Display) -> Iterator[Client]:
    """A client of the mesh that the environment names; its errors end as a message and an exit code."""
    credentials = find_credentials(os.environ, Path.cwd())
    errors = Console(stderr=True, highlight=False)
    try:
        with Client(credentials.base_url, credentials.api_key, on_cut=lambda _: display.line(say("resumed"))) as client:
            yield client
    except ClientError as error:
        display.quiet()
        key, code = _ending_of(error)
        errors.print(say(key, reason=error, detail=error), markup=False, soft_wrap=True)
        raise typer.Exit(code) from None


def _ending_of(error: ClientError) -> tuple[str, Exit]:
    if isinstance(error, Unreachable):
        return "unreachable", Exit.UNREACHABLE
    if isinstance(error, KeyRefused):
        return "no_key", Exit.KEY_REFUSED
    return ("unsafe" if isinstance(error, UnsafePath) else "failed"), Exit.FAILED


def _attachment(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_ATTACHMENT:
            raise typer.BadParameter(f"{path} is larger than {_LARGEST_ATTACHMENT:,} bytes")
        media_type = "application/sql" if path.suffix.lower() in {".sql", ".ddl"} else "text/plain"
        return {"name": path.name, "media_type": media_type, "content": content.decode()}
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}") from error


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


add_pack_commands(app, _connected)
add_patch_commands(app, _connected)
