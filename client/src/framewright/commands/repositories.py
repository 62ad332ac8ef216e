"""`framewright index`: source code for search and answers, from a folder, an archive or git."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from framewright.client import Client
from framewright.display import Display
from framewright.errors import Refused
from framewright.exits import Exit
from framewright.messages import Messages
from framewright.packing import PackTooLarge, pack
from framewright.polling import asked_through_restarts
from framewright.types import Repository

from .terminal import AsJson, Lang, complain, connected, print_json, speech

POLL_S = 1.0
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_GIT = re.compile(r"^(https?|ssh|git)://|^[\w.-]+@[\w.-]+:")


def add_to(app: typer.Typer) -> None:
    app.command()(index)


def index(
    source: Annotated[str, typer.Argument(help="A folder, a zip or tar file, or a git URL.")] = "",
    *,
    name: Annotated[str, typer.Option(help="What it is called; the folder's or file's name unless given.")] = "",
    branch: Annotated[str, typer.Option(help="The branch; the default one unless given.")] = "",
    on_server: Annotated[bool, typer.Option("--on-server", help="The folder is on the mesh's own machine.")] = False,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Whether to watch it to its end.")] = True,
    listed: Annotated[bool, typer.Option("--list", help="List what is indexed, and how far.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Index source code, or what changed in it since; the progress, and how long it will still take."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        if listed or not source:
            _list(client, say, display, as_json=as_json)
            return
        with _sizes_told(say):
            elsewhere = on_server or _GIT.search(source)
            content = None if elsewhere else _content(Path(source), say, display)
            begun = _begin(client, source, name, branch, content)
        display.line(say("index_begun", name=begun["name"], id=begun["id"]))
        final = _watched(client, begun, say, quiet=as_json) if wait else begun
    if as_json:
        print_json(final)
    if final["state"] == "failed":
        display.line(say("index_failed", reason=final["message"]))
        raise typer.Exit(Exit.FAILED)
    key = "index_ready" if final["state"] == "ready" else "index_goes_on"
    display.line(say(key, name=final["name"]))


def _begin(client: Client, source: str, name: str, branch: str, content: bytes | None) -> Repository:
    if _GIT.search(source):
        return client.repositories.add_git(name or _stem(source), source, branch=branch)
    if content is None:
        return client.repositories.add_path(name or _stem(source), source, branch=branch)
    return client.repositories.add_archive(name or _stem(Path(source).resolve().name), content, branch=branch)


def _content(place: Path, say: Messages, display: Display) -> bytes:
    if place.is_dir():
        packed = pack(place)
        left_out = ", ".join(f"{say(f'index_{reason}')} {count}" for reason, count in sorted(packed.left_out.items()))
        size = len(packed.content) / 1e6
        display.line(say("index_packed", files=packed.files, size=size) + (f" ({left_out})" if left_out else ""))
        return packed.content
    if place.is_file() and _ARCHIVE.search(place.name):
        return place.read_bytes()
    raise typer.BadParameter(say("index_what", source=place))


@contextmanager
def _sizes_told(say: Messages) -> Iterator[None]:
    """What is too large to be sent ends the command with what else can be done."""
    try:
        yield
    except (PackTooLarge, Refused) as error:
        if isinstance(error, Refused) and error.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise
        complain(say("index_too_large", reason=error))
        raise typer.Exit(Exit.FAILED) from None


def _watched(client: Client, repository: Repository, say: Messages, *, quiet: bool) -> Repository:
    """Shows how far it is until it is over; Ctrl-C leaves it to the mesh."""
    console = Console(stderr=True, quiet=quiet)
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    try:
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=None)
            while repository["state"] in {"queued", "indexing"}:
                time.sleep(POLL_S)
                repository = asked_through_restarts(partial(client.repositories.read, repository["id"]))
                progress = repository["progress"]
                bar.update(
                    task,
                    total=progress["files"] or None,
                    completed=progress["files_done"],
                    description=_how_far(repository, say),
                )
    except KeyboardInterrupt:
        return repository
    return repository


def _how_far(repository: Repository, say: Messages) -> str:
    progress = repository["progress"]
    text = say("index_state", done=progress["files_done"], **progress)
    eta_s = progress["eta_s"]
    return f"{text}, {say('index_eta', seconds=eta_s)}" if eta_s is not None else text


def _list(client: Client, say: Messages, display: Display, *, as_json: bool) -> None:
    found = client.repositories.list()
    if as_json:
        print_json(found)
    for repository in found:
        display.line(f"{repository['id']}  {repository['state']:<8}  {repository['name']}  {repository['branch']}")
        display.line(f"    {repository['message'] or _how_far(repository, say)}")
    if not found:
        display.line(say("no_repositories"))


def _stem(name: str) -> str:
    """A name for a repository out of that of a file or a URL."""
    last = name.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return _ARCHIVE.sub("", last.removesuffix(".git")) or "repository"
