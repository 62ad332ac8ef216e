"""One stated field in plain words: `사번(PK)`, `이름(필수, 50자)`, `amount decimal(15,2) not null`, `상태(대기/진행/완료)`."""

import re

from .attributes import AMBIGUOUS, QUOTES, REQUIRED, apply_attribute, is_attribute, is_remark
from .declared import DeclaredField
from .type_names import TYPES
from .units import domain_of_unit

_TRAILING = re.compile(
    r"\s+(?:as\s+(?:the\s+|a\s+)?)?(not\s+null|primary\s+key|required|optional|nullable|unique|null|pk|필수|선택|default\s+[^\s)）]+)\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?P<head>[^(（\[:]+?)\s*(?:[(（\[](?P<inside>.*)[)）\]])?\s*(?::\s*(?P<after>.+))?$", re.DOTALL)
_TYPE_WORD = re.compile(
    r"^(?P<name>.+?)\s+(?P<type>(?:"
    + "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
    + r"|double\s+precision|(?:n?varchar|n?char|string|number|decimal)[1-9]\d{0,3})"
    r"(?:\s*\([\d,\s]+\))?)$",
    re.IGNORECASE,
)
_SNAKE = re.compile(r"_|[a-z][A-Z]|\d|^(?:id|no|seq|idx)$")
_PARTS = re.compile(r"\s*[,，]\s*(?![^()]*\))")
_VALUES = re.compile(r"\s*[/|·]\s*")
_CODE = re.compile(r"^(?P<code>[\w가-힣-]{1,20})\s*[:=-]\s*(?P<label>.+)$")
_IDENTIFIER = re.compile(r"^[A-Za-z_][\w$]*$")
_CODE_WITH_VALUES = re.compile(
    r"(?:코드|콤보(?:박스)?|선택|라디오|\b(?:code|enum|select|combo(?:box)?|radio|dropdown))\s*"
    r"(?:\((?P<values>[^()]*[,，/|][^()]*)\)|[:：]\s*(?P<listed>[^()]*[,，/|][^()]*)$)",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣]")
_LABELLED = re.compile(r"^([A-Za-z]+(?:_\w+|[a-z]+[A-Z]\w*))[ \t]*(?:[ \t]|[:=])[ \t]*([가-힣][가-힣 ]*)$")
_LABELLED_BEHIND = re.compile(r"^([가-힣][가-힣 ]*?)[ \t]+([A-Za-z]+(?:_\w+|[a-z]+[A-Z]\w*))$")
"""`EMP_NO 사번`, `사번 emp_no`, `emp_no=사번`: an identifier and its label."""
MAX_ITEM = 120


def read_item(text: str, *, typed: bool = False) -> DeclaredField | None:
    """A field, or None where the text is no field's name. `typed`: the items beside it state their types."""
    text = text.strip().strip(QUOTES).strip()
    if not text or len(text) > MAX_ITEM:
        return None
    if ":" not in text:
        text = re.sub(r"\s+[-–—]\s+", ": ", text, count=1)
    text = re.sub(r"^(\w+(?: \w+){0,2}?)\s+(pk|primary\s+key)\s+(\w.*)$", r"\1 \3 \2", text, flags=re.IGNORECASE)
    text = _LABELLED_BEHIND.sub(r"\2(\1)", _LABELLED.sub(r"\1(\2)", text))
    text, trailing = _strip_trailing(text)
    text = _type_in_brackets(text, typed=typed)
    match = _HEAD.match(text)
    if match is None:
        return None
    field = DeclaredField(name=match["head"].strip().strip(QUOTES).strip())
    _label_in_name(field)
    _type_behind(field)
    for part in trailing:
        apply_attribute(field, part)
    if field.name.endswith("*"):
        field.name, field.required = field.name.rstrip("* "), True
    if match["inside"]:
        _apply_group(field, match["inside"])
    if match["after"]:
        _apply_group(field, match["after"])
    return field if is_name(field.name) else None


def is_name(text: str) -> bool:
    """Whether a text may name a field: short, with a letter, no sentence."""
    return bool(re.search(r"[A-Za-z가-힣]", text)) and len(text) <= 60 and len(text.split()) <= 4 and "\n" not in text


def _strip_trailing(text: str) -> tuple[str, list[str]]:
    """`name varchar(50) not null` → the text without its attributes, and they."""
    found: list[str] = []
    while match := _TRAILING.search(text):
        found.append(match[1])
        text = text[: match.start()]
    return text, found


def _type_in_brackets(text: str, *, typed: bool) -> str:
    """`name varchar(50)` is written `name (varchar(50))`, so that one rule reads both."""
    match = _TYPE_WORD.match(text)
    if match is None or "(" in match["name"] or not (typed or _states_type(match["name"].rstrip(" :"), match["type"])):
        return text
    return f"{match['name'].strip().rstrip(':').rstrip()} ({match['type']})"


def _states_type(name: str, kind: str) -> bool:
    """Whether the word behind a name is its type, and not the name's own last word."""
    if kind.lower() not in AMBIGUOUS:
        return True
    if kind.isascii():
        return bool(_HANGUL.search(name) or _SNAKE.search(name))
    return kind in {"숫자", "정수", "문자", "소수", "체크박스"}


def _label_in_name(field: DeclaredField) -> None:
    """`EMP_NO 사번` in front of a type: the identifier is the name."""
    match = _LABELLED.match(field.name)
    if match is not None:
        field.name, field.label = match[1], match[2].strip()


def _type_behind(field: DeclaredField) -> None:
    match = _TYPE_WORD.match(field.name)
    if match is not None and is_name(match["name"]) and _states_type(match["name"], match["type"]):
        field.name = match["name"]
        apply_attribute(field, match["type"])


def _apply_group(field: DeclaredField, text: str) -> None:
    """The attributes in a bracket or behind a colon; what is no attribute states values or the other name."""
    stripped = _values_alone(text.strip().replace("[", "(").replace("]", ")"))
    if re.match(r"^(?:y|n|예|yes|no|true|o)\s*/\s*(?:n|y|아니오|아니요|no|yes|false|x)$", stripped, re.IGNORECASE):
        field.type, field.values, field.code_group = "code", [], "YN"
        return
    if unit := domain_of_unit(stripped):
        field.unit = unit
        return
    stripped = re.sub(r"([A-Za-z가-힣]+)\s*(\d+)\s*,\s*(\d+)", r"\1(\2,\3)", stripped)
    rest = [left for part in _PARTS.split(stripped) if (left := _apply_part(field, part))]
    values = _values(rest)
    if len(values) > 1:
        field.values = values
        field.type = "code"
    elif rest and not is_remark(rest[0]):
        _other_name(field, rest[0].strip(QUOTES).strip())


def _values_alone(text: str) -> str:
    """`코드 (일반, 구매, 인사)` and `code(일반,구매)` state their values, as `일반/구매` does."""
    match = _CODE_WITH_VALUES.search(text)
    if match is None:
        return text
    values = "/".join(part.strip() for part in re.split(r"[,，/|]", match["values"] or match["listed"]))
    return text[: match.start()] + values + text[match.end() :]


def _apply_part(field: DeclaredField, part: str) -> str:
    """What is left of one part of a bracket where its attributes are taken."""
    if REQUIRED.match(part.strip()) and apply_attribute(field, part):
        return ""
    words = re.findall(r"[^\s(]+(?:\s*\([^)]*\))?", part)
    if len(words) > 1 and not is_attribute(part) and all(map(is_attribute, words)):
        for word in words:
            apply_attribute(field, word)
        return ""
    text, trailing = _strip_trailing(part.strip())
    for attribute in trailing:
        apply_attribute(field, attribute)
    return "" if apply_attribute(field, text) else text


def _values(parts: list[str]) -> list[tuple[str, str]]:
    """Codes with labels, each once. Commas win over slashes: `USD/KRW, EUR/KRW` are two, `1/대기, 2/완료` pairs."""
    pairs = [part.split("/") for part in parts]
    if len(parts) > 1 and all(len(pair) == 2 and all(map(str.strip, pair)) for pair in pairs):
        coded = all(re.search(r"\d", code) and not re.search(r"\d", label) for code, label in pairs)
        texts = [
            (code.strip(), label.strip()) if coded else (part, part)
            for part, (code, label) in zip(parts, pairs, strict=True)
        ]
        return list(dict.fromkeys(texts))
    values = [value.strip() for part in parts for value in _VALUES.split(part) if value.strip()]
    return list(dict.fromkeys(map(_value, values)))


def _value(text: str) -> tuple[str, str]:
    match = _CODE.match(text)
    return (match["code"], match["label"].strip()) if match else (text, text)


def _other_name(field: DeclaredField, other: str) -> None:
    """`사번(emp_no)` and `emp_no(사번)`: the identifier is the name, the other the label."""
    if _IDENTIFIER.match(other) and _HANGUL.search(field.name):
        field.label, field.name = field.name, other
    elif is_name(other) and not field.label and _IDENTIFIER.match(field.name) and other != field.name:
        field.label = other
