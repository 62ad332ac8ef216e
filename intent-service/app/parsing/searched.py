"""The fields to search by, where prose says so."""

import re

from .lists import closing_verb, read_list

_SEARCHED = re.compile(
    r"(?:조회|검색)\s*조건\s*[(（](?P<inside>[^()（）]+)[)）]\s*[,，]?|(?:조회|검색)\s*조건(?:으로는|으로|은|는|에|이|:|：)?\s*[:：]?\s*(?P<after>[^.\n!?]+)"
    r"|\b(?:search(?:able|ed|ing)?|filter(?:ed|able)?)\s+(?:by|on|with)\s+(?P<english>[^.\n!?]+)"
    r"|(?P<before>[\w가-힣]+(?:(?:\s*[,，]\s*|와\s|과\s)[\w가-힣]+)*)(?:으로|로)\s+(?:검색|조회|찾)(?:하|할|해|되|이|을)",
    re.IGNORECASE,
)


def read_searched(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The fields to search by, where the prompt says so, and where it does."""
    match = _SEARCHED.search(text)
    if match is None:
        return [], []
    listed = match["inside"] or match["after"] or match["english"] or re.sub(r"으$", "", match["before"])
    closing = closing_verb(listed, 0, len(listed))
    names = [item.name for item in read_list(listed[:closing] if closing else listed)]
    return names, [] if match["before"] else [match.span()]
