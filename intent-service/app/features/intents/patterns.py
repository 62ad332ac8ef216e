"""The screen pattern, with its reason: what the words say first, then what the model suggests."""

import re
from dataclasses import dataclass

from screenspec.spec import Pattern

from ...language.text import Language

_PICKER = re.compile(
    r"(?:선택|검색|찾기|조회|코드)\s*(?:용\s*)?(?:팝업|모달|다이얼로그|창)(?!이(?!\s*필요)|가\s*있|을\s*띄|을\s*여)|(?:고르는|선택하는|찾는|검색하는|골라)\s*(?:공통\s*)?(?:팝업|모달|창)|피커|찾기\s*팝업|룩업|(?:팝업|모달)(?:에서|으로)\s*(?:하나\s*)?(?:고르|골라|선택)"
    r"|\bpickers?\b|\blook-?up\s+(?:popup|dialog|window|modal|screen)?|\b(?:selection|search|chooser|finder)\s+(?:popup|pop-up|dialog|modal|window)|\b(?:popup|pop-up|dialog|modal)\s+(?:to|for)\s+(?:choos|pick|select|find|search)\w*",
    re.IGNORECASE,
)
_STACKED = re.compile(
    r"(?:위|상단|왼쪽|좌측)(?!\s*정렬)(?:에는|에|엔|쪽에|\s)\s*[^.\n]{1,24}?(?:그리드|목록|리스트|내역)?[^.\n]{0,10}?(?:아래|하단|오른쪽|우측)(?:에는|에|엔|는|쪽에|\s)\s*(?:는\s*)?[^.\n]{1,24}?(?:그리드|목록|리스트|내역|품목|명세)"
    r"|(?:위|상단|왼쪽|좌측)(?:에는|에|엔|\s)[^.\n]{1,20}(?:그리드|목록|리스트)[^.\n]{0,6}(?:아래|하단|오른쪽|우측)"
    r"|\b(?:on|at)\s+(?:the\s+)?(?:top|left)\b[^.\n]{1,40}\b(?:below|underneath|under|beneath|bottom|right)\b|\bheaders?\b[^.\n]{1,20}\b(?:lines?|line\s+items)\b",
    re.IGNORECASE,
)
"""Two lists, one above or beside the other."""
_DETAIL_WORD = re.compile(r"상세|폼|입력|정보|편집|\b(?:details?|form|edit\w*)\b", re.IGNORECASE)
POPUP = re.compile(r"팝업|모달|다이얼로그|새\s*창|\bpop-?ups?\b|\bmodal\b|\bdialogs?\b", re.IGNORECASE)
_MASTER = re.compile(
    r"마스터[\s-]*디테일|마스터/디테일|마스터(?:[와과랑는]|이랑|하고|/)\s*[^.\n]{0,12}(?:디테일|상세)|마스터\s*상세|헤더[와/\s-]*(?:디테일|라인|상세)|상하위|부모[와\s]*자식|상위[와\s]*하위|상하\s*(?:그리드|구조|목록)|헤더(?:와|랑|하고|,)?\s[^.\n]{0,14}(?:라인|디테일)|두\s*(?:개의\s*)?그리드|그리드\s*(?:두|2)\s*개|위(?:에|쪽)?\s*.{0,12}아래(?:에|쪽)?\s*.{0,8}(?:그리드|목록|내역)"
    r"|\bmaster[\s/-]*(?:and\s+)?detail|\bheader[\s/-]*(?:and\s+)?(?:line|detail)s?\b|\bparent[\s-]*(?:and\s+)?child|\btwo\s+grids\b|\b(?:with|and)\s+(?:its|their|the)\s+(?:lines?|line\s+items|items)\b",
    re.IGNORECASE,
)
_CHILD_LIST = re.compile(
    r"(?:선택하면|클릭하면|누르면|고르면|선택\s*시|클릭\s*시|선택할\s*때)[^.]{0,30}(?:품목|항목|내역|이력|명세|사원|직원|라인|상품)(?:들)?(?:이|을|의|\s)*\s*(?:목록|리스트|그리드|나오|보이|보여|표시|조회|뜨)",
)
_CHILD_GRID = re.compile(
    r"(?<!목록에서\s)(?:[을를]\s*)(?:선택하면|클릭하면|누르면|고르면)\s*[^.\n]{0,20}(?:목록|리스트|그리드|내역)(?:이|을|가|\s)",
)
_DETAIL = re.compile(
    r"(?:목록|리스트|그리드)(?:[과와]|이랑|랑|하고|\s*[,+&/]|\s*및)?\s*(?:함께\s*)?(?:상세|폼|입력\s*폼)|(?:선택하면|클릭하면|누르면|고르면|선택\s*시|클릭\s*시|더블클릭)[^.]{0,30}(?:상세|폼|정보|내용|편집|수정)|(?:좌측|왼쪽|상단|위)[^.]{0,15}(?:목록|그리드|리스트)[^.]{0,20}(?:우측|오른쪽|하단|아래)[^.]{0,15}(?:상세|폼|정보|입력|편집)|상세\s*(?:정보|내용)?(?:를|도|가)?\s*(?:같이|함께|한\s*화면)|목록\s*[/+·-]\s*상세|상세\s*영역|상세\s*폼|목록-?상세|상세\s*조회|상세\s*(?:정보)?(?:가|를|이)?\s*(?:나오|보이|보여|표시|뜨)"
    r"|\blist\b[^.]{0,30}\bdetails?\s+of\s+(?:the\s+)?(?:selected|chosen|clicked)|\blist[\s/+&-]*(?:and\s+|with\s+|plus\s+)?(?:a\s+)?details?\b|\bdetails?\s+(?:form|panel|area|view|section|pane)\b|\b(?:select|click|choos)\w*[^.]{0,40}\b(?:details?|form|edit)\b|\blist\b[^.]{0,30}\bform\s+(?:below|beside|next|on\s+the\s+right|at\s+the\s+bottom|under)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:등록|입력|작성|신청|접수|가입|수정|상세|편집|개설|단건)\s*(?:용\s*)?(?:화면|폼|페이지|양식|창)|(?:등록|입력|작성|신청)(?:하는|할|받는)\s*(?:화면|페이지|창|폼|거|것|건)|폼(?=[이을를은는\s.,]|$)|입력폼|등록폼|신청서|가입\s*폼|로그인\s*(?:화면|페이지|창)|(?:^|[가-힣\w)]\s)(?:등록|입력|작성|신청)(?:하기)?\s*(?:[.:：\n]|\s[-–—]\s|$)|(?<!개발\s)(?<!수정\s)(?<!변경\s)(?:요청|의뢰|품의|기안|동의|청구|접수|결의|확인)서(?=[\s.,:(]|$)(?!\s*(?:조회|목록|현황|관리|이력|내역|대장|승인|리스트|검색|출력))|\b폼\b|폼\s*(?:화면|만들|하나|으로)|양식|한\s*건(?:을|씩)?|(?:입력|작성|기입)(?:하고|해서|받아서?|하여|한\s*뒤|하면)\s*(?:저장|등록|제출|신청|가입)"
    r"|\b(?:application|registration|order|request|data)\s+entry\b|\b(?:log-?\s?in|entry|input|registration|application|sign[\s-]?up|submission|intake|single)\s+(?:form|page|screen)\b|\bforms?\b|\bregister\s+an?\b|\bregistration\b|\benter\s+(?:a|an|one|single)\b",
    re.IGNORECASE,
)
_MULTI = re.compile(
    r"그리드(?:에서|로|\s*안에서)?\s*(?:바로|직접|즉시)?\s*(?:여러\s*(?:건|행)을?\s*)?(?:수정|편집|입력|고치|추가)|(?:한\s*번에|한꺼번에|일괄|모아서|여러\s*(?:건|행|줄)(?:을|를)?[^.]{0,12})\s*(?:로\s*)?(?:저장|등록|수정|처리|입력|편집)|일괄\s*(?:저장|등록|수정|처리)|다건|멀티\s*저장|바로\s*(?:수정|편집|고치)|인라인|셀\s*(?:편집|수정)|엑셀처럼|행\s*(?:추가|삭제)|추가[·,/\s]*(?:수정|변경)?[·,/\s]*삭제|등록[·,/\s]*수정[·,/\s]*삭제|관리|마스터(?!\s*디테일)|기준정보|CRUD|유지\s*보수\s*화면|변경된\s*(?:행|건)"
    r"|\b(?:inline|in-line|in-grid|in\s+the\s+grid|directly\s+in)\b|\b(?:edit|update|change)\w*\s+(?:\w+\s+){0,4}(?:grid|rows|at\s+once|together)|\bsave\s+(?:all|them|everything|the\s+changes|changes|multiple|in\s+bulk|in\s+one|at\s+once)|\bat\s+once\b|\bbulk\b|\bbatch\s+(?:sav|edit|updat|entry|enter|insert|regist|input)\w*|\bin\s+(?:a\s+)?batch\b|\bspreadsheet\b|\bmanag(?:e|ing|es|ement)\b|\bmaint(?:ain|aining|enance)\b|\bcrud\b|\badd,?\s*(?:edit|update|modify|change)|\beditable\b|\bmultiple\s+rows\b|\bmaster\s+data\b|\b(?:register|create|add|enter)\b[^.]{0,40}\b(?:update|edit|modify|change)\b|(?:조회|검색)(?:하고|하여|해서|,|\s*및|\s*/)\s*(?:수정|편집)",
    re.IGNORECASE,
)
_STRONG_MULTI = re.compile(
    r"그리드(?:에서|로|\s*안에서)?\s*(?:바로|직접|즉시)?\s*(?:여러\s*(?:건|행)을?\s*)?(?:수정|편집|입력|고치|추가)|(?:한\s*번에|한꺼번에|일괄|모아서|여러\s*(?:건|행|줄))[^.]{0,14}(?:저장|등록|수정|처리|입력|편집)|다건|멀티\s*저장|인라인|셀\s*(?:편집|수정)|엑셀처럼|변경된\s*(?:행|건)"
    r"|\b(?:inline|in-line|in-grid|in\s+the\s+grid|directly\s+in)\b|\bat\s+once\b|\bbulk\b|\bbatch\s+(?:sav|edit|updat|entry|enter|insert|regist|input)\w*|\bin\s+(?:a\s+)?batch\b|\bspreadsheet\b|\beditable\s+grid\b|\bmultiple\s+rows\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?<!컬럼)(?<!컬럼\s)(?<!항목)목록|리스트|조회|검색|현황|이력|내역|명단|명세|대장|보여주는|열람|확인하는|일람|통계|집계|추이|보는\s*화면|볼\s*수\s*있"
    r"|\blists?\b|\bsearch(?:able|ing)?\b|\binquiry\b|\bbrows(?:e|ing)\b|\bview(?:ing|er)?\b|\bhistory\b|\blog\b|\bshow(?:s|ing)?\b|\bdisplay|\bread[\s-]?only\b|\boverview\b|\bstatus\s+board\b|\blook\s+up\b|\breport\b|\bquery\b|\blisting\b|\bsee\b|\bkeep\s+track\b",
    re.IGNORECASE,
)
_AS_LIST = re.compile(r"(?:으로|로)\s*(?:목록|조회)\s*(?:화면|페이지)(?!\s*[,과와및])")
"""`자격증 관리 테이블로 목록 화면`: what the thing is called comes before what is made of it."""
_UNWANTED = re.compile(
    r"(?:목록|리스트|그리드|팝업)(?:은|는|이)?\s*(?:없이|말고|빼고|필요\s*없\S*)|\b(?:no|without(?:\s+an?)?)\s+(?:list|grid|popup)s?\b",
    re.IGNORECASE,
)
"""`목록 없이 입력폼만`."""
_ENTRY_POPUP = re.compile(
    r"(?:변경|입력|등록|수정|작성|신청|추가|편집)\s*팝업|\b(?:change|entry|edit|input|add|registration)\s+(?:popup|pop-up|dialog|modal)",
    re.IGNORECASE,
)
"""`비밀번호 변경 팝업`: alone, one record to enter."""
_FIELD_PICKER = re.compile(
    r"(?:[가-힣A-Za-z]{1,12}|(?<=\s))(?:은|는)\s*(?:(?:검색|조회|선택|찾기|코드)\s*)?팝업(?:창)?(?:으로|에서)\s*(?:검색|선택|조회|찾|고르|고를)[가-힣]*"
    r"|\b\w+\s+(?:is\s+)?(?:picked|chosen|selected)\s+(?:from|in|by)\s+a\s+(?:lookup\s+|search\s+)?popup",
    re.IGNORECASE,
)
_REASONS: dict[str, tuple[str, str]] = {
    "picker": ("선택하거나 찾는 팝업을 요청했습니다.", "A popup to look something up and choose it was asked for."),
    "popup": (
        "목록에서 팝업으로 등록하거나 수정하는 요청입니다.",
        "A list whose rows are added or edited in a popup was asked for.",
    ),
    "master": ("두 엔터티가 상위와 하위로 이어져 있습니다.", "Two entities are related as parent and children."),
    "detail": (
        "목록과 선택한 건의 상세를 함께 요청했습니다.",
        "A list together with the details of the chosen row was asked for.",
    ),
    "form": ("한 건을 입력하는 화면을 요청했습니다.", "A screen to enter one record was asked for."),
    "multi": (
        "여러 건을 그리드에서 관리하고 저장하는 요청입니다.",
        "Rows are to be managed in a grid and saved together.",
    ),
    "list": ("조회하는 목록을 요청했습니다.", "A list to search and read was asked for."),
    "default": (
        "화면 형태를 말하지 않아 기본인 목록 편집으로 정했습니다.",
        "No form was named: the default is a list that can be edited.",
    ),
}
_ARRANGED: dict[Pattern, str] = {"master_detail": "master", "form": "form", "list": "list"}


@dataclass(frozen=True, slots=True)
class PatternChoice:
    pattern: Pattern
    reason: str
    stated: bool


def choose_pattern(
    prose: str,
    *,
    entities: int,
    related: bool,
    language: Language,
    arranged: Pattern | None = None,
    saves: bool = False,
) -> PatternChoice:
    """`entities` is how many the request names; `related` whether the first two belong together.

    `arranged`: what the places of its views say. `saves`: whether what is listed is said to be changed there.
    """
    pattern, why = _choose(prose, entities, related=related)
    if saves and pattern == "list":
        pattern, why = "multi_save", "multi"
    if arranged is not None:
        pattern, why = arranged, _ARRANGED.get(arranged, "detail")
    korean, english = _REASONS[why]
    return PatternChoice(pattern, korean if language == "ko" else english, why != "default")


def _without_field_pickers(prose: str) -> str:
    """Without popups that fill one field of a screen (`부서는 검색 팝업으로 선택`), where a screen is named beside them."""
    rest = _FIELD_PICKER.sub(" ", prose)
    return rest if any(form.search(rest) for form in (_FORM, _DETAIL, _MULTI, _LIST)) else prose


def _choose(prose: str, entities: int, *, related: bool) -> tuple[Pattern, str]:
    prose = _UNWANTED.sub(" ", _without_field_pickers(prose))
    if _MASTER.search(prose) or (entities > 1 and (related or _CHILD_LIST.search(prose))):
        return "master_detail", "master"
    if (_STACKED.search(prose) or _CHILD_GRID.search(prose)) and not _DETAIL_WORD.search(prose):
        return "master_detail", "master"
    listed = re.search(
        r"(?<!컬럼)(?<!컬럼\s)(?<!항목)목록|리스트|그리드|조회\s*화면|\blist\b|\bgrid\b", prose, re.IGNORECASE
    )
    if POPUP.search(prose):
        return _popup(prose, listed=listed is not None)
    if _PICKER.search(prose):
        return "popup_picker", "picker"
    if _DETAIL.search(prose):
        return "list_detail", "detail"
    if _STRONG_MULTI.search(prose):
        return "multi_save", "multi"
    if _FORM.search(prose) and not listed:
        return "form", "form"
    if _AS_LIST.search(prose):
        return "list", "list"
    if _MULTI.search(prose):
        return "multi_save", "multi"
    if _LIST.search(prose):
        return "list", "list"
    return "multi_save", "default"


def _popup(prose: str, *, listed: bool) -> tuple[Pattern, str]:
    """A popup to choose in, one that enters a record, or one beside a list."""
    if _ENTRY_POPUP.search(prose) and not listed and not _LIST.search(prose) and not _MULTI.search(prose):
        return "form", "form"
    if _PICKER.search(prose) and not re.search(
        r"(?:등록|수정|추가|상세|편집)\s*(?:은|는)?\s*팝업|\b(?:edit|add|registration|entry|detail)\w*\s+(?:popup|dialog|modal)",
        prose,
        re.IGNORECASE,
    ):
        return "popup_picker", "picker"
    if listed or re.search(
        r"등록|수정|상세|추가|편집|입력|관리|조회|\b(?:edit|add|detail|creat|registr|new)", prose, re.IGNORECASE
    ):
        return "list_popup", "popup"
    return "popup_picker", "picker"
