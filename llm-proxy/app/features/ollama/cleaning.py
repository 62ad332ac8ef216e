"""Clean-up of answers (R4.4): clean, else weakly cleaned, else what stands in quotes, else as it came."""

import re

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_LONE_END = re.compile(r"\A.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_SPECIAL = re.compile(r"<\|[^|<>]{1,40}\|>|</?s>|\[/?INST\]|<(?:start|end)_of_turn>")
_FENCE = re.compile(r"```[\w+-]*[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_LEAD = re.compile(
    r"\A(?:(?:assistant|answer|response|output|답변|답|응답|결과)\s*[:：]\s*"
    r"|(?:sure|certainly|of course|okay|네|물론입니다|알겠습니다)[,.!]?\s+(?:here(?:'s| is)[^:\n]{0,60}:\s*)?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”|'([^'\n]+)'|`([^`\n]+)`")
_MARKS = "\"'`“”"


def cleaned(text: str) -> str:
    """The first of the four that leaves something."""
    weak = _weakly(text)
    return _strongly(weak) or weak or _quoted(text) or text


def _weakly(text: str) -> str:
    """Without thoughts and special tokens."""
    without = _THOUGHT.sub("", text)
    if "<think" not in text.lower():
        without = _LONE_END.sub("", without)
    return _SPECIAL.sub("", without).strip()


def _strongly(text: str) -> str:
    """What is left without a lead-in, a code fence, or quotation marks around it all."""
    fence = _FENCE.search(text)
    result = (fence[1] if fence and fence[1].strip() else text).strip()
    result = _LEAD.sub("", result).strip()
    if len(result) > 1 and result[0] in _MARKS and result[-1] in _MARKS:
        result = result[1:-1].strip()
    return result


def _quoted(text: str) -> str:
    match = _QUOTED.search(text)
    return next((group for group in match.groups() if group), "").strip() if match else ""
