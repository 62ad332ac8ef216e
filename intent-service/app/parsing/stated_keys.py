"""Keys that prose states apart from the list of fields: `A와 B가 복합키야`, `PK: A`, `keyed by a`."""

import re

from .declared import DeclaredEntity, DeclaredField

_KEY_KO = r"(?:복합\s*)?(?:기본\s*키|주\s*키|복합\s*키|식별자|고유\s*키|프라이머리\s*키|PK|키)"
_AFTER_KO = r"(?:이?(?:야|에요|예요|다|고|며|임)|입니다|이고|로\s*(?:해|하|사용|잡아|설정|써)[가-힣]*(?:\s*(?:주세요|줘))?|인)?(?=[\s.,!)]|$)"
_JOINT = r"(?:(?:와|과|랑|이랑|하고)\s+|\s*\+\s*|\s+및\s+)"
_NAME = r"[A-Za-z0-9_가-힣]{1,30}"
_BEHIND_KO = re.compile(
    rf"(?<![\w가-힣])(?P<names>(?:{_NAME}?{_JOINT}){{0,3}}{_NAME}?)(?:이|가|을|를|은|는)\s*{_KEY_KO}{_AFTER_KO}",
    re.IGNORECASE,
)
_BEFORE_KO = re.compile(
    rf"(?<![\w가-힣(\[]){_KEY_KO}\s*(?:는|은|:|=|로는)\s*(?P<names>{_NAME}?(?:(?:\s*,\s*|{_JOINT}){_NAME}?){{0,3}}?)"
    r"(?:이?(?:야|에요|예요|다)|입니다|이고|이며|로\s*(?:해|하|사용|잡아|설정|써)[가-힣]*(?:\s*(?:주세요|줘))?)?\s*(?:(?=[./,;\n]|$)|(?<=[고며])(?=\s))",
    re.IGNORECASE,
)
_BRACKET_KO = re.compile(
    rf"(?<![\w가-힣(\[]){_KEY_KO}\s*[(\[](?P<names>{_NAME}(?:\s*[,+/]\s*{_NAME}){{0,3}})[)\]](?:로|으로|은|는|인)?",
    re.IGNORECASE,
)
"""`복합키(학번, 과목코드)`."""
_SENTENCE_KO = re.compile(
    rf"(?<![\w가-힣(\[]){_KEY_KO}\s*(?:는|은|:|=|로는)\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME}){{1,3}})\s*(?=\.(?:\s|$)|[;\n]|$)",
    re.IGNORECASE,
)
"""`기본키 : 품목코드, 창고코드.`: a list of keys that is a sentence of its own."""
_WORDS = r"[A-Za-z]\w*+(?:\s(?!and\b|as\b|the\b|are\b|is\b|form\b|together\b)\w++){0,2}"
_BEHIND_EN = re.compile(
    rf"(?:,?\s*\bwhere\s+|\buse\s+|[;.,]\s*(?!use\b|where\b))(?P<names>{_WORDS}(?:\s*(?:,|\+|\band\b)\s*{_WORDS}){{0,3}}?)\s+(?:together\s+)?(?:is|are|as|form|forms|being)\s+(?:the\s+|a\s+)?(?:composite\s+|primary\s+|unique\s+)*key\b",
    re.IGNORECASE,
)
_BEFORE_EN = re.compile(
    rf"(?:[,;]?\s*\b(?:the\s+)?(?:composite\s+|primary\s+)*keys?\s*(?:is|are|=|:)\s*(?:the\s+)?|\bcomposite\s+(?:primary\s+)?key\s+(?:of|on)\s+(?:the\s+)?|,?\s*\b(?:keyed|identified)\s+(?:by|on)\s+(?:the\s+)?)(?P<names>{_WORDS}(?:\s*(?:,|\+|\band\b)\s*{_WORDS}){{0,3}}?)\s*(?=[.;\n)\]]|,|$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?:기본\s*)?키\s*(?:는|가|은)?\s*(?:없고|없이|없음|없어|없는)\S*|\b(?:no|without\s+a)\s+(?:primary\s+)?key\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[,+/]\s*|\s+및\s+|(?:이랑|와|과|랑|하고)\s+|\s+and\s+", re.IGNORECASE)


def read_stated_keys(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The names that are said to be the key, and where that is said."""
    names: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in (*_BRACKET_KO.finditer(text), *_SENTENCE_KO.finditer(text)):
        listed, rest = _SEPARATORS.split(match["names"]), text[: match.start()] + text[match.end() :]
        if all(re.search(rf"(?<![\w가-힣]){re.escape(name)}(?![\w가-힣])", rest) for name in listed):
            names += listed
            spans.append(match.span())
    for pattern in (_BEFORE_KO, _BEHIND_KO, _BEFORE_EN, _BEHIND_EN):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in spans):
                continue
            names += [name.strip() for name in _SEPARATORS.split(match["names"]) if name.strip()]
            spans.append(match.span())
    spans += [match.span() for match in _NONE.finditer(text)]
    return names, spans


def mark_stated_keys(entity: DeclaredEntity, names: list[str]) -> None:
    """Marks the fields of these names, where the source itself marks none."""
    if any(field.key for field in entity.fields):
        return
    for field in entity.fields:
        if any(_is_named(field, name) for name in names):
            field.key = field.required = True


def _is_named(field: DeclaredField, name: str) -> bool:
    wanted = _plain(name)
    return wanted in {_plain(field.name), _plain(field.label)}


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
