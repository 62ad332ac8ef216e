"""A process killed (`kill -9`) at each step of the journal: all files are old or all are new, and none is lost."""

import os
import signal
from pathlib import Path

import pytest

from framewright.patching.disk import sha256
from framewright.patching.journal import Journal
from framewright.patching.transactions import FileChange
from framewright.patching.workspace import Workspace

OLD = {"a.py": b"old a\r\n", "b.py": b"old b\n", "gone.py": b"old gone\n"}
NEW = {"a.py": b"new a\r\n", "b.py": b"new b\n", "deep/er/c.py": b"new c\n"}


def state(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".framewright" not in path.parts
    }


def write(root: Path, kill_at: int, action: str) -> tuple[int, str]:
    """Does it in a process of its own, which kills itself at a step; its exit code, and the step."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(_child(root, kill_at, action, writer))
    os.close(writer)
    with os.fdopen(reader) as said:
        step = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), step


def _child(root: Path, kill_at: int, action: str, writer: int) -> int:
    left = kill_at

    def on_step(name: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.write(writer, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    journal = Journal(Workspace(root), on_step=on_step)
    if action == "undo":
        journal.undo()
    else:
        paths = sorted({*OLD, *NEW})
        changes = [FileChange(path, sha256(OLD[path]) if path in OLD else None, NEW.get(path)) for path in paths]
        journal.apply(changes, patch_id="p1")
    return 0


@pytest.mark.parametrize("action", ["apply", "undo"])
def test_a_kill_at_any_step_loses_nothing(tmp_path: Path, action: str):  # R4.2
    expected = (OLD, NEW) if action == "apply" else (NEW, OLD)
    steps: list[str] = []
    while True:
        root = tmp_path / f"{action}{len(steps)}"
        root.mkdir()
        for path, data in OLD.items():
            (root / path).write_bytes(data)
        if action == "undo":
            assert write(root, 0, "apply")[0] == 0
        code, step = write(root, len(steps) + 1, action)
        if code == 0:
            assert state(root) == expected[1]
            break
        assert code == -signal.SIGKILL, step
        steps.append(step)
        journal = Journal(Workspace(root))
        found = journal.recover()
        after = state(root)
        assert after in expected, f"killed after {step}"
        if found:
            assert after == expected[1 if found[0].outcome == "finished" else 0], f"killed after {step}"
        assert not journal.unfinished()
        assert journal.recover() == []
        if after == expected[0]:
            assert write(root, 0, action)[0] == 0, f"killed after {step}, and again"
            assert state(root) == expected[1]
    kinds = {step.split()[0] for step in steps}
    assert kinds >= {"folder", "manifest", "backup", "new", "ready", "temporary", "replaced", "committed"}
    assert len(steps) >= 12
