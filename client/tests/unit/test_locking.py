"""One process at a time, on systems with `fcntl` and without."""

import os
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from framewright import locking


def test_a_lock_is_taken_once(tmp_path: Path):
    one, other = (os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT) for _ in range(2))
    assert locking.taken(one)
    assert not locking.taken(other)
    os.close(one)
    assert locking.taken(other)
    os.close(other)


def test_windows_has_another_call_for_it(monkeypatch: pytest.MonkeyPatch):
    held: list[int] = []

    def lock(descriptor: int, _mode: int, _size: int) -> None:
        if descriptor in held:
            raise OSError
        held.append(descriptor)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=lock, LK_NBLCK=2))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    taken = runpy.run_path(locking.__file__)["taken"]
    assert taken(7)
    assert not taken(7)
