"""Names that are counted: `치수1~치수5(소수점 3자리)` and `dim1 ~ dim5` are five fields each."""

import re

_RANGE = re.compile(
    r"(?P<name>[A-Za-z가-힣][A-Za-z가-힣_]{0,20}?)_?(?P<first>\d{1,2})\s*(?:~|∼|〜|-|–|\bto\b)\s*(?P<again>(?P=name)_?)?(?P<last>\d{1,2})"
    r"(?![\w가-힣])(?P<about>\s?\([^()\n]{0,60}\))?"
)
_OPENS = re.compile(r"(?:^|[,，、/·|:：(\n\t])\s*$")
_CLOSES = re.compile(r"\s*(?:[,，、/·|)\n]|$)")
_MOST = 20


def without_ranges(text: str) -> str:
    """The text with every field of such a range named. `Q1~4` is one where it stands between separators alone."""
    return _RANGE.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    between = _OPENS.search(match.string, 0, match.start()) and _CLOSES.match(match.string, match.end())
    if not 0 < last - first < _MOST or not (match["again"] or (first == 1 and between)):
        return match.group()
    name, about = match.group()[: match.start("first") - match.start()], match["about"] or ""
    return ", ".join(f"{name}{number}{about}" for number in range(first, last + 1))
