"""A model as a judge beside the rules: its versioned prompt, and what it answered. Its mark never enters the score."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PROMPT_VERSION = "1"
_FOLDER = Path(__file__).parent / "judge_prompts"
_OBJECT = re.compile(r"\{[^{}]*\}", re.DOTALL)
_MOST_CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """`mark` is 0 to 100; None where the answer holds none."""

    mark: float | None
    reason: str


def messages(prompt: str, result: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the judge is asked. Prompt and screen are data, in fences that their text can't close."""
    shown = json.dumps(result, ensure_ascii=False)[:_MOST_CHARACTERS]
    user = "\n\n".join([_fenced("request", prompt), _fenced("screen", shown)])
    return [{"role": "system", "content": _system()}, {"role": "user", "content": user}]


def reading_of(text: str) -> Judgement:
    """The last object with a mark from 0 to 10; models like to think aloud before it."""
    for found in reversed(_OBJECT.findall(text)):
        try:
            answer = json.loads(found)
            mark = float(answer["mark"])
        except (ValueError, KeyError, TypeError):
            continue
        if 0 <= mark <= 10:
            return Judgement(round(10 * mark, 1), str(answer.get("reason") or "")[:500])
    return Judgement(None, "no mark in the answer")


def judged_part(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the judge sees of a record: the spec, else the files."""
    if record.get("spec"):
        return {"spec": record["spec"]}
    return {"files": {str(item["path"]): item.get("content") for item in record.get("artifacts") or ()}}


def _fenced(name: str, text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{name}\n{text}\n{fence}"


@cache
def _system() -> str:
    return (_FOLDER / f"{PROMPT_VERSION}.md").read_text(encoding="utf-8").strip()
