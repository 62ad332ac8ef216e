"""A Dockerfile as its instructions, as far as the checks need it."""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dockerfile:
    service: str
    text: str
    steps: tuple[tuple[str, str], ...]
    """Instruction and its arguments, in order, continuation lines joined."""

    @classmethod
    def read(cls, folder: Path) -> "Dockerfile":
        text = (folder / "Dockerfile").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        joined = "\n".join(lines).replace("\\\n", " ").splitlines()
        return cls(folder.name, text, tuple((line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined))

    def arguments(self, instruction: str) -> list[str]:
        return [arguments for name, arguments in self.steps if name == instruction]

    def copied(self) -> list[str]:
        """The sources of every COPY and ADD."""
        words = [shlex.split(a) for name, a in self.steps if name in {"COPY", "ADD"}]
        return [source for copy in words for source in copy[:-1]]

    def command(self) -> list[str]:
        return [str(word) for word in json.loads(self.arguments("CMD")[-1])]

    def port(self) -> int:
        return int(self.command()[-1])

    def place(self, instruction: str, part: str) -> int:
        """The position of the first such instruction whose arguments hold the part."""
        return next(i for i, (name, a) in enumerate(self.steps) if name == instruction and part in a)
