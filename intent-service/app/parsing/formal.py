"""Formal sources in a text: DDL, Mermaid, JSON, YAML, Markdown tables, classes, queries."""

import re
from dataclasses import dataclass, field

from .aligned_tables import find_aligned_table
from .attributes import apply_attribute
from .classes import read_classes
from .ddl import read_ddl
from .declared import DeclaredEntity, DeclaredField, DeclaredModel
from .documents import find_json, find_literal, parse_json, parse_yaml
from .mermaid import START as MERMAID, mermaid_end, read_mermaid
from .pasted_tables import find_markdown_table, find_plain_table
from .python_classes import CLASS as PYTHON_CLASS, read_python
from .structured import read_structured
from .tables import read_rows

_DDL = re.compile(
    r"\bCREATE\s+(?:\w+\s+){0,3}?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w.\"`\[\]$#가-힣]+\s*(?:\(|\n)", re.IGNORECASE
)
_FENCE = re.compile(r"```(?P<kind>[\w-]*)[ \t]*\n(?P<body>.*?)(?:```|\Z)", re.DOTALL)
_FENCE_MARK = re.compile(r"```[\w-]*")
_YAML_BODY = re.compile(
    r"^[ \t]*(?:fields|columns|properties|entities|tables|필드|컬럼)[ \t]*:[ \t]*$"
    r"|^[\w가-힣]+:[ \t]*$(?=(?:\n[ \t]+[\w가-힣]+:[ \t]*\S.*){0,60}?\n[ \t]+[\w가-힣]+:[ \t]*\{)",
    re.MULTILINE,
)
"""`fields:` on a line of its own, or a name with indented members, one of them a mapping."""
_CLASS = re.compile(
    r"\b(?:class|interface|record|type)\s+[A-Z]\w*[^{\n]{0,80}\{|\b(?:record|data\s+class)\s+[A-Z]\w*\s*\("
)
_MAPPED = re.compile(r"<(?P<kind>id|result)\b[^<>]*?\bcolumn\s*=\s*\"(?P<column>\w+)\"[^<>]*?/?>")
_MAP_TAG = re.compile(r"</?resultMap\b(?:[^<>]*?\btype\s*=\s*\"(?P<type>[\w.]+)\")?[^<>]*>")
_SELECT = re.compile(r"\bSELECT\b[\s\S]+?\bFROM\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"^(?:no|번호|순번|(?:항목|컬럼|필드|속성|한글|영문|논리|물리)\s*명?|(?:데이터\s*)?(?:타입|유형|형식)|길이|크기|필수|필수여부|비고|설명|PK|키"
    r"|name|field|column|type|length|size|required|nullable|key|description|remarks?)$",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]*)*(?:private|protected|public)\s+(?:final\s+)?"
    r"(?:[A-Z][\w.]*(?:<[^;\n]*>)?(?:\[\])?|int|long|double|float|boolean|short|byte|char)\s+\w+\s*(?:=[^;\n]*)?;[^\n]*$",
    re.MULTILINE,
)
_UNNAMED = "Unnamed"
MAX_QUERY = 20_000


@dataclass(slots=True)
class Sources:
    """What was stated, the prompt's prose without the parts that stated it, and the fields to search by."""

    model: DeclaredModel = field(default_factory=DeclaredModel)
    prose: str = ""
    searched: list[str] = field(default_factory=list)
    conditions: list[DeclaredField] = field(default_factory=list)
    """Those of them that stand in a list which is said to be of conditions."""
    formal: bool = False
    """Whether a formal source (DDL, JSON, a file …) was read, not only words."""


def read_formal(text: str, name: str, sources: Sources) -> None:
    """The first formal form that gives an entity; the prose is what stands around it."""
    readers = (
        _ddl,
        _mermaid,
        _structured,
        _markdown,
        _class,
        _members,
        _python,
        _result_map,
        _query,
        _aligned_table,
        _plain_table,
    )
    for reader in readers:
        spans = reader(text, name, sources)
        if spans is not None:
            sources.prose = _FENCE_MARK.sub(" ", without(text, spans)) if not name else sources.prose
            return


def _ddl(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    first = _DDL.search(text)
    if first is None:
        return None
    spoken = re.sub(r"[^\n]", " ", text[: first.start()])  # `alter table가 아니라 이걸로: CREATE …`; lines still count
    ddl = _FENCE_MARK.sub(lambda match: " " * len(match.group()), spoken + text[first.start() :])
    sources.model.extend(read_ddl(ddl, name))
    last = max(text.rfind(";"), text.rfind(")"), text.rfind("```"))
    return [(first.start(), max(last + 1, first.end()))]


def _mermaid(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    start = re.search(r"^[ \t]*erDiagram[ \t]*$", text, re.MULTILINE) or MERMAID.search(text)
    if start is None:
        return None
    fence = re.search(r"```", text[start.end() :])
    end = start.end() + fence.end() if fence else mermaid_end(text, start.end())
    model = read_mermaid(text[start.start() : end])
    if not model.entities:
        return None
    sources.model.extend(model)
    return [(start.start(), end)]


def _structured(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    for fence in _FENCE.finditer(text):
        value = None
        if fence["kind"].lower() in {"json", "yaml", "yml", ""}:
            value = parse_json(fence["body"]) or (
                parse_yaml(fence["body"]) if fence["kind"] or ":" in fence["body"] else None
            )
        model = read_structured(value)
        if model.entities and isinstance(value, dict | list):
            sources.model.extend(model)
            return [fence.span()]
    found = find_json(text) or find_literal(text)
    if found is not None:
        model = read_structured(found[0])
        if model.entities:
            sources.model.extend(model)
            return [found[1:]]
    return _bare_yaml(text, name, sources)


def _bare_yaml(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    """YAML without a fence: the lines that have `key:` or `-` and stand around `fields:`."""
    marker = _YAML_BODY.search(text)
    if marker is None:
        return None
    lines = re.compile(r"(?:^[ \t]*(?:[\w가-힣 ]+:.*|-[ \t].*)(?:\n|$))+", re.MULTILINE)
    for block in lines.finditer(text):
        if block.start() <= marker.start() < block.end():
            model = read_structured(parse_yaml(block.group()))
            if model.entities:
                sources.model.extend(model)
                return [block.span()]
    return None


def _markdown(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    found = find_markdown_table(text)
    if found is None:
        return None
    model = read_rows(found[0])
    sources.model.extend(model)
    return [found[1:]] if model.entities else None


def _plain_table(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    found = find_plain_table(text) if not name else None
    if found is None or all(apply_attribute(DeclaredField(""), cell) for cell in found[0][0][1:]):
        return None  # `검사번호|string|필수`: no header, but a field on each line
    model = read_rows(found[0])
    sources.model.extend(model)
    return [found[1:]] if model.entities else None


def _aligned_table(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    """Columns by blanks: only where the header says what is defined (항목명, 타입), for prose has blanks too."""
    found = find_aligned_table(text) if not name else None
    if found is None or sum(1 for cell in found[0][0] if _DEFINES.match(cell)) < 2:
        return None
    model = read_rows(found[0])
    sources.model.extend(model)
    return [found[1:]] if model.entities else None


def _class(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    if _CLASS.search(text) is None:
        return None
    model, spans = read_classes(text)
    if not model.entities:
        return None
    sources.model.extend(model)
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    inside = [fence for fence in fences if any(fence[0] <= start < fence[1] for start, _ in spans)]
    return inside or [(min(start for start, _ in spans), max(end for _, end in spans))]


def _members(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    """`private String bidNo; // 입찰번호`: fields of a class that is not shown."""
    lines = list(_MEMBER.finditer(text))
    if len(lines) < 2 or _CLASS.search(text) is not None:
        return None
    body = "\n".join(line.group() for line in lines)
    model, _ = read_classes(f"class {_UNNAMED} {{\n{body}\n}}")
    for entity in model.entities:
        entity.name = "" if entity.name == _UNNAMED else entity.name
    sources.model.extend(model)
    return [line.span() for line in lines] if model.entities else None


def _python(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    if PYTHON_CLASS.search(text) is None:
        return None
    model, spans = read_python(text)
    sources.model.extend(model)
    fences = [
        fence.span() for fence in _FENCE.finditer(text) if any(fence.start() <= at < fence.end() for at, _ in spans)
    ]
    return fences or spans or None


def _result_map(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    """MyBatis: `<id property="empNo" column="EMP_NO"/>`."""
    rows = list(_MAPPED.finditer(text))
    if len(rows) < 2:
        return None
    fields = [
        DeclaredField(match["column"], key=match["kind"] == "id", required=match["kind"] == "id") for match in rows
    ]
    tags = list(_MAP_TAG.finditer(text))
    kind = next((match["type"] for match in tags if match["type"]), "")
    sources.model.extend(DeclaredModel([DeclaredEntity(kind.rsplit(".", maxsplit=1)[-1], fields=fields)]))
    return [match.span() for match in (*tags, *rows)]


def _query(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    if len(text) > MAX_QUERY or _SELECT.search(text) is None:
        return None
    from .queries import find_query  # here: the parser is loaded after the start

    query = find_query(text)
    if query is None:
        return None
    sources.model.extend(DeclaredModel([query.entity]))
    sources.searched += query.searched
    return [(query.start, query.end)]


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks for what stands at these places."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
