"""An accepted screen as an entry of the knowledge, in the form that rag-service reads whole screens from."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_TEXT = 90_000
MARK = "accepted"
_LANGUAGES = {"javascript": "js", "text": ""}


def entry_id(generation_id: str) -> str:
    return f"{MARK}-{generation_id}"


def entry_text(candidate: Mapping[str, Any], title: str) -> str:
    """Prose, the spec in a JSON fence, each file in a fence with its path; files that are too long are left out."""
    parts = [f"{title}. {' '.join(str(candidate['prompt']).split())[:500]}"]
    if candidate["spec"]:
        parts.append(f"```json\n{json.dumps(candidate['spec'], ensure_ascii=False)}\n```")
    for file in candidate["files"]:
        fence = f"```{_LANGUAGES.get(file['language'], file['language'])} path={file['path']}\n{file['content']}\n```"
        if sum(map(len, parts)) + len(fence) <= LONGEST_TEXT and "\n```" not in file["content"]:
            parts.append(fence)
    return "\n\n".join(parts)


def aliases_of(given: Sequence[str], prompt: str) -> list[str]:
    """What an admin wrote, and the prompt where it is a short one: so it is asked for."""
    asked = " ".join(prompt.split())
    return list(dict.fromkeys([*given, *([asked] if 0 < len(asked) <= 100 else [])]))
