"""`framewright generate`, `show` and `cancel`: a generation watched, and its files written."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from framewright.asking import ask
from framewright.client import Client, Event
from framewright.display import Display
from framewright.exits import Exit
from framewright.generation import Generation

from .terminal import AsJson, Lang, connected, print_json, speech

_LARGEST_ATTACHMENT = 2 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    app.command()(generate)
    app.command()(show)
    app.command()(cancel)


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
    say, display = speech(lang, as_json=as_json)
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
    with connected(say, display) as client:
        generation = Generation(client, display, say, answer_to=answer_to)
        events = client.generate(sys.stdin.read() if prompt == "-" else prompt, **request)
        _follow_or_cancel(client, generation, display, events)
        _finish(client, generation, out, as_json=as_json)


def show(
    generation_id: str,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Write the files again, below this folder.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show how a generation went, from its first event on."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        generation = Generation(client, display, say, answer_to=None)
        generation.follow(client.events(generation_id))
        generation.id = generation_id
        _finish(client, generation, out, as_json=as_json)


def cancel(generation_id: str, lang: Lang = None) -> None:
    """Cancel a generation that runs."""
    say, display = speech(lang)
    with connected(say, display) as client:
        client.cancel(generation_id)
        display.line(say("cancelled"))


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
        print_json({**result, "files": [str(path) for path in written]})
    raise typer.Exit(code)


def _attachment(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_ATTACHMENT:
            raise typer.BadParameter(f"{path} is larger than {_LARGEST_ATTACHMENT:,} bytes")
        media_type = "application/sql" if path.suffix.lower() in {".sql", ".ddl"} else "text/plain"
        return {"name": path.name, "media_type": media_type, "content": content.decode()}
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}") from error
