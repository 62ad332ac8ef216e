"""A logged generation or patch as training samples in chat form: every value a string."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from .distance import edit_distance, plain
from .scrubbing import scrub_all, scrub_answer

Kind = Literal["sft", "dpo"]
Message = dict[str, str]
Sample = dict[str, Any]
"""Strings, and lists of `{role, content}`: what `datasets` reads without a guess."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample, and what it is told apart by: the person's own words and the answers, without the prompt's frame.

    Both without personal data and secrets; `found` counts what was taken out, by kind.
    """

    sample: Sample
    own: str
    found: Counter[str]


class _Clean:
    """A record whose members are scrubbed when they are first read: as documents, before they become text."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.raw = record
        self.found: Counter[str] = Counter()
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = scrub_all(self.raw.get(name), self.found)
        return self._read[name]


HELD_OUT_SHARE = 0.15
_RESOLUTION = 10_000
_FILES = {
    "ko": "{framework} 화면을 작성합니다. 파일마다 경로를 제목으로 쓰고 내용 전체를 코드 블록에 넣습니다.",
    "en": "You write screens for {framework}. Give each file whole, in a code block under its path.",
}
_PATCH = {
    "ko": 'JSON으로만 답합니다: {"edits": [{"path", "search", "replace"}]}. search는 파일에 있는 그대로 씁니다. '
    '줄을 바꿀 때는 {"path", "first_line", "last_line", "content"}, 새 파일은 {"path", "content"}입니다.',
    "en": 'Answer in JSON alone: {"edits": [{"path", "search", "replace"}]}; search as it stands in the file. '
    'Lines are replaced by {"path", "first_line", "last_line", "content"}, a new file is {"path", "content"}.',
}
_LONGEST_FILE = 200_000


def samples_of(record: Mapping[str, Any], kind: Kind) -> Iterator[Drawn]:
    """What can be learnt from a record of `generations` or `patches`; nothing where it holds no good answer."""
    if record["source"] == "patch":
        yield from _of_patch(_Clean(record), kind)
    elif record["source"] == "generation":
        yield from _of_generation(_Clean(record), kind)


def split_of(asked: str) -> str:
    """`test` for a fixed share of all requests, `train` for the others: by the request alone, so it never changes.

    Spaces and case don't count: the same request in both halves would test what was learnt by heart.
    """
    digest = hashlib.blake2b(" ".join(asked.lower().split()).encode(), digest_size=8).digest()
    return "test" if int.from_bytes(digest) % _RESOLUTION < HELD_OUT_SHARE * _RESOLUTION else "train"


def _of_generation(record: _Clean, kind: Kind) -> Iterator[Drawn]:
    taken_over = (record.raw.get("feedback") or {}).get("accepted")
    accepted = _contents((record["feedback"] or {}).get("accepted")) if taken_over else {}
    emitted = _contents(record["artifacts"]) if taken_over else {}
    edited = edit_distance({path: emitted.get(path, "") for path in accepted}, accepted).lines > 0
    if kind == "sft":
        yield from _good_answers(record, {**emitted, **accepted} if edited else None)
    elif edited:
        asked = _asked_for_files(record)
        # Files that nobody mentions stay as they were.
        yield _drawn(record, "direct", _pair(asked, _fenced({**emitted, **accepted}), _fenced(emitted)))
    else:
        yield from _corrected_answers(record)


def _good_answers(record: _Clean, edited: Mapping[str, str] | None) -> Iterator[Drawn]:
    """Files as a person left them; the spec, or the files, as they were made."""
    if edited is None and record.raw.get("spec"):
        asked = _as_sent(record)
        if asked:
            yield _drawn(record, "spec", {"messages": [*asked, _said(_json_block(record["spec"]))]})
    elif edited is not None or record.raw.get("artifacts"):
        files = _contents(record["artifacts"]) if edited is None else edited
        yield _drawn(record, "direct", {"messages": [*_asked_for_files(record), _said(_fenced(files))]})


def _corrected_answers(record: _Clean) -> Iterator[Drawn]:
    """A first answer that could not be used, and the spec that came of the second."""
    raw = record.raw.get("raw_answers") or []
    first = str(raw[0].get("text") or "") if len(raw) > 1 else ""
    asked = _as_sent(record) if first.strip() and record.raw.get("spec") else []
    if asked:
        pair = _pair(asked, _json_block(record["spec"]), scrub_answer(first, record.found))
        yield _drawn(record, "spec", pair)


def _of_patch(record: _Clean, kind: Kind) -> Iterator[Drawn]:
    """The request with the files as they were, and the edits as they were applied."""
    if kind != "sft" or not record.raw["intent"] or not record.raw["edits"]:
        return
    before = {
        file["path"]: file["base_content"]
        for file in record.raw["files"]
        if file.get("base_content") and len(file["base_content"]) <= _LONGEST_FILE
    }
    if not before:
        return
    asked = [
        {"role": "system", "content": _PATCH[_language(record["intent"])]},
        {"role": "user", "content": f"{record['intent']}\n\n{_fenced(scrub_all(before, record.found))}"},
    ]
    edits = [{name: edit[name] for name in _EDIT if edit.get(name) is not None} for edit in record["edits"]]
    answer = orjson.dumps({"edits": edits}).decode()
    yield _drawn(record, "patch", {"messages": [*asked, _said(answer)]})


_EDIT = ("path", "search", "replace", "first_line", "last_line", "content", "component", "set", "remove")


def _as_sent(record: _Clean) -> list[Message]:
    """The first prompt as the engine had it; later ones speak of an answer that is not there.

    None where it shows somebody else's screen that may no longer be learnt from.
    """
    if record.raw.get("example_withdrawn"):
        return []
    prompts = (record.raw.get("prompts") or [])[:1]
    messages = prompts[0].get("messages") or [] if prompts else []
    return [
        {"role": str(item["role"]), "content": _text(scrub_all(item.get("content"), record.found))} for item in messages
    ]


def _asked_for_files(record: _Clean) -> list[Message]:
    model = record["data_model"]
    data = f"\n\n{_json_block(model)}" if model else ""
    system = _FILES[_language(record["prompt"])].format(framework=record.raw.get("framework") or "")
    return [{"role": "system", "content": system}, {"role": "user", "content": f"{record['prompt']}{data}"}]


def _drawn(record: _Clean, task: str, content: Mapping[str, list[Message]]) -> Drawn:
    raw = record.raw
    rating = (raw.get("feedback") or {}).get("rating")
    sample = {
        "id": f"{raw['id']}/{task}",
        "split": split_of(str(raw.get("prompt") or raw.get("intent") or "")),
        "framework": raw.get("framework") or "",
        "task": task,
        "model": raw.get("engine_model") or raw.get("engine") or "",
        "rating": str(rating) if rating else "",
        **content,
    }
    answers = [message["content"] for name, said in content.items() for message in said if name != "prompt"]
    asked = str(record["prompt"] or record["intent"] or "")
    own = "\n".join([asked, *(answers[-1:] if "messages" in content else answers)])
    return Drawn(sample, own, record.found)


def _pair(asked: list[Message], chosen: str, rejected: str) -> dict[str, list[Message]]:
    """As preference training takes it: the prompt once, and both answers."""
    return {"prompt": asked, "chosen": [_said(chosen)], "rejected": [_said(rejected)]}


def _said(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _contents(files: Any) -> dict[str, str]:
    return {file["path"]: file["content"] for file in files or () if file.get("content")}


def _fenced(files: Mapping[str, str]) -> str:
    return "\n\n".join(f"### {path}\n```\n{plain(content)}\n```" for path, content in files.items())


def _json_block(document: Any) -> str:
    return f"```json\n{orjson.dumps(document).decode()}\n```"


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part.get("text") or "") for part in parts if isinstance(part, dict))


def _language(text: str) -> Literal["ko", "en"]:
    return "ko" if any("가" <= character <= "힣" for character in text) else "en"
