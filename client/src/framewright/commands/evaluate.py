"""`framewright evaluate`: engines, modes and templates compared on golden screens, and the comparison as a report."""

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Annotated, Any

import typer

from framewright.client import Client
from framewright.display import Display
from framewright.exits import Exit
from framewright.messages import Messages

from .terminal import AsJson, Lang, connected, print_json, speech

_PATH = "/api/admin/evaluations"
_POLL_S = 2.0
_STILL_S = 300.0
"""After so long without progress, whoever waits is told what to do."""
_OPEN = frozenset({"queued", "running"})
_VARIED = ("examples", "repair_budget", "threshold", "hits")
_FILES = {"report.html": "report", "comparison.csv": "comparison.csv", "results.csv": "results.csv"}
Out = Annotated[Path | None, typer.Option("--out", help="Folder for report.html, comparison.csv and results.csv.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Compare engines, modes and templates on golden screens.", no_args_is_help=True)
    app.add_typer(group, name="evaluate")
    group.command("run")(run)
    group.command("resume")(resume)
    group.command("show")(show)
    group.command("list")(list_evaluations)
    group.command("cancel")(cancel)


def run(
    engines: Annotated[str, typer.Option("--engines", help="Engines by id, separated by commas; the first is 100.")],
    *,
    modes: Annotated[str, typer.Option("--modes", help="spec, direct, auto; separated by commas.")] = "spec",
    templates: Annotated[
        list[str] | None,
        typer.Option("--template", help="framework/name@version, 0 for the pack's own; each adds a variant."),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", help="NAME=V1,V2: examples, repair_budget, threshold or hits; a variant for each."),
    ] = None,
    name: Annotated[str, typer.Option(help="What it is called in lists.")] = "",
    framework: Annotated[str | None, typer.Option(help="The framework whose golden screens are taken.")] = None,
    cases: Annotated[str, typer.Option(help="Golden cases by id, separated by commas.")] = "",
    patterns: Annotated[str, typer.Option(help="Only cases of these patterns, separated by commas.")] = "",
    languages: Annotated[str, typer.Option(help="Only cases in these languages: ko, en.")] = "",
    limit: Annotated[int | None, typer.Option(help="So many cases at most, spread over patterns.")] = None,
    repeats: Annotated[int, typer.Option(help="How often each case is generated.")] = 1,
    concurrency: Annotated[int, typer.Option(help="Generations at a time.")] = 1,
    judge: Annotated[str | None, typer.Option(help="An engine that judges beside the rules.")] = None,
    gpus: Annotated[
        float | None, typer.Option(help="GPUs that each engine holds, for GPU seconds; one unless given.")
    ] = None,
    out: Out = None,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait for the end.")] = True,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Start an evaluation, and follow it; interrupting leaves it running. Exit code 1 where it did not complete."""
    say, display = speech(lang, as_json=as_json)
    body = {
        "name": name,
        "framework": framework,
        "variants": _variants(_parts(engines), _parts(modes), templates or [], _varied(vary or []), gpus),
        "cases": _parts(cases),
        "patterns": _parts(patterns),
        "languages": _parts(languages),
        "limit": limit,
        "repeats": repeats,
        "concurrency": concurrency,
        "judge": {"engine": judge} if judge else None,
    }
    with connected(say, display) as client:
        started = client.ask("POST", _PATH, body=body)
        display.line(say("evaluation_started", id=started["id"], total=started["total"]))
        ended = _followed(client, started, display, say) if wait else started
        _finish(client, ended, display, say, out, as_json=as_json, must_be_done=wait)


def resume(evaluation_id: str, *, out: Out = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Go on with an evaluation at the first case that is not done."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        ended = _followed(client, client.ask("POST", f"{_PATH}/{evaluation_id}/resume"), display, say)
        _finish(client, ended, display, say, out, as_json=as_json)


def show(
    evaluation_id: str,
    *,
    out: Out = None,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait for the end.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show the comparison of what is done."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        found = client.ask("GET", f"{_PATH}/{evaluation_id}")
        if wait:
            found = _followed(client, found, display, say)
        _finish(client, found, display, say, out, as_json=as_json, must_be_done=wait)


def list_evaluations(*, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the latest evaluations."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        found = client.ask("GET", _PATH)
    if as_json:
        print_json(found)
    for item in found["items"]:
        progress = f"{item['done']}/{item['total']}"
        display.line(f"{item['id']}  {item['status']:<11} {progress:>9}  {item['created_at'][:16]}  {item['name']}")


def cancel(evaluation_id: str, *, lang: Lang = None) -> None:
    """Begin nothing more of an evaluation."""
    say, display = speech(lang)
    with connected(say, display) as client:
        client.ask("POST", f"{_PATH}/{evaluation_id}/cancel")
        display.line(say("cancelled"))


def _variants(
    engines: list[str], modes: list[str], templates: list[str], values: list[dict[str, float]], gpus: float | None
) -> list[dict[str, Any]]:
    """Engines × modes × values, each with what is in production and with each of the templates."""
    pins: list[dict[str, int]] = [{}, *(_pin(text) for text in templates)]
    held = {} if gpus is None else {"gpus": gpus}
    return [
        {"engine": engine, "mode": mode, "templates": pin, "values": chosen, **held}
        for engine, mode, pin, chosen in product(engines, modes, pins, values)
    ]


def _varied(texts: list[str]) -> list[dict[str, float]]:
    """Every combination of the values; one empty one where nothing is varied."""
    choices = []
    for text in texts:
        name, equals, values = text.partition("=")
        try:
            numbers = [float(value) if "." in value else int(value) for value in _parts(values)]
        except ValueError:
            numbers = []
        if name not in _VARIED or not equals or not numbers:
            raise typer.BadParameter(f"{text}: write examples=0,2 (or {', '.join(_VARIED[1:])})")
        choices.append([(name, number) for number in numbers])
    return [dict(combination) for combination in product(*choices)]


def _pin(text: str) -> dict[str, int]:
    template, at, version = text.rpartition("@")
    if not at or not version.isdigit():
        raise typer.BadParameter(f"{text}: write framework/name@version")
    return {template: int(version)}


def _followed(client: Client, found: dict[str, Any], display: Display, say: Messages) -> dict[str, Any]:
    """The evaluation at its end; a line for each step of progress, and for each long time without one."""
    shown, since = -1, time.monotonic()
    while found["status"] in _OPEN:
        if found["done"] != shown:
            shown, since = found["done"], time.monotonic()
            display.line(say("evaluation_progress", done=shown, total=found["total"]))
        elif time.monotonic() - since >= _STILL_S:
            since = time.monotonic()
            display.line(say("evaluation_still", id=found["id"], minutes=round(_STILL_S / 60)))
        time.sleep(_POLL_S)
        found = client.ask("GET", f"{_PATH}/{found['id']}")
    return found


def _finish(
    client: Client,
    found: dict[str, Any],
    display: Display,
    say: Messages,
    out: Path | None,
    *,
    as_json: bool,
    must_be_done: bool = True,
) -> None:
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, path in _FILES.items():
            query = f"?lang={say.language}" if path == "report" else ""
            (out / name).write_bytes(client.download(f"{_PATH}/{found['id']}/{path}{query}"))
    if as_json:
        print_json(found)
    else:
        for line in _table(found, say):
            display.line(line)
        if out is not None:
            display.line(say("evaluation_report", path=out / "report.html"))
        if found["status"] == "interrupted":
            display.line(say("evaluation_interrupted", id=found["id"], done=found["done"], total=found["total"]))
    raise typer.Exit(Exit.FAILED if must_be_done and found["status"] != "completed" else Exit.DONE)


def _table(found: dict[str, Any], say: Messages) -> Iterator[str]:
    """The comparison in the terminal: what decides, with its intervals."""
    rows = found["comparison"]
    width = max([10, *(len(row["name"]) for row in rows)])
    yield f"{say('evaluation_variant'):<{width}}  {say('evaluation_head')}"
    for row in rows:
        valid = row["valid_after"]["mean"] * 100 if row["valid_after"] else 0.0
        p50 = f"{row['duration_ms_p50'] / 1000:.2f} s" if row["duration_ms_p50"] is not None else "–"
        yield (
            f"{row['name']:<{width}}  {_interval(row['relative']):>22}  {_interval(row['score']):>22}  "
            f"{valid:>5.0f} %  {p50:>8}  {row['failed']}/{row['results']}"
        )


def _interval(value: dict[str, Any] | None) -> str:
    """A mean with its interval; of too few cases there is none, and how many they are stands there instead."""
    if value is None:
        return "–"
    if value["low"] is None:
        return f"{value['mean']:.1f} (n = {value['n']})"
    return f"{value['mean']:.1f} [{value['low']:.1f}, {value['high']:.1f}]"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
