"""What the simulated engine says: a text for each kind of prompt, cut into tokens."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_TOKEN_CHARACTERS = 4
_WORDS = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is said where `contains` stands in the prompt; "" stands in every one."""

    contains: str
    text: str


class Answers:
    """The first that fits is taken. At least one has to fit every prompt."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        if not answers or answers[-1].contains:
            raise ValueError("The last answer has to fit every prompt: leave its `contains` empty.")
        self._answers = tuple(answers)

    def to(self, prompt: str) -> str:
        return next(answer.text for answer in self._answers if answer.contains in prompt)


def read_answers(path: Path | None) -> Answers:
    """A text file, which is always said; or `.jsonl` with `{"contains", "text"}` on each line; or the packaged one."""
    source = path or Path(__file__).parent / "answer.md"
    text = source.read_text(encoding="utf-8")
    if source.suffix != ".jsonl":
        return Answers([Answer("", text)])
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    return Answers([Answer(str(line["contains"]), str(line["text"])) for line in lines])


def tokens_of(text: str, count: int) -> list[str]:
    """The text in `count` parts that differ by a letter at most, or in parts of four letters where `count` is 0."""
    wanted = count or max(1, -(-len(text) // _TOKEN_CHARACTERS))
    ends = [len(text) * number // wanted for number in range(wanted + 1)]
    return [text[start:end] for start, end in pairwise(ends)]


def repeated(tokens: Sequence[str]) -> Iterator[str]:
    while True:
        yield from tokens


def prompt_tokens(prompt: str) -> int:
    """A count as of a common tokenizer: a Latin word is one and more, a Korean syllable two thirds of one."""
    total = 0
    for word in _WORDS.findall(prompt):
        total += 1 + len(word) // 5 if word.isascii() else max(1, len(word) * 2 // 3)
    return max(1, total)
