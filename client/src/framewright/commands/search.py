"""`framewright search`: the knowledge and code that generations use."""

from typing import Annotated

import typer

from .terminal import AsJson, Lang, connected, print_json, speech


def add_to(app: typer.Typer) -> None:
    app.command()(search)


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
    say, display = speech(lang)
    with connected(say, display) as client:
        found = client.search(query, kind=kind, framework=framework, limit=limit)
    if as_json:
        print_json(found)
        return
    for hit in found.get("hits") or ():
        display.line(f"{hit.get('score', 0):.2f}  {hit.get('title')}  [{hit.get('kind')}]  {hit.get('id')}")
        display.line(f"      {' '.join(str(hit.get('text', '')).split())[:160]}")
    if not found.get("hits"):
        display.line(say("no_hits"))
