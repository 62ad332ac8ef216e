"""Whether a list of fields is said to be the lower part's: `위는 주문, 아래는 주문 상품: 상품명, 수량`."""

import re

_PATTERN = re.compile(
    r"마스터[\s/-]*(?:디테일|상세)|헤더[\s/-]*(?:디테일|라인)|\b(?:master|header)[\s/-]*(?:details?|lines?)\b",
    re.IGNORECASE,
)
"""The name of the pattern says nothing of whose the fields are that stand behind it."""
_UPPER = re.compile(
    r"(?<![가-힣])위(?=쪽|에|는|의|\s)|상단|상위|마스터|헤더|\b(?:top|upper|above|headers?|master|parent)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?<![가-힣])(?:아래|밑)|하단|하위|디테일|(?<![가-힣])상세(?=[는은에엔])|\b(?:bottom|lower|below|beneath|details?|lines?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"마스터|헤더|부모|\b(?:master|headers?|parent)\b", re.IGNORECASE)
_NEAR = 40
"""Characters between the part and its list."""


def states_lower(text: str, start: int) -> bool:
    """`start`: where the list begins. An upper part has to be spoken of before the lower one."""
    before = _PATTERN.sub(" ", text[:start])
    parts = list(_LOWER.finditer(before))
    if not parts:
        return False
    lower = parts[-1]
    if len(before) - lower.end() > _NEAR or _UPPER.search(before, lower.end()):
        return False
    return _UPPER.search(before[: lower.start()]) is not None or _PATTERN.search(text[:start]) is not None


def states_details(text: str, start: int) -> bool:
    """Whether the lower part's list stands below one that is called a master: `order master with detail lines: …`."""
    before = _PATTERN.sub(" ", text[:start])
    return states_lower(text, start) and _NAMED.search(before) is not None
