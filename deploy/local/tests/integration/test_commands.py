"""up, where, status, stop as a person uses them: a supervisor in the background, told to go by another command."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from framewright_local.__main__ import main
from framewright_local.layout import SERVICES, Places
from framewright_local.record import MeshRecord

LOCAL = Path(__file__).parents[2]
Command = Callable[..., int]


@pytest.fixture
def command(places: Places, settings: Callable[[], dict[str, str]]) -> Command:
    """Runs a command for the stand-in checkout; the supervisor that it starts is another process."""
    environment = {**settings(), "PYTHONPATH": str(LOCAL)}
    return lambda *arguments: main([*arguments, "--root", str(places.root)], environment)


def test_up_where_status_and_stop(command: Command, places: Places, capsys: pytest.CaptureFixture[str]):
    assert command("status") == 3
    assert command("where") == 3
    assert command("up") == 0
    assert "The mesh is ready in" in capsys.readouterr().out
    assert command("up") == 0
    assert capsys.readouterr().out == ""
    assert command("where") == 0
    assert "/docs" in capsys.readouterr().out
    assert command("status") == 0
    assert capsys.readouterr().out.count(" ready ") == len(SERVICES)
    assert command("serve") == 1
    assert "runs already" in capsys.readouterr().err
    record = MeshRecord.read_running(places.record)
    assert record
    assert command("halt", "gateway") == 0
    assert command("release", "gateway") == 0
    assert command("stop") == 0
    assert "has stopped" in capsys.readouterr().out
    assert not any(mark.alive() for mark in record.processes.values())
    assert command("purge") == 0
    assert not places.state.exists()
    assert "not running" in capsys.readouterr().out


def test_stop_ends_what_a_killed_supervisor_left(command: Command, places: Places):
    assert command("up") == 0
    record = MeshRecord.read_running(places.record)
    assert record
    os.kill(record.supervisor.pid, signal.SIGKILL)
    assert all(mark.alive() for mark in record.processes.values())
    assert command("stop") == 0
    assert not any(mark.alive() for mark in record.processes.values())


def test_up_reports_why_the_mesh_did_not_start(
    command: Command, broken_admin: Places, capsys: pytest.CaptureFixture[str]
):
    assert command("up") == 1
    assert "no luck today" in capsys.readouterr().out
    assert broken_admin.record.exists()


def test_halt_needs_a_running_mesh_and_a_service(command: Command, capsys: pytest.CaptureFixture[str]):
    assert command("halt", "gateway") == 1
    assert "not running" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        command("halt")
