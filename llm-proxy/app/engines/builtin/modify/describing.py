# ruff: noqa: E501 - tables of words, patterns of phrases
"""What an instruction says of a new field beside its label: name, type, length, whether it must be filled."""

import re
from typing import Any

_TYPES = {
    "문자": "string", "문자열": "string", "텍스트": "string", "숫자": "integer", "정수": "integer", "소수": "decimal",
    "실수": "decimal", "날짜": "date", "일자": "date", "일시": "datetime", "시간": "time", "시각": "time", "여부": "boolean",
    "불리언": "boolean", "체크박스": "boolean", "여러 줄": "text", "긴 글": "text",
    "text": "string", "string": "string", "varchar": "string", "number": "integer", "numeric": "integer",
    "integer": "integer", "int": "integer", "decimal": "decimal", "float": "decimal", "date": "date",
    "datetime": "datetime", "timestamp": "datetime", "time": "time", "boolean": "boolean", "checkbox": "boolean",
    "yes/no": "boolean", "multiline": "text", "multi-line": "text", "long text": "text", "textarea": "text",
}  # fmt: skip
_KOREAN = "|".join(word for word in _TYPES if not word.isascii())
_ENGLISH = "|".join(sorted((re.escape(word) for word in _TYPES if word.isascii()), key=len, reverse=True))
_TYPE = (
    rf"({_KOREAN})\s*(?:타입|형식|유형|형)(?:의|인|으로|로)?(?=\s|$)",
    rf"\(\s*({_KOREAN}|{_ENGLISH})\s*\)",
    rf"\b(?:of|with|as)\s+(?:the\s+)?type\s+({_ENGLISH})\b",
    rf"\b({_ENGLISH})[\s-]+type\b",
    r"\b(multiline|multi-line|checkbox)\b(?=\s+\S)",
)
_LENGTH = (
    r"(?:최대\s*)?(?:길이|자릿수|글자\s*수)\s*(?:는|가|이)?\s*(\d{1,6})(?:\s*(?:자리|글자|자))?(?:의|인|로|으로|짜리)?(?=[\s,)]|$)",
    r"(?:최대\s*)?(\d{1,6})\s*(?:자리|글자|자)(?:의|인|로|으로|짜리|까지)?(?=[\s,)]|$)",
    r"\b(?:with\s+)?(?:a\s+)?(?:max(?:imum)?\s+)?length\s+(?:of\s+)?(\d{1,6})(?:\s+char(?:acter)?s?)?\b",
    r"\b(?:of\s+|up\s+to\s+)?(\d{1,6})\s+char(?:acter)?s?(?:\s+long)?\b",
)
_REQUIRED = r"필수\s*(?:입력|값|항목)?(?:인|의|으로|로)?(?=\s|$)|\b(?:required|mandatory)\b"
_OPTIONAL = r"\boptional\b|선택\s*(?:입력|항목)(?:인|의|으로|로)?(?=\s|$)"
_NAME = r"\(\s*([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\s*\)"


def describe(text: str) -> tuple[str, dict[str, Any]]:
    """The text without what it says of the field, and that as members of a column."""
    members: dict[str, Any] = {}
    for pattern in _TYPE:
        text, found = _cut(pattern, text)
        if found:
            members["type"] = _TYPES[found.lower()]
    for pattern in _LENGTH:
        text, found = _cut(pattern, text)
        if found and 0 < int(found) <= 1_000_000:
            members["length"] = int(found)
    if re.search(_REQUIRED, text, re.IGNORECASE):
        text, members["required"] = re.sub(_REQUIRED, " ", text, flags=re.IGNORECASE), True
    text = re.sub(_OPTIONAL, " ", text, flags=re.IGNORECASE)
    text, name = _cut(_NAME, text)
    if name:
        members["name"] = name
    if members.get("type") in {"string", "text"}:
        members.setdefault("length", 1000 if members["type"] == "text" else 100)
    return re.sub(r"\(\s*\)|\s+", " ", text).strip(), members


def _cut(pattern: str, text: str) -> tuple[str, str | None]:
    match = re.search(pattern, text, re.IGNORECASE)
    if match is None:
        return text, None
    return f"{text[: match.start()]} {text[match.end() :]}", match[1]
