"""`framewright export`: sessions as JSON or Markdown, the files of generations as zip."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from framewright.client import Client
from framewright.display import Display
from framewright.files import write_files
from framewright.messages import Messages

from .terminal import AsJson, Lang, connected, print_json, speech

Out = Annotated[Path, typer.Option("--out", help="The folder that the files go to.")]
_SUFFIX = {"json": "json", "markdown": "md"}
_UNSAFE = re.compile(r"[^\w.-]+")


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Export sessions, and the files of generations.", no_args_is_help=True)
    group.command("sessions")(export_sessions)
    group.command("generations")(export_generations)
    app.add_typer(group, name="export")


def export_sessions(
    session_ids: Annotated[list[str] | None, typer.Argument(help="The sessions; all unless named.")] = None,
    *,
    form: Annotated[Literal["json", "markdown"], typer.Option("--format", help="json can be imported.")] = "json",
    out: Out = Path("sessions"),
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write each session with its messages to a file."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        written = [
            _write(out / f"{_safe(session_id)}.{_SUFFIX[form]}", client.sessions.export(session_id, form=form))
            for session_id in session_ids or _sessions(client)
        ]
    _report(written, out, say, display, as_json=as_json)


def export_generations(
    generation_ids: Annotated[
        list[str] | None, typer.Argument(help="The generations; all completed ones unless named.")
    ] = None,
    *,
    results: Annotated[bool, typer.Option("--results", help="The result beside the files, as JSON.")] = False,
    out: Out = Path("generations"),
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write the files of each generation to a zip."""
    say, display = speech(lang, as_json=as_json)
    written = []
    with connected(say, display) as client:
        for generation_id in generation_ids or _generations(client):
            result = client.result(generation_id)
            if result["artifacts"]:
                written.append(_write(out / f"{_safe(generation_id)}.zip", client.archive(generation_id)))
            if results:
                document = json.dumps(result, ensure_ascii=False, indent=1).encode()
                written.append(_write(out / f"{_safe(generation_id)}.json", document))
    _report(written, out, say, display, as_json=as_json)


def _sessions(client: Client) -> Iterator[str]:
    cursor: str | None = None
    while True:
        page = client.sessions.page(cursor=cursor)
        yield from (session["id"] for session in page["items"])
        cursor = page["next_cursor"]
        if not cursor:
            return


def _generations(client: Client) -> Iterator[str]:
    cursor: str | None = None
    while True:
        page = client.generations(status="completed", cursor=cursor, limit=200)
        yield from (line["id"] for line in page["items"])
        cursor = page["next_cursor"]
        if not cursor:
            return


def _write(place: Path, content: bytes) -> Path:
    write_files({place: content})
    return place


def _safe(identifier: str) -> str:
    return _UNSAFE.sub("_", identifier).lstrip(".")


def _report(written: list[Path], out: Path, say: Messages, display: Display, *, as_json: bool) -> None:
    if as_json:
        print_json([str(place) for place in written])
    display.line(say("exported", count=len(written), folder=out) if written else say("nothing_to_export"))
