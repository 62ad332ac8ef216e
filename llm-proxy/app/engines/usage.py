"""Token counts where an engine says none: an estimate from the characters."""

import re
from typing import Any

from .protocol import EngineCall, Usage

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_CHARACTERS_PER_TOKEN = 4
_CHARACTERS_AT_MOST = 10
_MESSAGE_OVERHEAD = 4


def estimate_tokens(text: str) -> int:
    """About four characters a token, and one token for each Korean, Chinese or Japanese character."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // _CHARACTERS_PER_TOKEN)


def least_tokens(text: str) -> int:
    """Fewer tokens than any tokenizer makes of a text of this length: ten characters each."""
    return len(text) // _CHARACTERS_AT_MOST


def most_tokens(text: str) -> int:
    """More tokens than any tokenizer makes of it: one for each byte."""
    return len(text) if text.isascii() else len(text.encode())


def text_of(content: Any) -> str:
    """The text of a message's content: a string, or the text parts of a list."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict) and "text" in part)
    return ""


def prompt_text(call: EngineCall) -> str:
    """Everything that the caller wrote, for counting."""
    if call.kind == "completion":
        return call.prompt if isinstance(call.prompt, str) else "\n".join(str(item) for item in call.prompt)
    return "\n".join(text_of(message.get("content")) for message in call.messages)


def estimated_usage(call: EngineCall, completion_tokens: int) -> Usage:
    overhead = _MESSAGE_OVERHEAD * len(call.messages)
    return Usage(estimate_tokens(prompt_text(call)) + overhead, completion_tokens, estimated=True)
