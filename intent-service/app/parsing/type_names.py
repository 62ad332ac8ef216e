"""Type names of databases, languages and people, as the file format's types."""

import re
from dataclasses import dataclass

from screenspec.data_model import FieldType

_STRINGS = (
    "char varchar varchar2 nchar nvarchar nvarchar2 character string str bpchar uuid uniqueidentifier guid enum set inet"
    " cidr macaddr rowid sysname interval objectid 문자 문자열 문자형 스트링 텍스트박스 텍스트필드 입력박스 인풋박스"
)
_TEXTS = (
    "text tinytext mediumtext longtext clob nclob ntext long json jsonb xml xmltype textarea markdown html"
    " 텍스트 장문 긴글 여러줄 메모 멀티라인 에디터 텍스트에어리어"
)
_INTEGERS = (
    "int integer bigint smallint tinyint mediumint int2 int4 int8 serial bigserial smallserial long_integer short byte year"
    " binary_integer pls_integer ubigint uint usmallint biginteger int32 int64 autoincrement 정수 정수형"
)
_DECIMALS = (
    "decimal numeric number double float real money smallmoney dec double_precision binary_float binary_double bigdecimal"
    " float4 float8 currency 실수 소수 소수점 숫자 숫자형 금액 통화"
)
_BOOLEANS = "boolean bool bit logical checkbox flag yn y/n 불리언 불린 참거짓 논리 체크박스"
_DATES = "date localdate 날짜 일자 날짜형 datepicker calendar 달력 캘린더"
_DATETIMES = (
    "datetime datetime2 timestamp timestamptz smalldatetime datetimeoffset localdatetime instant offsetdatetime"
    " zoneddatetime timestampltz timestamp_ltz timestamp_ntz timestampntz 일시 날짜시간"
)
_TIMES = "time timetz localtime 시간 시각"
_CODES = "code select combo combobox dropdown radio picklist choice 코드 콤보 콤보박스 드롭다운 라디오 선택박스 셀렉트"

TYPES: dict[str, FieldType] = {
    **dict.fromkeys(_STRINGS.split(), "string"),
    **dict.fromkeys(_TEXTS.split(), "text"),
    **dict.fromkeys(_INTEGERS.split(), "integer"),
    **dict.fromkeys(_DECIMALS.split(), "decimal"),
    **dict.fromkeys(_BOOLEANS.split(), "boolean"),
    **dict.fromkeys(_DATES.split(), "date"),
    **dict.fromkeys(_DATETIMES.split(), "datetime"),
    **dict.fromkeys(_TIMES.split(), "time"),
    **dict.fromkeys(_CODES.split(), "code"),
}
_WRITTEN = re.compile(
    r"^(?P<name>[\w가-힣/]+(?:\s+(?:precision|varying|large\s+object|unsigned))?)\s*"
    r"(?:\(\s*(?P<first>\d+|max)\s*(?:byte|char)?\s*(?:,\s*(?P<second>-?\d+))?\s*\))?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"^(?P<name>n?varchar|n?char|string|number|numeric|decimal|문자|숫자)(?P<length>[1-9]\d{0,3})$", re.IGNORECASE
)
"""`varchar20`: the length without brackets; varchar2 and nvarchar2 are names."""
MAX_LENGTH = 1_000_000
SHORT_TEXT = 500
"""A text of so many characters is written in one line."""


@dataclass(frozen=True, slots=True)
class TypeFacts:
    type: FieldType
    length: int | None = None
    scale: int | None = None


def read_type(text: str) -> TypeFacts | None:
    """`varchar(50)`, `NUMBER(10,2)`, `string`, `숫자(5)`: the type and its lengths, None where it is no type."""
    text = text.strip()
    if text in {"Long", "long"}:  # LONG is Oracle's long text
        return TypeFacts("integer")
    if text.lower() not in TYPES:
        text = _GLUED.sub(r"\g<name>(\g<length>)", text)
    match = _WRITTEN.match(text)
    if match is None:
        return None
    name = re.sub(r"\s+", "_", match["name"].lower())
    name = {"character_varying": "varchar", "character_large_object": "clob"}.get(name, name.removesuffix("_unsigned"))
    kind = TYPES.get(name)
    if kind is None:
        return None
    first = match["first"]
    if first and first.lower() == "max":
        return TypeFacts("text")
    return refine(kind, name, int(first) if first else None, int(match["second"]) if match["second"] else None)


def refine(kind: FieldType, name: str, length: int | None, scale: int | None) -> TypeFacts:
    """The type with its lengths: NUMBER(10) is an integer, tinyint(1) is true or false."""
    if length is not None:
        length = min(length, MAX_LENGTH) or None
    if kind == "decimal":
        if name in _WHOLE_NUMBERS and length is not None and not scale:
            return TypeFacts("integer", length)
        usable = scale if scale is not None and 0 <= scale <= 38 else None
        return TypeFacts("decimal", length, usable)
    if kind == "text" and length is not None and length <= SHORT_TEXT:
        return TypeFacts("string", length)
    if name == "tinyint" and length == 1:
        return TypeFacts("boolean")
    if name == "bit" and length is not None and length > 1:
        return TypeFacts("string", length)
    if name in {"uuid", "uniqueidentifier", "guid"}:
        return TypeFacts("string", 36)
    if name == "char" and length is None:
        return TypeFacts("string", 1)
    keeps_length = kind in {"string", "text", "code"}
    return TypeFacts(kind, length if keeps_length else None)


_WHOLE_NUMBERS = frozenset({"number", "numeric", "decimal", "dec", "숫자", "숫자형"})
