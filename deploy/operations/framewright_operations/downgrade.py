"""`downgrade`: the schemas of the running local mesh go down by this version's migrations; then everything stops."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from framewright_local import commands
from framewright_local.layout import Places
from framewright_local.messages import Say as MeshSay
from framewright_local.record import MeshRecord

from .backup.mesh import run
from .messages import OperationError, Say

OWNERS = ("gateway", "admin-service")
_HALTED = (*OWNERS, "gateway-worker")
Call = Callable[..., str]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("to", nargs="+", metavar="SERVICE=REVISION", help=f"of {' and '.join(OWNERS)}")


def go_down(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, call: Call = run) -> int:
    """The services that use the schemas are halted before, so that none writes into one that it does not know.

    Raises:
        OperationError: no mesh runs, a word is none of ours, or a migration failed; the services run again then.
    """
    wanted = dict(_parsed(word) for word in asked.to)
    places = Places.of(root, environment)
    record = MeshRecord.read_running(places.record)
    if record is None:
        raise OperationError("no_mesh")
    # What the supervisor gave them: the address of the database, with its password.
    own = {owner: psutil.Process(record.processes[owner].pid).environ() for owner in wanted}
    for name in _HALTED:
        commands.halt(places, name)
    try:
        for owner, revision in wanted.items():
            command = [sys.executable, "-m", "app.db.migrate", "down", revision]
            call(command, cwd=root / owner, environment=own[owner])
            (places.state / "postgres" / f"{owner}.migrated").unlink(missing_ok=True)
    except OperationError:
        _release(places)
        raise
    commands.stop(places, MeshSay(say.write, say.language))
    _release(places)
    say("went_down", revisions=", ".join(f"{owner} {revision}" for owner, revision in wanted.items()))
    return 0


def _release(places: Places) -> None:
    for name in _HALTED:
        (places.halted / name).unlink(missing_ok=True)


def _parsed(word: str) -> tuple[str, str]:
    owner, _, revision = word.partition("=")
    if owner not in OWNERS or not revision:
        raise OperationError("not_a_revision", word=word, owners=", ".join(OWNERS))
    return owner, revision
