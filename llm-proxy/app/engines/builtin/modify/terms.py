# ruff: noqa: E501 - tables of words
"""New fields from words: English names, types, lengths and codes of usual terms; other words by their endings."""

import re
from typing import Any

from screenspec.data_model import CodeGroup, DataModel
from screenspec.spec import Column

_TERMS = """
상태 status code:상태=대기/진행/완료=To do/In progress/Done
진행상태 progress_status code:진행상태=대기/진행/완료=To do/In progress/Done
우선순위 priority code:우선순위=높음/보통/낮음=High/Medium/Low
중요도 importance code:중요도=높음/보통/낮음=High/Medium/Low
성별 gender code:성별=남/여=Male/Female
등급 grade code:등급=A/B/C=A/B/C
담당자 assignee string:50
담당자명 assignee_name string:50
작성자 writer string:50
등록자 created_by string:50
수정자 updated_by string:50
승인자 approver string:50
소유자 owner string:50
고객명 customer_name string:100
거래처 vendor string:100
부서 department string:100
부서명 department_name string:100
직급 position string:50
이름 name string:100
제목 title string:200
이메일 email string:100
전화번호 phone string:20
연락처 contact string:20
휴대폰 mobile string:20
주소 address string:200
우편번호 zip_code string:10
비고 remark text:1000
메모 memo text:1000
내용 content text:2000
설명 description text:1000
사유 reason text:500
카테고리 category string:50
분류 category string:50
구분 division string:50
유형 type string:50
태그 tag string:100
단위 unit string:20
규격 standard string:100
금액 amount decimal:15
단가 unit_price decimal:15
가격 price decimal:15
비용 cost decimal:15
예산 budget decimal:15
급여 salary decimal:15
합계 total decimal:15
수량 quantity integer:9
재고 stock integer:9
개수 count integer:9
인원 headcount integer:5
순번 seq integer:9
정렬순서 sort_order integer:5
진행률 progress integer:3
비율 ratio decimal:5:2
할인율 discount_rate decimal:5:2
마감일 due_date date
기한 due_date date
시작일 start_date date
종료일 end_date date
완료일 completed_date date
등록일 registered_date date
등록일시 created_at datetime
수정일 updated_date date
수정일시 updated_at datetime
작성일 written_date date
생년월일 birth_date date
입사일 hire_date date
주문일 order_date date
사용여부 use_yn boolean
삭제여부 delete_yn boolean
첨부파일 attachment string:200
홈페이지 homepage string:200
위치 location string:100
지역 region string:50
번호 number string:20
코드 code string:20
날짜 date date
시간 time time
"""
_WORDS = {
    "납품": "delivery", "배송": "delivery", "예정": "planned", "계획": "plan", "실제": "actual", "승인": "approval",
    "신청": "request", "요청": "request", "결제": "payment", "입금": "deposit", "출고": "release", "입고": "receipt",
    "주문": "order", "계약": "contract", "구매": "purchase", "판매": "sales", "매출": "sales", "고객": "customer",
    "회원": "member", "사원": "employee", "직원": "employee", "상품": "product", "제품": "product", "품목": "item",
    "업무": "task", "작업": "work", "프로젝트": "project", "회사": "company", "업체": "company", "부서": "department",
    "담당": "manager", "시작": "start", "종료": "end", "완료": "completed", "마감": "due", "등록": "registered",
    "수정": "updated", "생성": "created", "변경": "changed", "처리": "processed", "확인": "check", "검토": "review",
    "만료": "expiry", "방문": "visit", "교육": "training", "휴가": "leave", "퇴사": "leave", "총": "total",
    "최대": "max", "최소": "min", "평균": "average", "현재": "current", "이전": "previous", "다음": "next",
    "은행": "bank", "계좌": "account", "예금주": "account_holder", "사업자": "business", "대표": "representative",
    "관리": "management", "결과": "result", "사용": "use", "삭제": "delete", "제조": "manufacture", "유통": "distribution",
    "금액": "amount", "단가": "unit_price", "가격": "price", "비용": "cost", "수량": "quantity", "율": "rate", "률": "rate",
    "일자": "date", "일시": "at", "일": "date", "시간": "time", "여부": "yn", "번호": "no", "코드": "code", "명": "name",
    "이름": "name", "자": "person", "수": "count", "값": "value", "내용": "content", "설명": "description", "메모": "memo",
    "사유": "reason", "의견": "opinion", "유형": "type", "종류": "kind", "구분": "division", "순서": "order", "기간": "period",
    "장소": "place", "팀": "team", "등급": "grade", "점수": "score", "회차": "round", "년도": "year", "연도": "year", "월": "month",
}  # fmt: skip
_ENDINGS: tuple[tuple[str, str], ...] = (
    (r"일시$|_at$|datetime$|timestamp$", "datetime"),
    (r"(?<!휴)(?:일|일자|날짜|기한)$|(^|_)(date|day|birthday|deadline)$", "date"),
    (r"(?:시각|시간)$|(^|_)time$", "time"),
    (r"(?:여부|유무)$|_yn$|^is_|_flag$", "boolean"),
    (r"(?:금액|단가|가격|비용|예산|급여|원가|요금|합계|매출)$|(^|_)(amount|price|cost|budget|salary|fee|total)$", "decimal:15"),
    (r"[율률]$|(^|_)(rate|ratio|percent)$", "decimal:5:2"),
    (r"(?:수량|개수|인원|횟수|건수|재고|점수|순번|순서|나이)$|(^|_)(quantity|qty|count|stock|score|age|order|seq)$", "integer:9"),
    (r"(?:내용|설명|비고|메모|의견|사유)$|(^|_)(note|notes|remark|remarks|description|memo|content|comment)$", "text:1000"),
    (r"(?:전화|연락처|번호|코드)$|(^|_)(phone|tel|no|number|code|id)$", "string:20"),
    (r"주소$|(^|_)address$", "string:200"),
)  # fmt: skip
_FIRST, _LAST = 0xAC00, 0xD7A3
_LEADS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_TAILS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_LONGEST = 60


def plain(text: str) -> str:
    """A label or name as it is compared: small letters, no blanks, no underscores."""
    return re.sub(r"[\s_\-]+", "", text).lower()


_TABLE = {line.split(" ", 2)[0]: tuple(line.split(" ", 2)[1:]) for line in _TERMS.strip().split("\n")}
_BY_NAME = {plain(name): (name, kind) for name, kind in reversed(list(_TABLE.values()))}


def is_term(label: str) -> bool:
    """Whether a Korean label is one of the usual terms."""
    return re.sub(r"\s+", "", label) in _TABLE


def english_name(label: str) -> str:
    """`due_date` for `마감일` and `due date`; unknown Korean words are written in Latin letters."""
    known = _TABLE.get(re.sub(r"\s+", "", label))
    if known:
        return known[0]
    words = re.findall(r"[a-z0-9]+|[가-힣]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", label).lower())
    name = "_".join(part for word in words for part in ([word] if word.isascii() else _in_english(word)))[:_LONGEST]
    name = name.strip("_")
    return name if name[:1].isalpha() else f"field_{name}".strip("_")


def _in_english(word: str) -> list[str]:
    """Known words from the left, the longest first; runs of what is not known in Latin letters."""
    parts: list[str] = []
    rest = ""
    while word:
        size = next((size for size in range(min(len(word), 5), 0, -1) if _word(word[:size])), 0)
        if size and (size > 1 or not rest or len(word) == 1):
            parts += [_latin(rest)] if rest else []
            parts.append(_word(word[:size]))
            rest, word = "", word[size:]
        else:
            rest, word = rest + word[0], word[1:]
    return parts + ([_latin(rest)] if rest else [])


def _word(word: str) -> str:
    known = _WORDS.get(word, "")
    return known or (_TABLE[word][0] if word in _TABLE else "")


def _latin(word: str) -> str:
    letters = []
    for character in word:
        code = ord(character)
        if _FIRST <= code <= _LAST:
            lead, inner = divmod(code - _FIRST, 588)
            letters.append(_LEADS[lead] + _VOWELS[inner // 28] + _TAILS[inner % 28])
    return "".join(letters)


def new_column(
    label: str, *, language: str, model: DataModel | None, members: dict[str, Any]
) -> tuple[Column, CodeGroup | None]:
    """A column for a label that the screen does not have. `members` are what the instruction says of it."""
    stated = _from_model(label, model)
    if stated is not None:
        column, codes = stated
        return Column.model_validate({**column.model_dump(), **members}), codes
    name = str(members.pop("name", "") or english_name(label))
    kind = _kind_of(label, name)
    codes = None
    if "type" not in members and kind.startswith("code:"):
        codes = _codes(name, kind, language)
        members = {"type": "code", "length": 10, "code_group": codes.id, **members}
    elif "type" not in members:
        type_, *sizes = kind.split(":")
        members = {"type": type_, **dict(zip(("length", "scale"), map(int, sizes), strict=False)), **members}
    return Column.model_validate({"name": name, "label": label, **members}), codes


def _kind_of(label: str, name: str) -> str:
    known = _TABLE.get(re.sub(r"\s+", "", label)) or _BY_NAME.get(plain(name))
    if known:
        return known[1]
    korean = re.sub(r"\s+", "", label)
    return next(
        (kind for ending, kind in _ENDINGS if re.search(ending, korean) or re.search(ending, name)), "string:100"
    )


def _codes(name: str, kind: str, language: str) -> CodeGroup:
    _, rest = kind.split(":", 1)
    label, korean, english = rest.split("=")
    values = (korean if language == "ko" else english).split("/")
    shown = label if language == "ko" else name.replace("_", " ").capitalize()
    numbered = [(f"{number:02d}", value) for number, value in enumerate(values, 1)]
    return CodeGroup(id=name.upper(), label=shown, values=numbered)


def _from_model(label: str, model: DataModel | None) -> tuple[Column, CodeGroup | None] | None:
    for entity in model.entities if model else ():
        for field in entity.fields:
            if plain(label) in {plain(field.label), plain(field.name)} and not field.key:
                group = model.code_group(field.code_group) if model and field.code_group else None
                document = field.model_dump(include=set(Column.model_fields))
                if field.code_group and group is None:
                    document |= {"code_group": None, "type": "string"}
                return Column.model_validate(document), group
    return None
