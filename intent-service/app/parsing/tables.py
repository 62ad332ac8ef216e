"""Column lists and sample data in rows: CSV, Markdown tables, spreadsheets; headers in Korean or English."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice

from .attributes import apply_attribute
from .declared import DeclaredEntity, DeclaredField, DeclaredModel
from .items import is_name
from .samples import type_of_texts
from .type_names import read_type

_HEADERS = {
    "name": "컬럼명 컬럼 칼럼명 칼럼 물리명 영문명 필드명 필드 컬럼id 항목id 물리컬럼명 속성명 영문컬럼명 column columnname field fieldname name columnid 컬럼영문명 physicalname",
    "label": "한글명 논리명 설명 항목명 항목 라벨 코멘트 comment label description 논리컬럼명 한글컬럼명 logicalname 컬럼설명 컬럼한글명 이름 명칭",
    "type": "타입 데이터타입 자료형 type datatype 형식 유형 데이터형식 데이터유형 속성",
    "length": "길이 length size 자릿수 len 크기 최대길이",
    "scale": "소수 소수점 scale 소수자리 소수점자리 decimal",
    "required": "필수 notnull nn required 필수여부 필수입력 mandatory",
    "nullable": "null널허용 null nullable null여부 null허용 널허용 nullyn",
    "key": "pk 키 key 기본키 primarykey pk여부 키여부 주키",
    "default": "기본값 default defaultvalue 디폴트",
    "values": "코드값 값 values 허용값 코드 codes",
    "notes": "비고 remark remarks note notes 입력방식 입력형식 입력유형 컨트롤 control 컴포넌트 ui 화면유형 참고 예시 example 제약 제약조건 규칙 rule",
    "position": "no 번호 순번 순서 # seq",
    "table": "테이블명 테이블 table tablename 테이블id 엔티티 entity",
}
_BY_HEADER = {word: kind for kind, words in _HEADERS.items() for word in words.split()}
_YES = re.compile(r"^(?:y|yes|o|○|●|v|√|true|1|pk|필수|예|not\s*null|nn|x?키|\*)$", re.IGNORECASE)
_NO = re.compile(r"^(?:n|no|x|false|0|not\s*null|아니오)$", re.IGNORECASE)
MAX_ROWS = 2_000
MAX_COLUMNS = 1_000
_HEADER_ROWS = 15
_VALUE = 12
"""Characters of a code's label in a remark."""
_HANGUL = re.compile(r"[가-힣]")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*$")

Rows = Sequence[Sequence[str]]


def read_csv(text: str) -> list[list[str]]:
    """The rows, whatever separates the columns (comma, semicolon, tab)."""
    head = text[:4_000]
    delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(1_000_000)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        return [[cell.strip() for cell in row[:MAX_COLUMNS]] for row in islice(reader, MAX_ROWS)]
    except csv.Error:
        return []


def read_rows(rows: Rows, name: str = "") -> DeclaredModel:
    """A column list where a header says so, else sample data whose first row names the fields."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    header, columns = _find_header(rows)
    if columns:
        columns = _name_in_latin(columns, rows[header + 1 :])
        return _column_list(rows[header + 1 :], columns, name)
    return _sample(rows, name)


def _normal(text: str) -> str:
    return re.sub(r"[\s_()/*.-]", "", text).lower()


def _find_header(rows: Rows) -> tuple[int, dict[str, int]]:
    """The row with the most known headers: a title or merged cells may stand above it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(row):
            kind = _BY_HEADER.get(_normal(cell))
            if kind == "name" and "name" in columns:
                kind = "label"
            if kind == "label" and "label" in columns:
                kind = "notes"
            if kind == "notes" and "notes" in columns:
                kind = "more"
            if kind is not None:
                columns.setdefault(kind, position)
        if len(columns) > len(best[1]):
            best = index, columns
    columns = best[1]
    named = "name" in columns or "label" in columns
    described = columns.keys() & {"type", "length", "required", "nullable", "key"}
    described |= _only_notes(rows, best)
    return best if named and (described or {"name", "label"} <= columns.keys()) else (0, {})


def _only_notes(rows: Rows, best: tuple[int, dict[str, int]]) -> set[str]:
    """`항목 | 설명 | 비고` with names below it: no data has these columns alone."""
    header, columns = best
    below = rows[header + 1 :]
    at = columns.get("name", columns.get("label", 0))
    notes = columns.keys() & {"notes", "more"}
    names = [row[at] for row in below if at < len(row)]
    whole = len(rows) > header and len(columns) == len([cell for cell in rows[header] if cell.strip()])
    return notes if whole and len(names) > 1 and all(map(is_name, names)) else set()


def _name_in_latin(columns: dict[str, int], rows: Rows) -> dict[str, int]:
    """컬럼명 beside 컬럼ID or 속성명: the name is the one that is written as an identifier."""
    name, label = columns.get("name"), columns.get("label")
    row = rows[0] if rows else ()
    if name is None or label is None or max(name, label) >= len(row):
        return columns
    swapped = _HANGUL.search(row[name]) is not None and _IDENTIFIER.match(row[label]) is not None
    return {**columns, "name": label, "label": name} if swapped else columns


def _column_list(rows: Rows, columns: dict[str, int], name: str) -> DeclaredModel:
    model = DeclaredModel()
    table = name
    for row in rows:
        cells = {kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()}
        table = cells.get("table") or table
        field = _field(cells)
        if field is None:
            continue
        entity = model.entity(table)
        if entity is None:
            entity = DeclaredEntity(table, table=table if "table" in columns else "")
            model.entities.append(entity)
        entity.fields.append(field)
    return model


def _field(cells: dict[str, str]) -> DeclaredField | None:
    name = cells.get("name") or cells.get("label") or ""
    if not is_name(name):
        return None
    other = cells.get("label", "") if cells.get("name") else ""
    listed = other.isascii() and "/" in other
    field = DeclaredField(name, label=other if _IDENTIFIER.match(name) and not listed else "")
    length, scale = _number(cells.get("length", "")), None
    stated = cells.get("type", "")
    if match := re.fullmatch(r"(\d+)\s*[,.]\s*(\d+)", cells.get("length", "")):
        length, scale = int(match[1]), int(match[2])
    scale = _number(cells.get("scale", "")) if scale is None else scale
    if stated and "(" not in stated and length:
        stated = f"{stated}({length},{scale})" if scale else f"{stated}({length})"
    facts = read_type(stated) if stated else None
    if facts is not None:
        field.type, field.length, field.scale = facts.type, facts.length, facts.scale
    elif length:
        field.length = length
    field.key = bool(_YES.match(cells.get("key", "")))
    field.required = (
        field.key or bool(_YES.match(cells.get("required", ""))) or bool(_NO.match(cells.get("nullable", "")))
    )
    field.default = cells.get("default") or None
    values = [part.strip() for part in re.split(r"[,/|]", cells.get("values", "")) if part.strip()]
    if len(values) > 1:
        pairs = [re.split(r"\s*[:=]\s*", value, maxsplit=1) for value in values]
        field.values = [(pair[0], pair[-1]) for pair in pairs]
        field.type = "code"
    for note in (other if not field.label else "", cells.get("notes", ""), cells.get("more", "")):
        _take_note(field, note)
    return field


def _take_note(field: DeclaredField, note: str) -> None:
    """`필수`, `콤보`, `독감/폐렴`: rules and values that a remark states; the rest of it is nobody's name."""
    for part in re.split(r"\s*[,，]\s*", note):
        apply_attribute(field, part)
    values = [part.strip() for part in note.split("/")]
    if not field.values and len(values) > 1 and all(0 < len(value) <= _VALUE for value in values):
        field.values, field.type = [(value, value) for value in dict.fromkeys(values)], "code"


def _number(text: str) -> int | None:
    match = re.search(r"\d{1,6}", text)
    return int(match[0]) or None if match else None


def _sample(rows: Rows, name: str) -> DeclaredModel:
    header = next(
        (
            index
            for index, row in enumerate(rows[:_HEADER_ROWS])
            if sum(is_name(cell) for cell in row) >= max(1, len(row) * 2 // 3) and (len(row) > 1 or len(rows) > 2)
        ),
        None,
    )
    if header is None:
        return DeclaredModel()
    fields = []
    for position, cell in enumerate(rows[header]):
        if is_name(cell):
            texts = [row[position] for row in rows[header + 1 : header + 51] if position < len(row)]
            fields.append(DeclaredField(cell.strip(), type=type_of_texts(texts)))
    return DeclaredModel([DeclaredEntity(name, fields=fields)]) if fields else DeclaredModel()
