"""What a prompt wants done on a screen: what saves makes it editable; what no screen of ours does is named."""

import re
from dataclasses import dataclass

_LABELLED = re.compile(
    r"(?:버튼|\bbuttons?|\bactions?)\s*(?:[:：]|[은는]|에는|\bare\b)\s*(?P<listed>[^\n.;]{1,120})", re.IGNORECASE
)
"""`버튼: 조회, 저장`, `Buttons: Search, New`."""
_NAME = r"[가-힣A-Za-z]{1,12}(?: [가-힣]{1,6})?"
_BEFORE = re.compile(
    rf"(?P<listed>{_NAME}(?:\s*(?:[,，/·]|[와과](?=\s)|\s및\s)\s*{_NAME}){{0,7}})\s*버튼"
    r"|(?P<english>\w+(?:\s*(?:,|/|,?\s+and\s+|\s*&\s*)\s*\w+){0,7})\s+buttons?\b",
    re.IGNORECASE,
)
"""`저장, 상신 버튼`, `approve and reject buttons`."""
_EXCEL = re.compile(r"엑셀|\b(?:excel|for)\b", re.IGNORECASE)
_UPLOAD = re.compile(
    r"(?:엑셀|파일|csv)\s*(?:일괄\s*)?업로드|\b(?:excel|file|csv)\s+(?:upload|import)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[,，/·&|]|(?<=[가-힣])[와과](?=\s)|\s및\s|\band\b)\s*", re.IGNORECASE)
_SAVING = re.compile(r"^(?:행\s*)?(?:저장|추가|삭제|수정|신규|save|add|new|delete|remove|edit|update)$", re.IGNORECASE)
_MADE = re.compile(
    r"(?:조회|검색|찾기|저장|추가|삭제|수정|신규|등록|입력|초기화|닫기|취소|확인|선택|적용|편집|상세|엑셀|다운로드|버튼|팝업|라디오|체크|"
    r"search|find|query|save|add|new|delete|remove|edit|update|reset|clear|close|cancel|ok|confirm|select|choose|register|create|submit|apply|"
    r"excel|export|download|radio|check|the|an?|with|some|button)",
    re.IGNORECASE,
)
"""What screens have, and words that are no button's name."""
_DONE = re.compile(
    r"^(?:.*(?:승인|반려|상신|결재|보류|회수|마감|확정|취소|전송|발송|발행|출력|인쇄|실행|처리|신청|업로드|배정|접수|반납|복사|계산|완료|시작|종료)"
    r"|approve|reject|hold|submit\s+for\s+approval|print|send|run|execute|upload|assign|copy|calculate|start|stop|finish|complete|publish|issue)$",
    re.IGNORECASE,
)
"""What a button may do that no screen of ours does by itself."""
_CHANGEABLE = re.compile(
    r"(?:수정|편집|입력|변경|삭제)(?:이|도|만)?\s*가능(?!\s*(?:여부|일|기간))|(?:수정|편집|입력|삭제)할\s*수\s*있|입력\s*(?:->|→|후에?|하고|한\s*뒤)\s*저장"
    r"|\bcan\s+(?:be\s+)?(?:edit|chang|delet)\w*|\bedit(?:able)?\s+only\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Buttons:
    """`saves`: something that is shown can be changed. `unmade`: what the screen will lack, as it is called."""

    saves: bool = False
    unmade: tuple[str, ...] = ()


def read_buttons(prompt: str) -> Buttons:
    names = _names(prompt)
    saves = any(_SAVING.match(name) for name in names) or _CHANGEABLE.search(prompt) is not None
    unmade = [name for name in names if _DONE.match(name) and not _MADE.fullmatch(name)]
    unmade += [match.group() for match in _UPLOAD.finditer(prompt)]
    return Buttons(saves, tuple(dict.fromkeys(unmade)))


def _names(prompt: str) -> list[str]:
    listed = [match["listed"] for match in _LABELLED.finditer(prompt)]
    listed += [match["listed"] or match["english"] for match in _BEFORE.finditer(prompt)]
    names = [name.strip() for text in listed for name in _BETWEEN.split(text) if name.strip()]
    return [name if _EXCEL.search(name) else name.rsplit(maxsplit=1)[-1] for name in names]
