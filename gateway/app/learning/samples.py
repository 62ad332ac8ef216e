"""A logged generation or patch as training samples in chat form: every value a string."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from .distance import edit_distance, plain

Kind = Literal["sft", "dpo"]
Message = dict[str, str]
Sample = dict[str, Any]
"""Strings, and lists of `{role, content}`: what `datasets` reads without a guess."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample, and what it is told apart by: the person's own words and the answers, without the prompt's frame."""

    sample: Sample
    own: str


HELD_OUT_SHARE = 0.15
_RESOLUTION = 10_000
_FILES = {
    "ko": "{framework} 화면을 작성합니다. 파일마다 경로를 제목으로 쓰고 내용 전체를 코드 블록에 넣습니다.",
    "en": "You write screens for {framework}. Give each file whole, in a code block under its path.",
}
_PATCH = {
    "ko": 'JSON으로만 답합니다: {"edits": [{"path", "search", "replace"}]}. search는 파일에 있는 그대로 씁니다.',
    "en": 'Answer in JSON alone: {"edits": [{"path", "search", "replace"}]}; search as it stands in the file.',
}
_LONGEST_FILE = 200_000


def samples_of(record: Mapping[str, Any], kind: Kind) -> Iterator[Drawn]:
    """What can be learnt from a record of `generations` or `patches`; nothing where it holds no good answer."""
    if record["source"] == "patch":
        yield from _of_patch(record, kind)
    elif record["source"] == "generation":
        yield from _of_generation(record, kind)


def split_of(asked: str) -> str:
    """`test` for a fixed share of all requests, `train` for the others: by the request alone, so it never changes.

    Spaces and case don't count: the same request in both halves would test what was learnt by heart.
    """
    digest = hashlib.blake2b(" ".join(asked.lower().split()).encode(), digest_size=8).digest()
    return "test" if int.from_bytes(digest) % _RESOLUTION < HELD_OUT_SHARE * _RESOLUTION else "train"


def _of_generation(record: Mapping[str, Any], kind: Kind) -> Iterator[Drawn]:
    feedback = record.get("feedback") or {}
    emitted = {item["path"]: item["content"] for item in record.get("artifacts") or () if item.get("content")}
    accepted = {item["path"]: item["content"] for item in feedback.get("accepted") or ()}
    before = {path: emitted.get(path, "") for path in accepted}
    edited = edit_distance(before, accepted).lines > 0
    if kind == "sft":
        yield from _good_answers(record, accepted if edited else {})
    elif edited:
        asked = _asked_for_files(record)
        pair = _pair(asked, _fenced(_in_place(emitted, accepted)), _fenced(emitted))
        yield _drawn(record, "direct", pair)
    else:
        yield from _corrected_answers(record)


def _good_answers(record: Mapping[str, Any], edited: Mapping[str, str]) -> Iterator[Drawn]:
    """Files as a person left them; the spec, or the files, as they were made."""
    if edited:
        emitted = {item["path"]: item["content"] for item in record.get("artifacts") or ()}
        asked = _asked_for_files(record)
        yield _drawn(record, "direct", {"messages": [*asked, _said(_fenced(_in_place(emitted, edited)))]})
    elif record.get("spec"):
        asked = _as_sent(record)
        if asked:
            yield _drawn(record, "spec", {"messages": [*asked, _said(_json_block(record["spec"]))]})
    elif record.get("artifacts"):
        asked = _asked_for_files(record)
        files = {item["path"]: item["content"] for item in record["artifacts"]}
        yield _drawn(record, "direct", {"messages": [*asked, _said(_fenced(files))]})


def _corrected_answers(record: Mapping[str, Any]) -> Iterator[Drawn]:
    """A first answer that could not be used, and the spec that came of the second."""
    raw, asked = record.get("raw_answers") or [], _as_sent(record)
    if len(raw) > 1 and record.get("spec") and asked and str(raw[0].get("text") or "").strip():
        pair = _pair(asked, _json_block(record["spec"]), str(raw[0]["text"]))
        yield _drawn(record, "spec", pair)


def _of_patch(record: Mapping[str, Any], kind: Kind) -> Iterator[Drawn]:
    """The request with the files as they were, and the edits as they were applied."""
    if kind != "sft" or not record["intent"] or not record["edits"]:
        return
    files = [
        file for file in record["files"] if file.get("base_content") and len(file["base_content"]) <= _LONGEST_FILE
    ]
    if not files:
        return
    language, before = _language(record["intent"]), {file["path"]: file["base_content"] for file in files}
    asked = [
        {"role": "system", "content": _PATCH[language]},
        {"role": "user", "content": f"{record['intent']}\n\n{_fenced(before)}"},
    ]
    edits = [{name: edit[name] for name in _EDIT if edit.get(name) is not None} for edit in record["edits"]]
    answer = orjson.dumps({"edits": edits}).decode()
    yield _drawn(record, "patch", {"messages": [*asked, _said(answer)]})


_EDIT = ("path", "search", "replace", "content", "component", "set", "remove")


def _as_sent(record: Mapping[str, Any]) -> list[Message]:
    """The first prompt as the engine had it; later ones speak of an answer that is not there."""
    prompts = record.get("prompts") or []
    messages = prompts[0].get("messages") or [] if prompts else []
    return [{"role": str(item["role"]), "content": _text(item.get("content"))} for item in messages]


def _asked_for_files(record: Mapping[str, Any]) -> list[Message]:
    language = _language(record["prompt"])
    model = record.get("data_model")
    data = f"\n\n```json\n{orjson.dumps(model).decode()}\n```" if model else ""
    return [
        {"role": "system", "content": _FILES[language].format(framework=record.get("framework") or "")},
        {"role": "user", "content": f"{record['prompt']}{data}"},
    ]


def _drawn(record: Mapping[str, Any], task: str, content: Mapping[str, list[Message]]) -> Drawn:
    rating = (record.get("feedback") or {}).get("rating")
    asked = str(record.get("prompt") or record.get("intent") or "")
    sample = {
        "id": f"{record['id']}/{task}",
        "split": split_of(asked),
        "framework": record.get("framework") or "",
        "task": task,
        "model": record.get("engine_model") or record.get("engine") or "",
        "rating": str(rating) if rating else "",
        **content,
    }
    answers = [message["content"] for name, said in content.items() for message in said if name != "prompt"]
    return Drawn(sample, "\n".join([asked, *(answers[-1:] if "messages" in content else answers)]))


def _pair(asked: list[Message], chosen: str, rejected: str) -> dict[str, list[Message]]:
    """As preference training takes it: the prompt once, and both answers."""
    return {"prompt": asked, "chosen": [_said(chosen)], "rejected": [_said(rejected)]}


def _said(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _in_place(emitted: Mapping[str, str], accepted: Mapping[str, str]) -> dict[str, str]:
    """The accepted files; those that nobody mentions stay as they were."""
    return {**emitted, **accepted}


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
