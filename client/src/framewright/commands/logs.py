"""`framewright logs`: one's generations, one of them in full, or as they come."""

import json
import time
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from framewright.client import Client
from framewright.display import Display, local_time
from framewright.errors import KeyRefused, Refused
from framewright.messages import Messages
from framewright.polling import asked_through_restarts
from framewright.types import GenerationLine

from .terminal import AsJson, Lang, connected, print_json, print_json_line, speech

POLL_S = 2.0
_TOLD = ("delta", "artifact", "spec")
"""Events whose text is too long for a line."""


def add_to(app: typer.Typer) -> None:
    app.command()(logs)


def logs(
    generation_id: Annotated[str, typer.Argument(help="One generation; all of one's own unless named.")] = "",
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as more comes; Ctrl-C ends it.")] = False,
    status: Annotated[str | None, typer.Option(help="Only those of this status.")] = None,
    words: Annotated[str | None, typer.Option("--search", help="Only those whose prompt holds these words.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="At most so many.")] = 20,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List generations, show the record of one, or follow either."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        try:
            if generation_id and follow:
                _follow_one(client, display, generation_id, as_json=as_json)
            elif generation_id:
                _show(client, say, display, generation_id, as_json=as_json)
            else:
                _list(
                    client,
                    say,
                    display,
                    {"status": status, "words": words, "limit": limit},
                    follow=follow,
                    as_json=as_json,
                )
        except KeyboardInterrupt:
            return


def _list(
    client: Client, say: Messages, display: Display, wanted: dict[str, Any], *, follow: bool, as_json: bool
) -> None:
    page = client.generations(**wanted)
    if as_json and not follow:
        print_json(page)
        return
    if not page["items"] and not follow:
        display.line(say("no_generations"))
    for line in _lines(client, page["items"], wanted) if follow else page["items"]:
        if as_json:
            print_json_line(line)
        display.line(_in_a_line(line))


def _lines(client: Client, first: list[GenerationLine], wanted: dict[str, Any]) -> Iterator[GenerationLine]:
    """Those that there are, the newest last, and those that come; each again when its status has changed."""
    known: dict[str, str] = {}
    items = first
    while True:
        for line in reversed(items):
            if known.get(line["id"]) != line["status"]:
                known[line["id"]] = line["status"]
                yield line
        time.sleep(POLL_S)
        items = asked_through_restarts(lambda: client.generations(**wanted))["items"]


def _in_a_line(line: GenerationLine) -> str:
    seconds = f"{line['duration_ms'] / 1000:6.1f} s" if line["duration_ms"] is not None else " " * 8
    engine = line["engine"] or "-"
    at = local_time(line["created_at"]).isoformat(timespec="seconds")
    return f"{line['id']}  {at}  {line['status']:<9} {seconds}  {engine}  {line['prompt'][:60]}"


def _show(client: Client, say: Messages, display: Display, generation_id: str, *, as_json: bool) -> None:
    record = _record(client, generation_id)
    if as_json:
        print_json(record)
        return
    facts = (
        ("log_prompt", record["prompt"]),
        ("log_status", record["status"]),
        ("log_engine", f"{record.get('engine') or '-'}{'  (degraded)' if record.get('degraded') else ''}"),
        ("log_time", f"{(record.get('timings') or {}).get('total', 0) / 1000:.1f} s"),
        ("log_stages", "  ".join(f"{say.stage(name)} {ms:.0f} ms" for name, ms in _stages(record))),
        ("log_files", ", ".join(item["path"] for item in record.get("artifacts") or ()) or "-"),
        ("log_problem", (record.get("problem") or {}).get("detail", "")),
    )
    for key, value in facts:
        if value:
            display.line(f"{say(key)}: {value}")
    for warning in record.get("warnings") or ():
        display.line(say("warning", message=warning.get("message")))


def _record(client: Client, generation_id: str) -> dict[str, Any]:
    """The whole record, where the caller may see it; else what its owner may."""
    try:
        return client.record(generation_id)
    except KeyRefused:
        return dict(client.result(generation_id))
    except Refused as error:
        if error.status != 404:
            raise
        return dict(client.result(generation_id))


def _stages(record: dict[str, Any]) -> list[tuple[str, float]]:
    return [(name, ms) for name, ms in (record.get("timings") or {}).items() if name != "total"]


def _follow_one(client: Client, display: Display, generation_id: str, *, as_json: bool) -> None:
    for event in client.events(generation_id):
        if as_json:
            print_json_line(event.data)
            continue
        about = {name: value for name, value in event.data.items() if name not in {"seq", "type", "at"}}
        at = local_time(str(event.data["at"])).strftime("%H:%M:%S.%f")[:-3]
        text = f"{len(json.dumps(about)):,} bytes" if event.type in _TOLD else json.dumps(about, ensure_ascii=False)
        display.line(f"{event.seq:>4}  {at}  {event.type:<9} {text[:200]}")
