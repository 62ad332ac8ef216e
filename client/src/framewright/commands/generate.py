"""`framewright generate`, `show` and `cancel`: a generation watched, and its files written."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from framewright.asking import ask
from framewright.client import Client, Order
from framewright.display import Display
from framewright.errors import ClientError, KeyRefused, Unreachable
from framewright.exits import Exit
from framewright.files import NotWritten, UnsafePath
from framewright.generation import Generation
from framewright.messages import Messages
from framewright.watching import changes

from .interrupting import cancelling, show_cancelled
from .terminal import AsJson, Lang, complain, connected, print_json, read_text, speech, tell

_LARGEST_ATTACHMENT = 2 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    app.command()(generate)
    app.command()(show)
    app.command()(cancel)


def generate(
    prompt: Annotated[str, typer.Argument(help="What to make; - reads it from standard input, @FILE from a file.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder; the files go to a folder of their own in it.")] = Path(
        "out"
    ),
    framework: Annotated[str | None, typer.Option(help="The framework to write for.")] = None,
    mode: Annotated[str | None, typer.Option(help="spec, direct or auto.")] = None,
    model: Annotated[str | None, typer.Option(help="An engine or a model of it.")] = None,
    base: Annotated[str | None, typer.Option(help="The generation to modify.")] = None,
    attach: Annotated[list[Path] | None, typer.Option(help="A file to send along, such as a DDL.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Again whenever @FILE or an attached file changes.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Generate screens; exit code 0 done, 1 failed, 3 unreachable, 4 key refused, 5 unsupported, 6 cancelled."""
    say, display = speech(lang, as_json=as_json)
    can_ask = _interactive(as_json=as_json, prompt=prompt)
    answer_to = (lambda question: ask(question, say=say, out=display.line)) if can_ask else None
    files = [*([Path(prompt[1:])] if prompt.startswith("@") else []), *(attach or [])]
    if watch and not files:
        raise typer.BadParameter("--watch needs @FILE as the prompt, or --attach")
    request = {
        "framework": framework,
        "mode": mode,
        "model": model,
        "base_generation_id": base,
        "options": None if can_ask else {"questions": False},
    }
    code = Exit.FAILED
    with connected(say, display) as client:
        piped = sys.stdin.read() if prompt == "-" else None
        rounds = changes(files, lambda: display.line(say("watching", files=_names(files)))) if watch else [None]
        for _ in _until_interrupted(rounds):
            with _outlived(say, display) if watch else nullcontext():
                generation = Generation(client, display, say, answer_to=answer_to)
                attachments = [_attachment(path) for path in attach] if attach else None
                text = _prompt(prompt) if piped is None else piped
                order = client.order(text, **request, attachments=attachments)
                with _kept_told(order, say):
                    with cancelling(order, say, display):
                        generation.follow(order.events())
                    code = _finish(client, generation, out, as_json=as_json)
    raise typer.Exit(code)


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
        code = _finish(client, generation, out, as_json=as_json)
    raise typer.Exit(code)


def cancel(generation_id: str, lang: Lang = None) -> None:
    """Cancel a generation that runs."""
    say, display = speech(lang)
    with connected(say, display) as client:
        show_cancelled(client.cancel(generation_id), say, display)


def _interactive(*, as_json: bool, prompt: str) -> bool:
    """Whether somebody reads a question and can answer it."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not as_json and prompt != "-"


def _until_interrupted(rounds: Iterable[None]) -> Iterator[None]:
    try:
        yield from rounds
    except KeyboardInterrupt:
        raise typer.Exit(Exit.INTERRUPTED) from None


@contextmanager
def _outlived(say: Messages, display: Display) -> Iterator[None]:
    """Who watches files has a round fail now and then: one is half written, the mesh restarts."""
    try:
        yield
    except KeyRefused:
        raise
    except ClientError as error:
        display.quiet()
        tell(say, error)
    except typer.BadParameter as error:
        complain(str(error))


@contextmanager
def _kept_told(order: Order, say: Messages) -> Iterator[None]:
    """What failed on this side may well be done on the other."""
    try:
        yield
    except UnsafePath:
        raise
    except (NotWritten, Unreachable):
        if order.generation_id:
            complain(say("kept", generation_id=order.generation_id))
        raise


def _finish(client: Client, generation: Generation, out: Path | None, *, as_json: bool) -> Exit:
    result = client.result(generation.id)
    folder = (out or Path("out")) / generation.id
    written = generation.write(folder, result) if out and result.get("status") == "completed" else []
    code = generation.report(result, written, folder)
    if as_json:
        print_json({**result, "files": [str(path) for path in written]})
    return code


def _prompt(stated: str) -> str:
    return read_text(Path(stated[1:])) if stated.startswith("@") else stated


def _names(files: Sequence[Path]) -> str:
    return ", ".join(path.name for path in files)


def _attachment(path: Path) -> dict[str, str]:
    content = read_text(path, largest=_LARGEST_ATTACHMENT)
    media_type = "application/sql" if path.suffix.lower() in {".sql", ".ddl"} else "text/plain"
    return {"name": path.name, "media_type": media_type, "content": content}
