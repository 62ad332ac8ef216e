"""Objects within TypeScript types: `lines: { sku: string }[]` are children, `driver: { name: string }` is a part."""

import re
from dataclasses import dataclass

_OPENS = re.compile(r"(?P<name>[A-Za-z_$][\w$]*)\??\s*:\s*(?P<array>(?:Readonly)?Array<\s*)?\{")
MAX_PARTS = 20


@dataclass(frozen=True, slots=True)
class NestedPart:
    """`many`: whether it is a list of such objects."""

    name: str
    body: str
    many: bool


def split_nested(body: str) -> tuple[str, list[NestedPart]]:
    """The body without its objects, and they."""
    parts: list[NestedPart] = []
    position = 0
    while len(parts) < MAX_PARTS and (match := _OPENS.search(body, position)):
        end = closing(body, match.end())
        behind = re.compile(r"\}\s*(?:>|(\[\]))?").match(body, end)
        many = match["array"] is not None or (behind is not None and behind[1] is not None)
        parts.append(NestedPart(match["name"], body[match.end() : end], many))
        after = behind.end() if behind is not None else end
        body = f"{body[: match.start()]}{body[after:].lstrip(';, ')}"
        position = match.start()
    return body, parts


def closing(text: str, start: int, limit: int = 20_000) -> int:
    """Where the brace that opens before `start` is closed."""
    depth = 1
    for position in range(start, min(len(text), start + limit)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return min(len(text), start + limit)
