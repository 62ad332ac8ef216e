"""`framewright plan`, `framewright patch`, `framewright patch undo` and `recover`."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from framewright.commands.terminal import AsJson, Lang, connected, print_json, speech
from framewright.display import Display
from framewright.errors import Refused
from framewright.exits import Exit
from framewright.files import UnsafePath
from framewright.messages import Messages

from .errors import PatchError, StaleFile, UnknownRepository
from .journal import Journal, Recovered
from .requests import Patches
from .workspace import Workspace

Root = Annotated[Path, typer.Option("--workspace", help="The folder that patches stay in.")]
HERE = Path()


class PatchGroup(TyperGroup):
    """`framewright patch …` is `framewright patch apply …`, where it is not `undo` or `recover`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["apply", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


def add_patch_commands(app: typer.Typer) -> None:
    _Commands().add_to(app)


class _Commands:
    def add_to(self, app: typer.Typer) -> None:
        app.command("plan")(self.plan)
        patch = typer.Typer(cls=PatchGroup, help="Apply a plan to the files on disk, all or none; undo it.")
        patch.command("apply")(self.apply)
        patch.command("undo")(self.undo)
        patch.command("recover")(self.recover)
        app.add_typer(patch, name="patch")

    def plan(
        self,
        intent: Annotated[str, typer.Argument(help="What to change.")],
        paths: Annotated[list[Path] | None, typer.Argument(help="The files, or folders, that it is about.")] = None,
        *,
        paste: Annotated[str, typer.Option(help="A file with code, or - for standard input.")] = "",
        base: Annotated[str, typer.Option(help="The generation whose files it is about.")] = "",
        repository: Annotated[str, typer.Option(help="The indexed repository that the files are of: name or id.")] = "",
        scan: Annotated[bool, typer.Option("--scan/--no-scan", help="Whether folders are read.")] = True,
        model: Annotated[str, typer.Option(help="An engine or a model of it.")] = "",
        workspace: Root = HERE,
        as_json: AsJson = False,
        lang: Lang = None,
    ) -> None:
        """Plan a change of code, for `framewright patch`."""
        with self._open(workspace, lang, as_json=as_json) as (patches, say, display, space):
            code = (sys.stdin.read() if paste == "-" else space.read_any(Path(paste))) if paste else ""
            files = space.collect(paths, scan=scan) if paths and not (code or base or repository) else []
            named = [path.as_posix() for path in paths or ()] if code or base or repository else []
            options = {"model": model} if model else None
            planned = patches.plan(
                intent,
                files,
                code_paste=code,
                paths=named,
                generation_id=base,
                repository_id=patches.repository_id(repository),
                options=options,
            )
        if as_json:
            print_json(planned)
            return
        plan = planned["plan"]
        source = say("by_engine", engine=planned["engine"]) if plan["source"] == "engine" else say("by_rules")
        display.line(say("plan_made", plan_id=planned["plan_id"], source=source))
        for step in plan["steps"]:
            display.line(f"  - {step}")
        for target in plan["targets"]:
            display.line(f"  {target['path']}:{target['first_line']}-{target['last_line']}  {target['symbol']}")
        if planned["truncated"]:
            display.line(say("plan_truncated"))
        _warn(planned, say, display)
        display.line(say("plan_next"))

    def apply(
        self,
        plan: Annotated[str, typer.Argument(help="A plan's id or file; the last plan unless named.")] = "",
        *,
        edits: Annotated[
            Path | None, typer.Option(help="A JSON file with edits of one's own, instead of a plan.")
        ] = None,
        hint: Annotated[str, typer.Option(help="How to do it.")] = "",
        reason: Annotated[str, typer.Option(help="What was wrong with an earlier patch.")] = "",
        model: Annotated[str, typer.Option(help="An engine or a model of it.")] = "",
        framework: Annotated[str | None, typer.Option(help="The framework, for edits of components.")] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the diff, write nothing.")] = False,
        consent: Annotated[
            bool | None, typer.Option("--consent/--no-consent", help="Whether the patch may be learnt from.")
        ] = None,
        workspace: Root = HERE,
        as_json: AsJson = False,
        lang: Lang = None,
    ) -> None:
        """Apply a plan, or edits, to the files of the workspace: all of it or nothing."""
        with self._open(workspace, lang, as_json=as_json) as (patches, say, display, _):
            if edits is not None:
                made = patches.apply_edits(_read_edits(edits), framework=framework, dry_run=dry_run)
            else:
                options: dict[str, Any] = {"dry_run": dry_run, **({"model": model} if model else {})}
                feedback = {"hint": hint, "reason": reason}
                made = patches.patch(patches.plan_id(plan), feedback=feedback, options=options)
            written = patches.write(made).journal_id if made["ok"] and not dry_run else None
            if not as_json:
                _show_patch(made, say, display, written=written, dry_run=dry_run)
            if consent is not None and made["ok"] and made["patch_id"]:
                patches.consent(str(made["patch_id"]), given=consent)
        if as_json:
            print_json({**made, "written": written is not None})
        if not made["ok"]:
            raise typer.Exit(Exit.UNSUPPORTED)

    def undo(
        self,
        patch: Annotated[str, typer.Argument(help="The patch's id; the last one unless named.")] = "",
        *,
        workspace: Root = HERE,
        lang: Lang = None,
    ) -> None:
        """Take a patch back: the files as they were, byte for byte."""
        say, display = speech(lang, as_json=False)
        with _told(say):
            space = Workspace(workspace)
            undone = Journal(space).undo(patch)
        display.line(say("patch_undone", paths=", ".join(entry.path for entry in undone.entries)))
        if undone.patch_id:
            with connected(say, display) as client:
                if not Patches(client, space, Journal(space)).roll_back(undone.patch_id):
                    display.line(say("ledger_not_told"))

    def recover(self, *, workspace: Root = HERE, lang: Lang = None) -> None:
        """Finish, or take back, what an interrupted patch left; every patch begins with this, too."""
        say, display = speech(lang, as_json=False)
        with _told(say):
            found = Journal(Workspace(workspace)).recover()
        _show_recovered(found, say, display)
        if not found:
            display.line(say("nothing_to_recover"))

    @contextmanager
    def _open(
        self, root: Path, lang: str | None, *, as_json: bool
    ) -> Iterator[tuple[Patches, Messages, Display, Workspace]]:
        say, display = speech(lang, as_json=as_json)
        with _told(say):
            space = Workspace(root)
            journal = Journal(space)
            if journal.unfinished():
                _show_recovered(journal.recover(), say, display)
            with connected(say, display) as client, _refusals(say):
                yield Patches(client, space, journal), say, display, space


@contextmanager
def _told(say: Messages) -> Iterator[None]:
    """Errors of the disk end as a message and an exit code."""
    try:
        yield
    except StaleFile as error:
        _end(say("patch_refused", detail=say("stale", reason=error)))
    except UnknownRepository as error:
        _end(say("repository_unknown", name=error))
    except (PatchError, UnsafePath, OSError) as error:
        _end(say("patch_refused", detail=error))


@contextmanager
def _refusals(say: Messages) -> Iterator[None]:
    """A patch that can't be applied (409, 422) says which edit, why, and where to look."""
    try:
        yield
    except Refused as error:
        failures = error.problem.get("failures")
        if not failures:
            raise
        lines = []
        for item in failures:
            lines.append(f"  {item.get('path')}: {item.get('message')}")
            lines += [f"    {place.get('line')}: {place.get('text')}" for place in item.get("places") or ()]
        _end(say("patch_refused", detail="\n".join(lines)))


def _end(text: str) -> None:
    Console(stderr=True, highlight=False).print(text, markup=False, soft_wrap=True)
    raise typer.Exit(Exit.FAILED)


def _read_edits(place: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"{place}: {error}") from error
    edits = document.get("edits") if isinstance(document, dict) else document
    if not isinstance(edits, list) or not all(isinstance(edit, dict) for edit in edits):
        raise typer.BadParameter(f"{place}: a list of edits is expected")
    return edits


def _show_patch(made: dict[str, Any], say: Messages, display: Display, *, written: str | None, dry_run: bool) -> None:
    for file in made["files"]:
        print(file["diff"], end="")  # as it is: a terminal's markup, tabs and emoji are none here
    _warn(made, say, display)
    if not made["ok"]:
        display.line(say("no_edits", reason=made["reason"]))
    elif dry_run:
        display.line(say("patch_dry"))
    elif written is None:
        display.line(say("patch_there"))
    else:
        display.line(say("patch_written", count=len(made["files"]), patch_id=made["patch_id"]))
        display.line(say("patch_undo_hint"))


def _show_recovered(found: Sequence[Recovered], say: Messages, display: Display) -> None:
    for item in found:
        display.line(say(f"recovered_{item.outcome}", paths=", ".join(item.paths)))
        if item.foreign:
            display.line(say("recovered_foreign", paths=", ".join(item.foreign), folder=item.folder / "backup"))


def _warn(document: dict[str, Any], say: Messages, display: Display) -> None:
    for warning in document.get("warnings") or ():
        display.line(say("warning", message=warning.get("message")))
