"""`framewright bench`: N repeats of generate, plan and patch on the same baseline, and how that changes over time."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from framewright.benchmarks.plot import write_plot
from framewright.benchmarks.records import append_history, read_history, summaries, write_results
from framewright.benchmarks.trials import PROMPT, STEPS, Step, Trial, Trials
from framewright.exits import Exit

from .terminal import AsJson, Lang, connected, print_json, speech


def add_to(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    repeats: Annotated[int, typer.Option("--repeats", "-n", min=1, help="How often each step is done.")] = 5,
    *,
    engine: Annotated[str | None, typer.Option(help="An engine or a model; the default one unless given.")] = None,
    mode: Annotated[str, typer.Option(help="spec, direct or auto.")] = "spec",
    edit_format: Annotated[
        str | None,
        typer.Option("--edit-format", help="search_replace or whole; as the model's value says unless given."),
    ] = None,
    steps: Annotated[str, typer.Option(help="generate, plan, patch; separated by commas.")] = ",".join(STEPS),
    prompt: Annotated[str, typer.Option(help="What is generated.")] = PROMPT,
    label: Annotated[str, typer.Option(help="What this run is called in the history.")] = "",
    out: Annotated[Path, typer.Option("--out", help="Folder of bench_results.csv and bench_history.csv.")] = Path(
        "bench"
    ),
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Measure the mesh; bench_results.csv has every trial, bench_history.csv a line for each step of each run.

    Exit code 1 where no trial succeeded.
    """
    say, display = speech(lang, as_json=as_json)
    wanted = _steps(steps)
    label = label or edit_format or ""
    trials = []
    with tempfile.TemporaryDirectory(prefix="framewright-bench-") as folder, connected(say, display) as client:
        runner = Trials(
            client, Path(folder), model=engine, mode=mode, edit_format=_known(edit_format), prompt=prompt
        )  # fmt: skip
        for trial in runner.run(repeats, wanted):
            trials.append(trial)
            outcome = say("bench_ok") if trial.ok else say("bench_failed", reason=trial.error)
            display.line(f"  {trial.step:<8} {trial.repeat:>3}/{repeats}  {trial.ms:>9.1f} ms  {outcome}")
    out.mkdir(parents=True, exist_ok=True)
    write_results(out, trials, label=label)
    answered = engine or _who_answered(trials)
    lines = summaries(trials, at=datetime.now(UTC), label=label, engine=answered, mode=mode)
    append_history(out, lines)
    write_plot(out, read_history(out))
    if as_json:
        print_json({"summary": [asdict(line) for line in lines], "out": str(out)})
    for line in lines:
        json_rate = "–" if line.json_failure_rate is None else f"{line.json_failure_rate:.0%}"
        figures = {"p50": f"{line.p50_ms:.1f}", "p95": f"{line.p95_ms:.1f}", "failures": f"{line.failure_rate:.0%}"}
        display.line(say("bench_line", step=f"{line.step:<8}", n=line.repeats, json=json_rate, **figures))
    display.line(say("bench_written", path=out))
    if not any(trial.ok for trial in trials):
        display.line(say("bench_in_vain"))
        raise typer.Exit(Exit.FAILED)


def _who_answered(trials: Sequence[Trial]) -> str:
    """The default engine's name, where it answered at all; otherwise who stood in."""
    named = [trial.engine for trial in sorted(trials, key=lambda trial: trial.json_ok is None) if trial.engine]
    return named[0] if named else "default"


def _known(edit_format: str | None) -> str | None:
    if edit_format not in {None, "search_replace", "whole"}:
        raise typer.BadParameter(f"{edit_format}: write search_replace or whole")
    return edit_format


def _steps(text: str) -> tuple[Step, ...]:
    named = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [name for name in named if name not in STEPS]
    if unknown or not named:
        raise typer.BadParameter(f"{', '.join(unknown) or text}: write generate, plan, patch")
    return tuple(step for step in STEPS if step in named)
