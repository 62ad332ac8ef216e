"""Units behind a field's name: `열량(kcal)` is measured, `기간(개월)` counted, `보증금(천원)` money."""

import re
from collections.abc import Sequence

from .declared import DeclaredField

_BY_DOMAIN = {
    "measure": "kwh kw w v a kg g mg μg ㎎ ㎏ t ton tons 톤 km m cm mm ㎜ ㎝ ㎞ ㎡ m2 m² ㎥ m3 m³ 평 ha ℃ °c ℉ kcal cal"
    " kj 리터 l ml ㎖ cc bar kpa mpa psi hz rpm ppm db lux mmhg bpm mg/dl mmol/l iu mb gb tb kb"
    " bps mbps px ms km/h ft inch inches lb lbs °",
    "rate": "% ％ 퍼센트 percent",
    "amount": "원 천원 백만원 만원 억원 krw usd eur jpy cny 달러 엔 유로 위안 won ₩ $",
    "count": "개 ea pcs box 박스 건 명 인 회 대 장 매 권 병 팔레트 plt 분 시간 일 개월 월 년 주 차시 초 sec"
    " days hours minutes min months years weeks",
}
_DOMAINS = {unit: domain for domain, units in _BY_DOMAIN.items() for unit in units.split()}
_TOTAL = re.compile(r"총점|합계|점수|평균|학점|등급|\b(?:total|score|grade|points?)\b", re.IGNORECASE)
_ALL = 100
_LEAST = 3


def mark_weights(fields: Sequence[DeclaredField]) -> None:
    """`출석(20), 중간(30), 기말(50), 총점`: shares of a total, and no lengths."""
    weighed = [field for field in fields if field.length and field == DeclaredField(field.name, length=field.length)]
    summed = sum(field.length or 0 for field in weighed) == _ALL
    if summed and len(weighed) >= _LEAST and any(_TOTAL.search(field.name) for field in fields):
        for field in weighed:
            field.length, field.unit = None, "score"


def domain_of_unit(text: str) -> str | None:
    """The domain of what is counted in the unit, e.g. `measure`; None where the text is no unit."""
    return _DOMAINS.get(text.strip().removeprefix("단위:").removeprefix("단위").strip().lower())
