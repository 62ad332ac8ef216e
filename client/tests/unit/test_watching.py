"""Changes of files."""

from collections.abc import Callable, Iterator
from pathlib import Path

from framewright.watching import changes


def test_once_at_first_and_again_for_each_change(tmp_path: Path):
    file = tmp_path / "a.sql"
    file.write_text("one")
    steps: Iterator[Callable[[], object]] = iter([file.touch, file.unlink, lambda: file.write_text("two")])
    waits: list[str] = []
    rounds = changes([file], lambda: waits.append("waiting"), sleep=lambda _: (next(steps)(), None)[1])
    next(rounds)
    assert waits == []
    next(rounds)
    assert not file.exists(), "a touch alone is no change; the file's absence is"
    next(rounds)
    assert file.read_text() == "two"
    assert len(waits) == 2
