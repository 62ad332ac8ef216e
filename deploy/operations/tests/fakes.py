"""A mesh that is none, for tests of what is asked of one."""

from dataclasses import dataclass, field
from pathlib import Path

from framewright_operations.messages import OperationError


@dataclass
class FakeMesh:
    """A fake: `marks` are what its vector store says, one after the other; the last stays."""

    kind: str = "local"
    marks: list[str] = field(default_factory=lambda: ["a"])
    calls: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    occupied: bool = False

    def mark(self) -> str:
        self.calls.append("mark")
        return self.marks.pop(0) if len(self.marks) > 1 else self.marks[0]

    def dump_database(self, to: Path) -> None:
        self.calls.append("database")
        to.write_text("rows", encoding="utf-8")

    def dump_vectors(self, to: Path) -> None:
        self.calls.append("vectors")
        to.write_text("points", encoding="utf-8")

    def dump_secrets(self, to: Path) -> None:
        (to / "encryption_key").write_text("k", encoding="utf-8")

    def passphrase_file(self) -> Path:
        return Path("/nowhere")

    def check_empty(self, *, replace: bool) -> None:
        self.calls.append("check")
        if self.occupied and not replace:
            raise OperationError("not_empty", what="data")

    def restore_secrets(self, folder: Path) -> None:
        self.calls.append("secrets")
        self.held["key"] = (folder / "encryption_key").read_text(encoding="utf-8")

    def restore_database(self, dump: Path) -> None:
        self.calls.append("database")
        self.held["rows"] = dump.read_text(encoding="utf-8")

    def start(self) -> str:
        self.calls.append("start")
        return "http://127.0.0.1:1"

    def restore_vectors(self, snapshot: Path) -> None:
        self.calls.append("vectors")
        self.held["points"] = snapshot.read_text(encoding="utf-8")
