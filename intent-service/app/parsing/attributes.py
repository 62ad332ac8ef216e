"""What is said about a field: key, required, length, default, type."""

import re

from .declared import DeclaredField
from .type_names import read_type
from .units import domain_of_unit

_KEY = re.compile(r"^(?:pk|p\.k\.|primary\s*key|key|기본\s*키|주\s*키|키|키\s*값|식별자|identifier)$", re.IGNORECASE)
REQUIRED = re.compile(
    r"^(?:필수|필수\s*입력|필수값|필수항목|required|not\s*null|nn|mandatory|must|꼭\s*필요)$", re.IGNORECASE
)
_OPTIONAL = re.compile(r"^(?:선택|선택\s*입력|옵션|optional|null|nullable)$", re.IGNORECASE)
_LENGTH = re.compile(
    r"^(?:최대|길이|max|length|len|maxlength|up\s+to)?\s*:?\s*(\d{1,6})\s*(?:자리|자|글자|byte|bytes|chars?|characters?|digits?)?(?:\s*(?:이내|이하|까지))?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^(?:자동\s*증가|auto[\s_-]?increment)$", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"^(?:자동\s*(?:생성|채번|부여|입력)|auto(?:matic)?|kwh|kw|kg|g|t|톤|km|m|cm|mm|㎡|℃|°c|%|원|천원|백만원|만원|억원|개|ea|box|건|명|분|시간|일|회|리터|l|ml|krw|usd|숫자만|like|equal|between|기간|범위|부분\s*일치|천\s*단위.{0,8}|콤마.{0,4}|예:.*|ex\).*)$",
    re.IGNORECASE,
)
"""How a value comes about, how it is searched for, and units: nothing that a field keeps."""
_SCALE = re.compile(
    r"^소수\s*(?:점)?\s*(?:이하|아래)?\s*(?P<korean>\d)\s*(?:째\s*)?자리(?:까지)?$"
    r"|^(?P<english>\d)\s*(?:decimals?|decimal\s+(?:places?|digits?)|dp)$",
    re.IGNORECASE,
)
"""`소수점 2자리`, `1 decimal`."""
_REMARK = re.compile(
    r"(?:팝업|검색|조회|선택|불가|전용|계산|연동|참조|불러오기|불러옴|표시|숨김|비활성|가능|기본값|오늘|당일|로그인\s?\S*|자동\s?\S*)$"
    r"|\b(?:read-?only|editable|disabled|hidden|pop-?up|look-?up|picker|auto(?:matic(?:ally)?|[ -]?\w+ed)?|calculated|computed|generated|masked|from|today)\b",
    re.IGNORECASE,
)
"""How a value is entered or comes about: `팝업에서 선택`, `로그인 부서`, `lookup from the employee popup`."""
_FORMAT = re.compile(r"^y{2,4}[-./]?mm(?:[-./]?dd)?(?:[ T]?hh:?mm(?::?ss)?)?$", re.IGNORECASE)
"""`YYYYMMDD`: what the name says already."""
_DEFAULT = re.compile(r"^(?:(?:기본값|디폴트|default)(?:은|는)?\s*[:=]?|기본\s*[:=]|기본(?=\s))\s*(.+)$", re.IGNORECASE)
AMBIGUOUS = frozenset(
    [
        "date",
        "number",
        "code",
        "time",
        "year",
        "text",
        "flag",
        "key",
        "serial",
        "choice",
        "select",
        "set",
        "long",
        "short",
        "instant",
        "money",
        "currency",
        "interval",
        "enum",
        "real",
        "날짜",
        "일자",
        "일시",
        "시간",
        "시각",
        "금액",
        "코드",
        "통화",
        "메모",
        "체크박스",
        "정수",
        "숫자",
        "소수",
        "문자",
        "논리",
    ]
)
"""Words that end names as often as they are types: `phone number`, `등록 일자`."""
QUOTES = "\"'`“”‘’"


def is_attribute(text: str) -> bool:
    """Whether a text describes a field (`필수`, `50자`, `varchar(20)`) and is not one itself."""
    return apply_attribute(DeclaredField(""), text) and text.strip().lower() not in AMBIGUOUS


def is_remark(text: str) -> bool:
    """Whether a text beside a name says how the value comes about: no label, no other name."""
    return _REMARK.search(text.strip()) is not None


def apply_attribute(field: DeclaredField, text: str) -> bool:
    """Takes one attribute (`필수`, `50자`, `varchar(20)`); False where the text is none."""
    text = text.strip().strip(QUOTES).strip()
    if _KEY.match(text):
        field.key = field.required = True
    elif REQUIRED.match(text):
        field.required = True
    elif _OPTIONAL.match(text):
        field.required = False
    elif text.lower() == "unique":
        field.unique = True
    elif _COUNTED.match(text):
        field.type = field.type or "integer"
    elif _SAYS_NOTHING.match(text) or _FORMAT.match(text):
        field.unit = domain_of_unit(text) or field.unit
    elif match := _SCALE.match(text):
        field.type, field.scale = "decimal", int(match["korean"] or match["english"])
    elif match := _LENGTH.match(text):
        field.length = int(match[1]) or None
    elif match := _DEFAULT.match(text):
        field.default = match[1].strip(QUOTES)
    else:
        return _apply_type(field, text)
    return True


def _apply_type(field: DeclaredField, text: str) -> bool:
    match = re.match(r"^(?P<type>.+?)(?:\s+(?P<length>\d{1,6})\s*(?:자리|자|글자)?(?:\s*(?:이내|이하))?)?$", text)
    if match is None:
        return False
    facts = read_type(match["type"]) if _is_type_text(match["type"]) else None
    if facts is None:
        return False
    field.type = facts.type
    field.length = facts.length or (int(match["length"]) if match["length"] else None) or field.length
    field.scale = facts.scale
    return True


def _is_type_text(text: str) -> bool:
    return re.fullmatch(r"[\w가-힣/]+(?:\s+\w+)?\s*(?:\([^)]*\))?", text.strip()) is not None
