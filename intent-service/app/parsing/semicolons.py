"""Lists whose items are parted by semicolons: `공고번호; 공고명; 발주기관`, `SKU; description; qty on hand`."""

import re

_RUN = re.compile(r"(?:[^;:：.!?\n]{1,40};[ \t]*){2,}[^;:：.!?\n]{1,40}")
_COMMA = re.compile(r"[,，]")


def as_commas(text: str) -> str:
    """The text with commas in such lists; places stay. Where items hold commas or labels, semicolons part clauses."""
    return _RUN.sub(
        lambda match: match.group() if _COMMA.search(match.group()) else match.group().replace(";", ","), text
    )
