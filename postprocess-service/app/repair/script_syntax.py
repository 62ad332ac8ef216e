"""Rules on a script's text: what is no script goes, plainly missing brackets come; kept where it then parses better."""

import re
from collections.abc import Callable

from tree_sitter import Node

from .notes import Notes
from .script_source import Source, parse

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[^\n]*\n?", re.MULTILINE)
_WRAPPER = re.compile(
    r"^[ \t]*(?:</?script[^>\n]*>|<!\[CDATA\[|\]\]>|//[ \t]*<!\[CDATA\[|//[ \t]*\]\]>)[ \t]*\n?",
    re.MULTILINE | re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_MODULE = re.compile(
    r"^(?:import[ \t][^\n]*\n|export[ \t]+default[ \t]+(?=function)|export[ \t]+(?=function|const|let|var|class))",
    re.MULTILINE,
)
_SMART = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_CODE_LINE = re.compile(r"^\s*(?:function\b|var\b|let\b|const\b|this\.|//|/\*|async\b|class\b|\$|\(|\"use)")
_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?|`(?:\\.|[^`\\])*`?|[“”‘’{}()\[\]]",
    re.DOTALL,
)
_OUTER_FENCE = re.compile(r"\A\s*(?:`{3,}|~{3,})[^\n]*\n|\n[ \t]*(?:`{3,}|~{3,})[ \t]*\s*\Z")
_BLOCK_END = re.compile(r"^[\s});\]]*\}[\s});\]]*$")
_DEEPEST = 150
_MOST_ROUNDS = 8
_MOST_LINES = 20


def mend_syntax(text: str, notes: Notes) -> Source:
    """The script with what is safe mended. Findings of what stays broken are the checks'."""
    for pattern, rule in (
        (_OUTER_FENCE, "stray_text"),
        (_WRAPPER, "script_wrapper"),
        (_INVISIBLE, "invisible_characters"),
    ):
        text = _without(text, pattern, rule, notes)
    if any(mark in text for mark in "“”‘’") and (straight := _straight_quotes(text)) != text:
        notes.mended("smart_quotes")
        text = straight
    module = _MODULE.search(text)
    if module:
        notes.mended("module_syntax", text.count("\n", 0, module.start()) + 1, name=module[0].split()[0])
        text = _MODULE.sub("", text)
    source = Source(text.encode())
    if not source.tree.root_node.has_error:
        return source
    steps: list[tuple[str, Callable[[str], str], dict[str, str]]] = [
        ("script_entities", _plain_entities, {}),
        ("stray_text", lambda code: _FENCE.sub("", code), {}),
        ("stray_text", _without_prose, {}),
        ("script_bracket", _closed, {"name": "}"}),
        ("script_extra_bracket", _without_extra, {"name": "}"}),
        ("script_bracket", _missing_tokens, {"name": ")"}),
    ]
    before = _lost(source.tree.root_node)
    for rule, step, names in steps:
        mended = step(text) if before else text
        if mended != text and (left := _errors(mended)) < before:
            notes.mended(rule, None, **names)
            text, before = mended, left
    return Source(text.encode())


def _straight_quotes(text: str) -> str:
    """With straight marks for the curly ones that stand where a string begins or ends."""
    return _TOKEN.sub(lambda match: match[0].translate(_SMART) if match[0][0] in "“”‘’" else match[0], text)


def too_deep(text: str) -> bool:
    """Whether brackets nest deeper than anyone writes: then rules would take longer than they are worth."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if len(match[0]) == 1 and match[0] in "{}()[]":
            depth += 1 if match[0] in "{([" else -1
            if depth > _DEEPEST:
                return True
    return False


def _without(text: str, pattern: re.Pattern[str], rule: str, notes: Notes) -> str:
    match = pattern.search(text)
    if match is None:
        return text
    notes.mended(rule, text.count("\n", 0, match.start()) + 1)
    return pattern.sub("", text)


def _errors(text: str) -> int:
    """How much of the text does not parse: characters in errors, and missing tokens."""
    return _lost(parse(text.encode()).root_node)


def _lost(root: Node) -> int:
    return sum((node.end_byte - node.start_byte) + 1 for node in _broken(root)) if root.has_error else 0


def _broken(root: Node) -> list[Node]:
    """Nodes that say where parsing failed; only branches with errors are walked."""
    found: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        elif node.has_error:
            stack.extend(node.children)
    return found


def _plain_entities(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _without_prose(text: str) -> str:
    """Without the lines before the first and after the last that can be code; none that looks like code goes."""
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if _CODE_LINE.match(line)), 0)
    last = max((index for index, line in enumerate(lines) if _BLOCK_END.match(line)), default=len(lines) - 1)
    dropped = [*lines[:first], *lines[last + 1 :]]
    if len(dropped) > _MOST_LINES or any(line.rstrip().endswith((";", "{", "}", "*/")) for line in dropped):
        return text
    return "\n".join(lines[first : last + 1]) + "\n"


def _depths(text: str) -> list[tuple[int, str]]:
    """Brackets in the code, not in strings or comments, with their places (in characters)."""
    found: list[tuple[int, str]] = []
    at, length = 0, len(text)
    while at < length:
        match = _TOKEN.search(text, at)
        if match is None:
            break
        if len(match[0]) == 1 and match[0] in "{}":
            found.append((match.start(), match[0]))
        at = match.end()
    return found


def _closed(text: str) -> str:
    """With a brace where a function at the margin begins inside another, and at the end."""
    starts = [match.start() for match in re.finditer(r"^function\b", text, re.MULTILINE)]
    inserts: list[tuple[int, int]] = []
    depth, brackets = 0, _depths(text)
    index = 0
    for stop in [*starts, len(text)]:
        while index < len(brackets) and brackets[index][0] < stop:
            depth += 1 if brackets[index][1] == "{" else -1
            index += 1
        if depth > 0:
            inserts.append((stop, depth))
            depth = 0
    for place, count in reversed(inserts):
        closing = "}\n" * count
        gap = "" if place == 0 or text[place - 1] == "\n" else "\n"
        text = text[:place] + gap + closing + ("\n" if place < len(text) else "") + text[place:]
    return text


def _without_extra(text: str) -> str:
    depth, drops = 0, list[int]()
    for place, bracket in _depths(text):
        depth += 1 if bracket == "{" else -1
        if depth < 0:
            drops.append(place)
            depth = 0
    for place in reversed(drops):
        text = text[:place] + text[place + 1 :]
    return text


def _missing_tokens(text: str) -> str:
    """With the tokens that the parser itself says are missing, one by one."""
    code = text.encode()
    for _ in range(_MOST_ROUNDS):
        missing = [
            node for node in _broken(parse(code).root_node) if node.is_missing and node.type in {")", "]", "}", "("}
        ]
        if not missing:
            break
        at = min(missing, key=lambda node: node.start_byte)
        code = code[: at.start_byte] + at.type.encode() + code[at.start_byte :]
    return code.decode(errors="replace")
