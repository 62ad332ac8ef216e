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
    """Instruction and its arguments of the last stage, which becomes the image, in order, continuation lines joined."""
    earlier: tuple[tuple[str, str], ...] = ()
    """The same of the stages before it: nothing of them is in the image but what is copied from them."""

    @classmethod
    def read(cls, folder: Path) -> "Dockerfile":
        text = (folder / "Dockerfile").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        joined = "\n".join(lines).replace("\\\n", " ").splitlines()
        steps = [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined]
        last = max(place for place, (name, _) in enumerate(steps) if name == "FROM")
        return cls(folder.name, text, tuple(steps[last:]), tuple(steps[:last]))

    def arguments(self, instruction: str) -> list[str]:
        return [arguments for name, arguments in self.steps if name == instruction]

    def copied(self) -> list[str]:
        """The sources of every COPY and ADD out of the repository, in any stage."""
        steps = (*self.earlier, *self.steps)
        words = [shlex.split(a) for name, a in steps if name in {"COPY", "ADD"} and "--from=" not in a]
        return [source for copy in words for source in copy[:-1]]

    def command(self) -> list[str]:
        return [str(word) for word in json.loads(self.arguments("CMD")[-1])]

    def port(self) -> int:
        return int(self.command()[-1])

    def place(self, instruction: str, part: str) -> int:
        """The position of the first such instruction whose arguments hold the part."""
        return next(i for i, (name, a) in enumerate(self.steps) if name == instruction and part in a)
