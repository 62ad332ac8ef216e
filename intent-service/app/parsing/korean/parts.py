"""Korean prompts that put lists of fields in parts of a screen: `왼쪽 부서 목록(…), 오른쪽 사원 목록(사번, 성명)`."""

import re
from collections.abc import Callable

from ...vocabulary.field_names import HEAD, FieldNames
from ..declared import DeclaredField
from ..parts import HIDDEN, Clause, Part, Place, bracket_at, clauses_of, without_brackets
from .brackets import find_bracket
from .tokens import Token
from .words import WordReader

_LEFT, _MIDDLE, _RIGHT = r"왼쪽|왼편|좌측|좌(?=\s*[:：])", r"가운데|중앙|중간", r"오른쪽|오른편|우측|우(?=\s*[:：])"
_TOP = r"상단|상부|윗쪽|위쪽|윗부분|위"
_BOTTOM = r"하단|하부|아래쪽|아랫쪽|아랫부분|아래|밑"
_SIDE = rf"(?:{_LEFT}|{_MIDDLE}|{_RIGHT}|{_TOP}|{_BOTTOM})"
_PLACE = re.compile(
    rf"(?<![가-힣])(?P<place>{_SIDE}(?:\s*{_SIDE})?)(?!\s*정렬)(?:\s*(?:(?:그리드|영역|패널|부분|쪽|마스터|디테일)(?=[\s은는엔에:：])|화면(?=[은는엔에:：])))?"
    rf"(?:에서는|에서|에는|에다|에|엔|은|는|의|으로는|으로|로|이)?(?=[\s:：={HIDDEN},]|$)"
)
_CHOICE = re.compile(
    rf"(?P<chosen>(?:^|[\s{HIDDEN}])[^\s{HIDDEN}]*?(?:{HIDDEN}*))(?:[을를]|에서)?\s*(?:하나\s*|한\s*(?:건|행|줄)(?:을)?\s*)?"
    r"(?:더블\s*클릭|선택|클릭|누르|고르)(?:하면|면|할\s*때|\s*시)(?:에|는)?(?=[\s,])(?!\s*(?:조회|검색|저장|등록))"
)
_SEPARATORS = re.compile(
    rf"(?<={HIDDEN})\s+(?={_SIDE})|"
    r"\s*[,，;\n]\s*|[.!?。](?=\s|$)\s*|\s+[/+]\s+|(?<=[가-힣])(?:있|나오|보여주|보이|두|놓|띄우|뜨|배치하|표시하|구성하)(?:고|며|으며)\s+"
    r"|\s+(?:있|나오|보여주|보이|두|놓|띄우|뜨|배치하|표시하|구성하)(?:고|며|으며)\s+|(?<=[가-힣])(?:인데|이고|이며|되)(?=[\s,])[\s,]*|\s+그리고\s+"
)
_PARTICLE = re.compile(r"(?:[은는을를이가도의]|에서)?\s*$")
_NAME = re.compile(
    rf"\s*(?P<name>[^{HIDDEN}:：]*?)(?P<particle>[은는이가을를도])?\s*"
    rf"(?=[{HIDDEN}:：]|$|\s(?:있|나오|나와|보|표시|두|놓|배치|구성|뜨|띄|조회|출력|노출|넣))"
)
_LISTED = re.compile(r"[·ㆍ,/]")
_NO_ITEM = re.compile(r"(?:되|고|며|면|서|데|화면|폼|팝업|에는?|에서)$")
_ROWS = re.compile(r"(?:노드|행|한\s*건|건|항목|하나|데이터|목록|그리드)(?:[을를]|에서)?$")
_AND = re.compile(
    rf"\s*(?:[와과,]|및|그리고|하고|이랑|랑)\s*(?P<name>[가-힣A-Za-z0-9][가-힣A-Za-z0-9 ]{{1,20}}?)(?=\s*{HIDDEN})"
)
_NO_NAME = re.compile(
    r"(?:폼|그리드|목록|리스트|표|화면|영역|형태)?(?:으로|로|에)?$|(?:배치|표시|구성|출력|노출|보여|보이|나오|있|두|놓|넣)\S*(?:\s|$)"
)
"""Behind a place that what stands in front of it has."""
_AS_VIEW = re.compile(r"\s*(?P<view>폼|그리드|목록|리스트|표)(?:으로|로)")
_NAME_ITEM = re.compile(r"(?:(?<=[,，/·])|^)(?P<blank>\s*)명(?=\s*(?:[,，/·]|$))")
_PLAIN_ITEM = re.compile(r"(?:(?<=[,，/·])|^)\s*(?:명|기간|범위)(?=\s*(?:[,，/·]|$))")
"""`코드, 명, PM`: by itself 명 counts people."""
_PRESSED = re.compile(r"버튼$|^(?:실행|조회|검색|저장|확인|등록|적용|추가|계산)$")
MAX_NAME = 30


def find_parts(text: str, names: FieldNames, read_list: Callable[[str], list[DeclaredField]]) -> list[Part]:
    """The parts that are placed or shown by a choice, in the order in which they are told."""
    return _Finder(text, names, read_list).parts()


class _Finder:
    """One use for each text."""

    def __init__(self, text: str, names: FieldNames, read_list: Callable[[str], list[DeclaredField]]) -> None:
        self._text = text
        self._hidden = without_brackets(text)
        self._words = WordReader(names)
        self._read_list = read_list
        self._clauses = clauses_of(text, _SEPARATORS)

    def parts(self) -> list[Part]:
        parts: list[Part] = []
        for index, clause in enumerate(self._clauses):
            for part in self._of_clause(index, clause):
                same = next((item for item in parts if part.name and _bare(item.name) == _bare(part.name)), None)
                again = part.place is not None and not part.fields and any(item.place == part.place for item in parts)
                if same is not None:
                    same.fields, same.end = same.fields or part.fields, max(same.end, part.end)
                elif not again:  # `상단은 한 건 입력`: of a part that is there
                    parts.append(part)
        for part in parts if len(parts) > 1 else ():
            self._take_topic(part)
        return parts

    def _take_topic(self, part: Part) -> None:
        """`…. 프로젝트는 코드, 명, PM, 기간만`: the fields of a part, told in a sentence of their own."""
        if part.fields or not part.name:
            return
        words = _bare(part.name).split() or part.name.split()
        name = "|".join(re.escape(word) for word in {words[0], words[-1]})
        match = re.search(
            rf"(?:^|[.!?\n;/]\s*)(?:{name})(?:\s*정보)?(?:은|는|에는|의\s*컬럼은)\s+"
            r"(?P<list>[^.\n;/]+(?:/(?!\s*\S+[은는]\s)[^.\n;/]+)*)",
            self._text,
        )
        if match is not None and _LISTED.search(match["list"]):
            part.fields = self._fields(*match.span("list"))
            part.told = match.span() if len(part.fields) > 1 else None

    def _of_clause(self, index: int, clause: Clause) -> list[Part]:
        choice = _CHOICE.search(clause.text)
        if choice is not None:
            upper = self._chosen(clause, choice)
            lower = self._shown(index, clause, choice.end())
            return [part for part in (upper, lower) if part is not None] + self._beside(lower)
        match = _PLACE.search(clause.text)
        if match is None:
            return []
        part = self._behind(index, clause, match.end(), _place_of(match["place"]), begin=match.start())
        part = part or self._before(index, clause, match)
        return [part, *self._beside(part)] if part is not None else []

    def _beside(self, part: Part | None) -> list[Part]:
        """`처방내역(…)과 검사결과(검사명, 결과값)`: more lists in the same place."""
        found: list[Part] = []
        while part is not None and part.fields:
            match = _AND.match(self._hidden, part.end)
            inside = bracket_at(self._hidden, match.end("name")) if match is not None else None
            if (
                match is None
                or inside is None
                or _PLACE.search(match["name"])
                or not self._lists_fields(match["name"], *inside)
            ):
                break
            place = (part.place[0], part.place[1] + 1) if part.place is not None else None
            part = Part(
                match["name"].strip(), place, match.start("name"), inside[1] + 1, self._fields(*inside), beside=True
            )
            found.append(part)
        return found

    def _behind(self, index: int, clause: Clause, at: int, place: Place | None, *, begin: int) -> Part | None:
        """`왼쪽에 창고 목록(창고코드, 창고명)`, `왼쪽: 창고 목록(…)`: a name behind the place."""
        lead = re.compile(r"\s*[:：=]?\s*").match(clause.text, at)
        at = lead.end() if lead is not None else at
        match = _NAME.match(clause.text, at)
        if match is None or not 1 < len(match["name"].strip()) <= MAX_NAME or _LISTED.search(match["name"]):
            return None
        if _NO_NAME.match(match["name"].strip()) and bracket_at(self._hidden, clause.start + match.end()) is None:
            return None
        listed = self._unnamed(index, clause.start + match.start("name"), place)
        if listed is not None:
            listed.start = clause.start + begin
            return listed
        part = Part(match["name"].strip(), place, clause.start + begin, clause.start + match.end())
        self._take_list(part, index, clause.start + match.end("name"))
        return part

    def _unnamed(self, index: int, start: int, place: Place | None) -> Part | None:
        """`오른쪽에 품번, 품명, 수량이 조회`: a list behind the place, and no name."""
        end = self._clauses[index].end
        first = self._words.read(self._hidden[start:end].split()[0]).stem
        goes_on = index + 1 < len(self._clauses) and self._clauses[index + 1].goes_on
        if (
            place is None
            or not goes_on
            or self._words.names.strength(first) < HEAD
            or HIDDEN in self._hidden[start:end]
        ):
            return None
        for clause in self._clauses[index + 1 :]:
            if not clause.goes_on or _PLACE.search(clause.text):
                break
            end = clause.end
        fields = self._fields(start, end)
        return Part("", place, start, end, fields) if len(fields) > 1 else None

    def _take_list(self, part: Part, index: int, at: int) -> None:
        """The fields in the bracket behind a name, or behind its colon up to the next part."""
        inside = bracket_at(self._hidden, at)
        if inside is not None and self._lists_fields(part.name, *inside):
            part.fields, part.end = self._fields(*inside), inside[1] + 1
            return
        colon = re.compile(r"\s*[:：]\s*").match(self._hidden, at)
        if colon is None:
            return
        end = self._clauses[index].end
        for clause in self._clauses[index + 1 :]:
            if not clause.goes_on or _PLACE.search(clause.text):
                break
            end = clause.end
        if _LISTED.search(self._hidden[colon.end() : end]):
            part.fields, part.end = self._fields(colon.end(), end), end

    def _before(self, index: int, clause: Clause, place: re.Match[str]) -> Part | None:
        """`사용자 목록(아이디, 이름)은 왼쪽에`, `견적번호·견적일자는 위에`: what stands in front of the place."""
        first = index
        while first and self._clauses[first].goes_on and self._may_be_item(self._clauses[first - 1].text):
            first -= 1
        start, end = self._clauses[first].start, clause.start + place.start()
        said = _PARTICLE.sub("", self._hidden[start:end])
        if not said.strip() or said == self._hidden[start:end].rstrip():
            return None
        end = start + len(said)
        part = Part("", _place_of(place["place"]), start, end)
        if _LISTED.search(said):
            part.fields = self._fields(start, end)
            view = _AS_VIEW.match(clause.text, place.end())
            part.name = view["view"] if view is not None else ""
            return part if len(part.fields) > 1 else None
        name = said.split(HIDDEN)[0].strip()
        if first != index or not 1 < len(name) <= MAX_NAME:
            return None
        part.name = name
        self._take_list(part, index, start + len(said.split(HIDDEN)[0]))
        return part

    def _may_be_item(self, text: str) -> bool:
        words = text.split()
        return 0 < len(words) <= 3 and _PLACE.search(text) is None and _NO_ITEM.search(text.strip()) is None

    def _chosen(self, clause: Clause, choice: re.Match[str]) -> Part | None:
        """`프로젝트(코드, 명)를 선택하면`: what is chosen."""
        placed = _PLACE.search(clause.text[: choice.end("chosen")])
        begin = placed.end() if placed is not None else 0
        said = clause.text[begin : choice.end("chosen")]
        head = said.split(HIDDEN)[0]
        name = self._stem(head)
        while (rows := _ROWS.search(name)) is not None and len(name.split()) > 1:
            name = self._stem(name[: rows.start()])
        name = name.split()[-1] if name and not placed else name
        if not 1 < len(name) <= MAX_NAME or _PRESSED.search(name):
            return None
        place = _place_of(placed["place"]) if placed is not None else None
        part = Part(name, place, clause.start + begin, clause.start + choice.end("chosen"))
        inside = bracket_at(self._hidden, clause.start + begin + len(head))
        if inside is not None and self._lists_fields(name, *inside):
            part.fields = self._fields(*inside)
        return part

    def _stem(self, text: str) -> str:
        """The words without the last one's particle."""
        *words, last = text.split() or [""]
        return " ".join([*words, self._words.split(last)[0]])

    def _shown(self, index: int, clause: Clause, at: int) -> Part | None:
        placed = _PLACE.search(clause.text, at)
        if placed is not None and not clause.text[at : placed.start()].strip():
            return self._behind(index, clause, placed.end(), _place_of(placed["place"]), begin=placed.start())
        return self._behind(index, clause, at, None, begin=at)

    def _fields(self, start: int, end: int) -> list[DeclaredField]:
        listed = self._text[start:end]
        fields = self._read_list(_NAME_ITEM.sub(r"\g<blank>명칭", listed))
        for item in fields if _NAME_ITEM.search(listed) else ():
            item.name = "명" if item.name == "명칭" else item.name
        return fields

    def _lists_fields(self, name: str, start: int, end: int) -> bool:
        head = name.rsplit(maxsplit=1)[-1]
        token = Token("word", f"{head}({_PLAIN_ITEM.sub('명칭', self._text[start:end])})", start, end)
        return find_bracket(token, None, self._words) is not None


def _bare(name: str) -> str:
    """부서 트리 and 부서 are one part."""
    return re.sub(r"\s*(?:목록|리스트|트리|그리드|명단|내역|현황)$", "", name)


def _place_of(text: str) -> Place:
    column = 2 if re.search(r"오른|우", text) else 1 if re.search(_MIDDLE, text) else 0
    return column, int(re.search(_BOTTOM, text) is not None)
