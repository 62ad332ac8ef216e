"""What can be wrong before a GPU is hired: the recipe, the data, the libraries. Every problem in words."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Sample = dict[str, Any]
_MEMBERS: Mapping[str, Sequence[str]] = {
    "": ("model", "base_set", "logged_set", "held_out", "output", "quantise", "lora", "training", "libraries"),
    "lora": ("r", "alpha", "dropout", "target_modules"),
    "training": (
        "epochs", "learning_rate", "batch_size", "gradient_accumulation", "max_length", "warmup_ratio", "seed",
    ),
}  # fmt: skip
_PATHS = ("base_set", "logged_set", "held_out", "output")
_ROLES = ("system", "user", "assistant")
_SHOWN = 5
_CHARACTERS_PER_TOKEN = 2
"""Of Korean and code, at worst: a rough bound, without a tokeniser."""


def config_problems(config: Mapping[str, Any]) -> list[str]:
    """Missing members, and R4.6's bounds: another recipe is another experiment, with a config of its own."""
    found = [
        f"config: {f'{part}.' if part else ''}{name} is missing"
        for part, names in _MEMBERS.items()
        for name in names
        if name not in (config.get(part) or {} if part else config)
    ]
    if found:
        return found
    lora, training = config["lora"], config["training"]
    holds = {
        "training.epochs is 1": training["epochs"] == 1,
        "lora.r is 8 to 16": 8 <= lora["r"] <= 16,
        "lora.dropout is 0.1": lora["dropout"] == 0.1,
    }
    return [f"config: not the recipe: {rule}" for rule, kept in holds.items() if not kept]


def read(place: Path) -> tuple[list[Sample], list[str]]:
    """The samples of a file of JSON lines, and what is wrong with it; both empty where there is no file."""
    samples, problems = [], []
    if not place.exists():
        return [], []
    for number, line in enumerate(place.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            sample = json.loads(line)
        except ValueError:
            sample = None
        problem = _sample_problem(sample)
        if problem:
            problems.append(f"{place}:{number}: {problem}")
        else:
            samples.append(sample)
    return samples, problems[:_SHOWN] + ([f"{place}: {len(problems)} lines in all"] if len(problems) > _SHOWN else [])


def placed(config: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The recipe with its paths, which are relative to its folder."""
    return {**config, **{name: str(folder / config[name]) for name in _PATHS}}


def data_problems(train: Sequence[Sample], held_out: Sequence[Sample]) -> list[str]:
    """Nothing to train with, or requests in both halves."""
    if not train:
        return ["data: there is nothing to train with: framewright export-training"]
    both = {_asked(sample) for sample in train} & {_asked(sample) for sample in held_out}
    return [f"data: {len(both)} requests are in both halves: the held-out loss would flatter"] if both else []


def data_warnings(train: Sequence[Sample], max_length: int) -> list[str]:
    """Samples that may be cut: training goes on, without their ends."""
    long = sum(_characters(sample) > max_length * _CHARACTERS_PER_TOKEN for sample in train)
    return [f"warning: {long} of {len(train)} samples may be cut at {max_length} tokens"] if long else []


def library_problems(
    wanted: Mapping[str, str], *, quantise: bool, installed: Callable[[str], str | None] | None = None
) -> list[str]:
    """Libraries that are missing, or older than the recipe was written for. bitsandbytes is needed for 4 bits alone."""
    found = []
    for name, least in wanted.items():
        if name == "bitsandbytes" and not quantise:
            continue
        there = (installed or _installed)(name)
        if there is None:
            found.append(f"library: {name} is missing (pip install '{name}>={least}')")
        elif _numbers(there) < _numbers(least):
            found.append(f"library: {name} {there} is older than {least}")
    return found


def merged(base: Iterable[Sample], logged: Iterable[Sample]) -> list[Sample]:
    """The base set, then what was logged; the same messages once."""
    seen: set[str] = set()
    whole: list[Sample] = []
    for sample in [*base, *logged]:
        key = json.dumps(sample["messages"], ensure_ascii=False, sort_keys=True)
        if key not in seen:
            seen.add(key)
            whole.append({"messages": sample["messages"]})
    return whole


def _sample_problem(sample: Any) -> str:
    messages = sample.get("messages") if isinstance(sample, dict) else None
    if not isinstance(messages, list) or not messages:
        return 'no chat: every line is {"messages": [{"role", "content"}]}'
    for message in messages:
        whole = isinstance(message, dict) and message.get("role") in _ROLES and isinstance(message.get("content"), str)
        if not whole or not message["content"].strip():
            return "a message without role (system, user, assistant) or content"
    return "" if messages[-1]["role"] == "assistant" else "the last message is not the assistant's: nothing is learnt"


def _asked(sample: Sample) -> str:
    return "\n".join(message["content"] for message in sample["messages"] if message["role"] == "user")


def _characters(sample: Sample) -> int:
    return sum(len(message["content"]) for message in sample["messages"])


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    parts = text.partition("+")[0].split(".")[:3]
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in parts)
