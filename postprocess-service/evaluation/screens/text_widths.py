"""How wide a text is on the screen, by classes of characters: none of NanumGothic, a wide Korean font, is wider."""

from unicodedata import east_asian_width

_PIXELS_A_POINT = 96 / 72
_NARROW = frozenset("iIl|.,:;'`!()[]/-rtfj ")
_BROAD = frozenset("MW@%mw&")
_EM = {"hangul": 0.94, "wide": 1.0, "narrow": 0.42, "broad": 1.04, "upper": 0.8, "digit": 0.615, "other": 0.66}


def measured(text: str, points: float) -> float:
    """Pixels of one line."""
    return sum(_EM[_kind(character)] for character in text) * points * _PIXELS_A_POINT


def _kind(character: str) -> str:
    if "가" <= character <= "힣":
        return "hangul"
    if east_asian_width(character) in "WF":
        return "wide"
    if character in _NARROW:
        return "narrow"
    if character in _BROAD:
        return "broad"
    if character.isupper():
        return "upper"
    return "digit" if character.isalnum() else "other"
