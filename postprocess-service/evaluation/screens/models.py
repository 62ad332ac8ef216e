"""Data models to emit screens from: few fields and many, every type, long labels, composite keys, awkward names."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Column = dict[str, Any]

_TYPES = ("string", "integer", "decimal", "boolean", "date", "datetime", "time", "code", "text")
# No text is shorter than what the judge types into it.
_LENGTHS = {
    "string": (10, 13, 20, 50, 100, 200, 400),
    "integer": (3, 5, 9),
    "decimal": (7, 12, 15),
    "text": (500, 4000),
}
_GROUPS: dict[str, list[tuple[str, str]]] = {
    "STATUS": [("10", "접수"), ("20", "진행"), ("30", "완료"), ("90", "취소")],
    "GRADE": [("A", "최우수"), ("B", "우수"), ("C", "보통")],
    "REGION": [(f"{number:02d}", label) for number, label in enumerate(
        ("서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시", "대전광역시", "울산광역시",
         "세종특별자치시", "경기도", "강원특별자치도", "충청북도", "제주특별자치도"))],
    "KIND": [("N", "일반"), ("S", "긴급하고 매우 중요한 특별 관리 대상")],
    "PAY": [("CARD", "신용카드"), ("BANK", "계좌이체")],
}  # fmt: skip
_WORDS = (
    "고객", "주문", "계약", "납품", "검사", "재고", "창고", "입고", "출고", "정산", "청구", "수금", "직원", "부서",
    "교육", "평가", "급여", "휴가", "설비", "점검", "고장", "부품", "환자", "진료", "처방", "예약", "상담", "민원",
    "과제", "예산", "집행", "결재", "문서", "자산", "차량", "운행", "시험", "성적", "강의", "좌석",
)  # fmt: skip
_ENDINGS = {
    "string": ("번호", "명", "담당자", "주소", "비고"),
    "text": ("내용", "특이사항", "설명"),
    "integer": ("수량", "순번", "인원", "횟수"),
    "decimal": ("금액", "단가", "비율"),
    "boolean": ("여부", "사용 여부"),
    "date": ("일자", "예정일", "시작일"),
    "datetime": ("등록일시", "처리일시"),
    "time": ("시각",),
    "code": ("상태", "구분", "등급"),
}
_LONG = (
    "최종 승인 담당자의 소속 부서 명칭 및 직책", "전년도 동기 대비 매출 증감률(퍼센트)", "개인정보 수집·이용 동의 여부",
    "긴급 연락처(주간/야간 구분하여 기재)", "Customer Reference Number (external system)",
)  # fmt: skip
_ENGLISH = {
    "string": "name", "text": "remarks", "integer": "quantity", "decimal": "amount", "boolean": "active",
    "date": "date", "datetime": "time stamp", "time": "clock", "code": "grade",
}  # fmt: skip
_ENGLISH_WORDS = ("Order", "Customer", "Delivery", "Invoice", "Warehouse item")
_AWKWARD = (
    "name", "top", "status", "order", "select", "group", "user", "date", "class", "function", "this", "screen", "event",
    "length", "default", "return", "list", "detail", "search", "page_no", "total_count", "value", "code", "desc", "key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """An entity with its fields, its code groups, and an entity that belongs to it."""

    name: str
    title: str
    language: str
    columns: list[Column]
    child: list[Column]
    groups: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [column["name"] for column in self.columns if column.get("key")]


def all_models() -> list[Model]:
    """At least forty, the same ones every time."""
    return [*_by_size(), *_by_nature(), *_at_random(20)]


def _by_size() -> Iterator[Model]:
    for size in (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40, 60):
        yield _model(f"size_{size}", size, random.Random(size))  # noqa: S311 - the same models every time


def _by_nature() -> Iterator[Model]:
    plain = random.Random(7)  # noqa: S311
    for kind in _TYPES:
        yield _model(f"only_{kind}", 7, plain, types=(kind,))
    yield _model("long_labels", 12, plain, labels=_LONG)
    yield _model("awkward_names", 25, plain, names=_AWKWARD)
    yield _model("two_keys", 9, plain, keys=2)
    yield _model("three_keys", 12, plain, keys=3)
    yield _model("english", 10, plain, language="en")
    yield _model("english_wide", 30, plain, language="en")
    yield _model("all_required", 11, plain, required=1.0)


def _at_random(count: int) -> Iterator[Model]:
    for number in range(count):
        chance = random.Random(1000 + number)  # noqa: S311
        keys = chance.choice((1, 1, 1, 2, 3))
        language = chance.choice(("ko", "ko", "ko", "en"))
        yield _model(f"random_{number:02d}", chance.randint(2, 45), chance, keys=keys, language=language)


def _model(
    name: str,
    size: int,
    chance: random.Random,
    *,
    types: tuple[str, ...] = _TYPES,
    labels: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    keys: int = 1,
    language: str = "ko",
    required: float = 0.3,
) -> Model:
    columns: list[Column] = []
    for index in range(max(size, keys + 1)):
        is_key = index < keys
        kind = chance.choice(("string", "integer")) if is_key else chance.choice(types)
        label = labels[index % len(labels)] if labels else _label(index, kind, chance, language)
        columns.append(
            {
                "name": names[index % len(names)] if names else f"{name}_{index}"[-40:],
                "label": label,
                "type": kind,
                **_size(kind, chance),
                **({"key": True, "required": True} if is_key else {}),
                **({"required": True} if chance.random() < required else {}),
                **_code(kind, chance),
            }
        )
    child = [
        *(dict(column) for column in columns if column.get("key")),
        {"name": "line_no", "label": "순번", "type": "integer", "length": 5, "key": True, "required": True},
        *(dict(column, name=f"sub_{column['name']}"[:60], key=False) for column in columns if not column.get("key")),
    ][: keys + 8]
    title = chance.choice(_WORDS) + " 관리" if language == "ko" else f"{name.replace('_', ' ').title()} management"
    return Model(name, title, language, columns, child, _used(columns, child))


def _label(index: int, kind: str, chance: random.Random, language: str) -> str:
    if language == "en":
        return f"{chance.choice(_ENGLISH_WORDS)} {_ENGLISH[kind]} {index}"
    return chance.choice(_WORDS) + chance.choice(_ENDINGS[kind])


def _size(kind: str, chance: random.Random) -> Column:
    size: Column = {"length": chance.choice(_LENGTHS[kind])} if kind in _LENGTHS else {}
    return {**size, "scale": chance.choice((0, 2, 4))} if kind == "decimal" else size


def _code(kind: str, chance: random.Random) -> Column:
    return {"code_group": chance.choice(sorted(_GROUPS))} if kind == "code" else {}


def _used(*lists: list[Column]) -> dict[str, list[tuple[str, str]]]:
    names = {column["code_group"] for columns in lists for column in columns if column.get("code_group")}
    return {name: _GROUPS[name] for name in sorted(names)}
