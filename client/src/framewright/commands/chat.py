"""`framewright chat`: a conversation in a session of the mesh, its answer printed as it comes."""

import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any

import typer

from framewright.client import Client, Event
from framewright.display import Display, local_time
from framewright.errors import KeyRefused, Refused
from framewright.exits import Exit
from framewright.messages import Messages
from framewright.requests import stated

from .interrupting import cancelling
from .terminal import AsJson, Lang, connected, print_json, print_json_line, speech, tell

_WORSE = (Exit.DONE, Exit.CANCELLED, Exit.FAILED)
_ENDS = {"completed": Exit.DONE, "failed": Exit.FAILED, "cancelled": Exit.CANCELLED}


def add_to(app: typer.Typer) -> None:
    app.command()(chat)
    app.command()(sessions)


def chat(
    message: Annotated[
        str, typer.Argument(help="What to say; - reads it from standard input, nothing begins a talk.")
    ] = "",
    *,
    session: Annotated[str, typer.Option(help="The session to go on with; a new one unless named.")] = "",
    last: Annotated[bool, typer.Option("--last", help="Go on with the session used last.")] = False,
    model: Annotated[str | None, typer.Option(help="An engine or a model of it.")] = None,
    system: Annotated[str | None, typer.Option(help="The system prompt of a new session.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0, max=2, help="0.7 unless given.")] = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="512 unless given.")] = None,
    knowledge: Annotated[bool, typer.Option("--knowledge", help="Answers use the knowledge.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Talk with the engine; the session stays, and can be taken up again on any machine."""
    say, display = speech(lang, as_json=as_json)
    settings = stated(model=model, temperature=temperature, max_tokens=max_tokens)
    for_new = stated(system_prompt=system, use_knowledge=knowledge or None)
    with connected(say, display) as client:
        earlier = session or (_last(client) if last else "")
        if earlier and for_new:
            raise typer.BadParameter(say("chat_new_only"))
        session_id = earlier or client.sessions.create(**settings, **for_new)["id"]
        talk = _Talk(client, say, display, session_id, settings if earlier else {}, as_json=as_json)
        if message:
            raise typer.Exit(talk.turn(sys.stdin.read() if message == "-" else message))
        display.line(say("chat_begins", session_id=session_id))
        raise typer.Exit(talk.all(_lines(say, prompted=sys.stdin.isatty() and not as_json)))


def sessions(
    words: Annotated[str, typer.Argument(help="Only those that hold these words.")] = "",
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many.")] = 20,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List or search one's sessions, the last used first."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        found: dict[str, Any] = (
            client.sessions.search(words, limit=limit) if words else {**client.sessions.page(limit=limit)}
        )
    if as_json:
        print_json(found)
    for item in found["items"]:
        session = item.get("session", item)
        about = item.get("snippet") or session["last_message"] or ""
        at = local_time(session["updated_at"]).isoformat(timespec="minutes")
        display.line(f"{session['id']}  {at}  {session['title']}")
        display.line(f"    {' '.join(about.split())[:120]}")
    if not found["items"]:
        display.line(say("no_sessions"))


class _Talk:
    """One session at the terminal; `settings` go with each message."""

    def __init__(
        self,
        client: Client,
        say: Messages,
        display: Display,
        session_id: str,
        settings: dict[str, Any],
        *,
        as_json: bool,
    ) -> None:
        self._client, self._say, self._display = client, say, display
        self._session_id, self._settings, self._as_json = session_id, settings, as_json

    def all(self, messages: Iterator[str]) -> Exit:
        """Says them one by one, also after one that failed; gives the worst end.

        Raises:
            Unreachable, Refused: the next one would fare no better, without a key or a session.
        """
        worst = Exit.DONE
        for message in messages:
            try:
                end = self.turn(message)
            except Refused as error:
                if isinstance(error, KeyRefused) or error.status == HTTPStatus.NOT_FOUND:
                    raise
                end = self._refused(error)
            worst = max(worst, end, key=_WORSE.index)
        return worst

    def turn(self, message: str) -> Exit:
        """Says it, prints the answer as it comes, and gives how it ended."""
        end = None
        order = self._client.sessions.order(self._session_id, message, **self._settings)
        with cancelling(order, self._say, self._display):
            for event in order.events():
                self._show(event)
                end = event if event.terminal else end
        return self._report(end)

    def _refused(self, error: Refused) -> Exit:
        if self._as_json:
            print_json_line({"session_id": self._session_id, "type": "failed", "problem": error.problem})
        return tell(self._say, error)

    def _show(self, event: Event) -> None:
        if self._as_json:
            return
        if event.type == "delta" and event.data.get("channel") == "answer":
            print(event.data["text"], end="", flush=True)
        elif event.type == "reset":
            print()
            self._display.line(self._say("reset", stage=self._say.stage("engine"), reason=event.data.get("reason", "")))

    def _report(self, end: Event | None) -> Exit:
        data: dict[str, Any] = dict(end.data) if end else {}
        if self._as_json:
            print_json_line({"session_id": self._session_id, **data})
            return _ENDS[end.type] if end else Exit.FAILED
        print()
        if end is None or end.type == "failed":
            self._display.line(self._say("failed", detail=(data.get("problem") or {}).get("detail", "")))
            return Exit.FAILED
        for number, citation in enumerate(data.get("citations") or (), 1):
            self._display.line(f"[{number}] {citation.get('title')}")
        for warning in data.get("warnings") or ():
            self._display.line(self._say("warning", message=warning.get("message")))
        if data.get("degraded"):
            self._display.line(self._say("degraded", engine=data.get("engine")))
        return _ENDS[end.type]


def _last(client: Client) -> str:
    """The last conversation; a session of the studio makes screens, and is none."""
    items = client.sessions.page(limit=100)["items"]
    return next((session["id"] for session in items if session["kind"] == "chat"), "")


def _lines(say: Messages, *, prompted: bool) -> Iterator[str]:
    """What is typed, line by line, up to an empty one."""
    while True:
        try:
            line = input(say("chat_prompt")) if prompted else sys.stdin.readline().rstrip("\n")
        except EOFError:
            return
        if not line.strip():
            return
        yield line
