"""`framewright accept`: the code as it was taken over. `framewright export-training`: data to train a model with."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from framewright.files import write_files
from framewright.requests import generation_path

from .terminal import AsJson, Lang, connected, print_json, speech


def add_to(app: typer.Typer) -> None:
    app.command()(accept)
    app.command("export-training")(export_training)


def accept(
    generation_id: str,
    *,
    files: Annotated[
        Path | None,
        typer.Option("--from", help="The folder with the files as they are now; out/<generation> unless named."),
    ] = None,
    rating: Annotated[int | None, typer.Option(min=1, max=5, help="1 to 5 stars.")] = None,
    comment: Annotated[str, typer.Option(help="What was good, what was not.")] = "",
    consent: Annotated[
        bool | None, typer.Option("--consent/--no-consent", help="Whether the code may be learnt from.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Send back the code that was finally taken over, with a rating."""
    say, display = speech(lang, as_json=as_json)
    folder = files or Path("out") / generation_id
    with connected(say, display) as client:
        known = [str(item["path"]) for item in client.result(generation_id).get("artifacts") or ()]
        accepted = [
            {"path": path, "content": _text(folder / path)} for path in known if _within(folder, path).is_file()
        ]
        if not accepted:
            raise typer.BadParameter(f"{folder}: none of the generation's files is there")
        said: dict[str, Any] = {"rating": rating, "comment": comment or None, "consent": consent}
        body = {"accepted": accepted, **{name: value for name, value in said.items() if value is not None}}
        kept = client.ask("POST", f"{generation_path(generation_id)}/feedback", body=body)
    if as_json:
        print_json(kept)
        return
    distance = kept.get("distance") or {}
    display.line(say("accepted", files=len(accepted), lines=distance.get("lines", 0), share=distance.get("ratio", 0)))


def export_training(
    *,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")] = Path("training.jsonl"),
    kind: Annotated[str, typer.Option(help="sft: good answers; dpo: pairs of a better and a worse.")] = "sft",
    split: Annotated[str, typer.Option(help="train, test (held out), or all.")] = "all",
    framework: Annotated[str | None, typer.Option(help="Only screens of this framework.")] = None,
    task: Annotated[str | None, typer.Option(help="spec, direct or patch.")] = None,
    model: Annotated[str | None, typer.Option(help="Only what this engine or model wrote.")] = None,
    rating: Annotated[int | None, typer.Option(min=1, max=5, help="The lowest rating.")] = None,
    builtin: Annotated[bool, typer.Option("--builtin/--no-builtin", help="Answers of the built-in engine too.")] = True,
    lang: Lang = None,
) -> None:
    """Write what people accepted, and agreed to have learnt from, as JSON lines; for admins and operators."""
    say, display = speech(lang)
    filters: dict[str, Any] = {
        "kind": kind, "split": split, "framework": framework, "task": task, "model": model, "rating": rating,
        "builtin": str(builtin).lower(),
    }  # fmt: skip
    query = urlencode({name: value for name, value in filters.items() if value is not None})
    with connected(say, display) as client:
        content = client.download(f"/api/v1/training/export?{query}")
        write_files({out: content})
    lines = content.count(b"\n")
    display.line(say("training_written", lines=lines, path=out))


def _within(folder: Path, path: str) -> Path:
    """A generation names files below its folder; nothing outside is read."""
    place = (folder / path).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise typer.BadParameter(f"{path} leads out of {folder}")
    return place


def _text(place: Path) -> str:
    try:
        return place.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{place}: {error}") from error
