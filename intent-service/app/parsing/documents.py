"""JSON and YAML as values, and JSON that stands in prose."""

import json
import re
from typing import Any

import yaml

MAX_BYTES = 1_000_000


class _Loader(yaml.CSafeLoader):
    """YAML whose `no` and `on` are words, as in YAML 1.2: columns are called so."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile(r"^(?:true|false|True|False)$") if tag.endswith(":bool") else pattern)
        for tag, pattern in resolvers
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def parse_json(text: str) -> Any:
    """The value, or None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def parse_yaml(text: str) -> Any:
    """The value, or None where it is no YAML. Aliases are refused: they can stand for more than memory holds."""
    if len(text) > MAX_BYTES:
        return None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)):
            return None
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


_LITERALS = re.compile(r"\[\s*\{[^\[\]]*\}\s*,?\s*\]")
_KEY = re.compile(r"(?P<key>[{,]\s*[A-Za-z_]\w*)\s*:\s*")
_COMMENT = re.compile(r"//[^\n]*")
MAX_LITERAL = 20_000


def find_json(text: str) -> tuple[Any, int, int] | None:
    """The first object or list in prose, with where it stands."""
    decoder = json.JSONDecoder()
    start = -1
    for _ in range(20):
        start = min((at for at in (text.find("{", start + 1), text.find("[", start + 1)) if at >= 0), default=-1)
        if start < 0:
            return None
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if (isinstance(value, dict) and value) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            return value, start, end
    return None


def find_literal(text: str) -> tuple[Any, int, int] | None:
    """The first list of JavaScript objects, `[{ field: 'branchCd', headerName: '지점코드' }]`, and where it stands."""
    match = _LITERALS.search(text[:MAX_LITERAL])
    if match is None:
        return None
    plain = _COMMENT.sub("", _KEY.sub(r"\g<key>: ", match.group()))
    value = parse_yaml(plain)
    good = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    return (value, *match.span()) if good else None
