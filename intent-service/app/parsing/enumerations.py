"""Closed lists in source code: enumerations, unions of literals, and the names of those that stand elsewhere."""

import re
from itertools import islice

Values = list[tuple[str, str]]

_ENUM = re.compile(r"\benum\s+(?:class\s+)?(?P<name>\w+)\s*(?:\([^)]*\)\s*)?(?::\s*\w+\s*)?\{(?P<body>[^}]*)\}")
_PYTHON = re.compile(
    r"^class[ \t]+(?P<name>\w+)\([^)\n]*Enum[^)\n]*\):[ \t]*\n(?P<body>(?:[ \t]+[^\n]*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
_LITERAL = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
_UNION = re.compile(rf"\btype\s+(?P<name>\w+)\s*=\s*\|?\s*(?P<body>{_LITERAL}(?:\s*\|\s*{_LITERAL})+)")
_CONSTANT = re.compile(
    r"(?:^|,)\s*(?P<name>[A-Za-z]\w*)\s*(?:\(\s*\"(?P<label>[^\"]*)\"[^)]*\)|=\s*['\"](?P<value>[^'\"]*)['\"])?"
)
_MEMBER = re.compile(r"^[ \t]+(?P<name>[A-Za-z]\w*)[ \t]*=[ \t]*(?:['\"](?P<value>[^'\"\n]*)['\"]|\S+)", re.MULTILINE)
_NAME = re.compile(
    r"(?:Status|State|Type|Kind|Reason|Category|Grade|Level|Method|Role|Gender|Mode|Priority|Stage|Step|Channel|Enum)$"
)
MAX_ENUMERATIONS = 60


def find_enumerations(text: str) -> dict[str, Values]:
    """The values of each: codes with labels."""
    found = {match["name"]: _constants(match["body"]) for match in islice(_ENUM.finditer(text), MAX_ENUMERATIONS)}
    for match in islice(_UNION.finditer(text), MAX_ENUMERATIONS):
        found[match["name"]] = [(value, value) for value in re.findall(r"['\"]([^'\"]*)['\"]", match["body"])]
    for match in islice(_PYTHON.finditer(text), MAX_ENUMERATIONS):
        members = [
            (item["value"] or item["name"], item["value"] or item["name"]) for item in _MEMBER.finditer(match["body"])
        ]
        found[match["name"]] = members
    return {name: values for name, values in found.items() if values}


def enumeration_spans(text: str) -> list[tuple[int, int]]:
    """Where the enumerations stand that no class holds."""
    found = (match for pattern in (_ENUM, _UNION) for match in islice(pattern.finditer(text), MAX_ENUMERATIONS))
    return [match.span() for match in found]


def names_enumeration(kind: str) -> bool:
    """Whether a type that is not in the source is called as closed lists are: `TransferReason`."""
    return kind[:1].isupper() and _NAME.search(kind) is not None


def _constants(body: str) -> Values:
    plain = re.sub(r"//[^\n]*|/\*.*?\*/", "", body.split(";", maxsplit=1)[0], flags=re.DOTALL)
    return [
        (match["value"] or match["name"], match["label"] or match["value"] or match["name"])
        for match in _CONSTANT.finditer(plain)
    ]
