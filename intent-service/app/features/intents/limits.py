"""What a prompt asks for that no screen of ours has: it is said, and what stands in its place."""

import re

from ...language.messages import say
from ...language.text import Language
from .schemas import Warning_

_NOT_MADE: dict[str, re.Pattern[str]] = {
    "tree_not_made": re.compile(
        r"(?<![엔스])트리(?=\s|[로를는와,.)]|에서|에는|에|구조|형태|형식|뷰|그리드|화면|$)"
        r"|\btree(?:\s*-?\s*(?:view|grid|list|structure))?(?=\s*(?:[,.;)]|$|on\b|at\b|to\b|left\b|right\b|above\b|with\b|and\b|of\b|for\b))",
        re.IGNORECASE,
    ),
    "chart_not_made": re.compile(
        r"(?:막대|선|원|원형|파이|라인|꺾은선|도넛|바|영역|콤보|추이)\s*(?:차트|그래프)|(?:차트|그래프)(?:로|와|과|도|를|가)?\s*(?:함께\s*)?(?:보여|보이|표시|그려|나오|나와|시각화|넣|있)"
        r"|\b(?:bar|line|pie|donut|area|column|trend)\s+(?:charts?|graphs?)\b|\b(?:charts?|graphs?)\s+(?:showing|that|with|on|at|above|below)\b|\bas\s+a\s+(?:chart|graph)\b",
        re.IGNORECASE,
    ),
    "pivot_not_made": re.compile(r"피벗|피봇|\bpivot\b", re.IGNORECASE),
    "gantt_not_made": re.compile(r"간트|\bgantt\b", re.IGNORECASE),
}
_ANY = re.compile(r"트리|tree|차트|chart|그래프|graph|피[벗봇]|pivot|간트|gantt", re.IGNORECASE)
MAX_READ = 2_000


def limits_of(prompt: str, language: Language) -> list[Warning_]:
    """A warning for each thing that is asked for and not made."""
    text = prompt[:MAX_READ]
    if _ANY.search(text) is None:
        return []
    return [Warning_(code=code, message=say(code, language)) for code, form in _NOT_MADE.items() if form.search(text)]
