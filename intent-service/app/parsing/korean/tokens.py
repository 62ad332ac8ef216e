"""Prose as words and marks; what stands in brackets belongs to the word before it."""

import re
from dataclasses import dataclass
from typing import Literal

from ..attributes import is_attribute

Kind = Literal["word", "separator", "colon", "dash", "end"]
_OPEN, _CLOSE = "(（[{", ")）]}"
_TOKEN = re.compile(
    r"(?P<end>(?:[.!?。…]+(?=\s|$)|;(?=\s)|\n|→|=>|->)+)|(?P<dash>(?<=\s)[-–—~]+(?=\s))|(?P<colon>[:：]|(?<=\s)=(?=\s))"
    r"|(?P<separator>[,，、·ㆍ|\t+&]|(?<!\b[A-Z])/|/(?![A-Z](?![A-Za-z]))|(?<=[가-힣])~(?=[가-힣]))|(?P<word>(?:(?<=\b[A-Z])/(?=[A-Z](?![A-Za-z]))|(?<![가-힣])~|~(?![가-힣])|[^\s,，、·ㆍ/|\t:：+&~])+)"
)
_ALONE = re.compile(r"^[\[<【][^\[\]<>【】,/]{1,20}[\]>】]$")
_IDENTIFIER = re.compile(r"^(?:[A-Za-z]+_\w+|[a-z]+[A-Z]\w*)$")
_TYPE = re.compile(
    r"^(?:(?:n?var)?char2?|number|numeric|decimal|int|integer|bigint|date|datetime|timestamp|text|clob|boolean|정수|숫자|문자열?|날짜|일시|시간|불린|불리언|텍스트|실수|소수)"
    r"(?:\([\w, ]+\))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text with their places; brackets are one with the word that they follow."""
    masked = _masked(text)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(masked):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        start, end = match.span()
        if kind == "word":
            tokens += _words(text, start, end)
        else:
            tokens.append(Token(kind, text[start:end], start, end))
    return _with_labels(_with_brackets(_unwrapped(_without_dashes(tokens))))


def _words(text: str, start: int, end: int) -> list[Token]:
    word = text[start:end]
    body = word.rstrip(".!?~^ㅠㅜㅎㅋ;") if len(word) > 1 else word
    tokens = [Token("word", body, start, start + len(body))] if any(map(str.isalnum, body)) else []
    if re.search(r"[.!?;]", word[len(body) :]):
        tokens.append(Token("end", word[len(body) :], start + len(body), end))
    return tokens


def _without_dashes(tokens: list[Token]) -> list[Token]:
    """`고객번호 - 키, 고객명 - 필수`: a dash between a name and what is said about it is no mark of a list."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        nearby = tokens[index + 1 : index + 3]
        said = token.kind == "dash" and bool(nearby) and nearby[0].kind == "word" and is_attribute(nearby[0].text)
        if not said or (len(nearby) == 2 and nearby[1].kind == "colon"):
            found.append(token)
    return found


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """`[사번] [성명]`: words in brackets of their own, one behind the other, are items."""
    found: list[Token] = []
    alone = [token.kind == "word" and _ALONE.match(token.text) is not None for token in tokens]
    for index, token in enumerate(tokens):
        if not alone[index]:
            found.append(token)
            continue
        found.append(Token("word", token.text[1:-1], token.start + 1, token.end - 1))
        if index + 1 < len(tokens) and alone[index + 1]:
            found.append(Token("separator", ",", token.end, token.end))
    return found


def _with_labels(tokens: list[Token]) -> list[Token]:
    """`emp_no:사번`, `사번: varchar(10)`: a colon between a name and its label or type is no mark of a list."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        nearby = tokens[index + 1 : index + 3]
        labelled = [item.kind for item in (token, *nearby)] == ["word", "colon", "word"]
        behind = tokens[index + 3].kind if index + 3 < len(tokens) else "end"
        typed = labelled and _TYPE.match(nearby[1].text) is not None
        typed = typed and (behind != "word" or token.text.isascii() or nearby[1].text.isascii())
        if labelled and (_IDENTIFIER.match(token.text) or typed):
            joined.append(Token("word", f"{token.text}({nearby[1].text})", token.start, nearby[1].end))
            index += 3
        else:
            joined.append(token)
            index += 1
    return joined


def _with_brackets(tokens: list[Token]) -> list[Token]:
    """`상태 (대기, 진행)`: a bracket behind a blank belongs to the word before it too."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        glued = before is not None and before.kind == "word" and token.kind == "word" and token.text[:1] in "(（"
        if before is not None and glued and before.text[-1:] not in _CLOSE:
            joined[-1] = Token("word", before.text + token.text, before.start, token.end)
        else:
            joined.append(token)
    return joined


def _masked(text: str) -> str:
    """The text with what stands in closed brackets as letters, so that nothing in them parts words."""
    masked = list(text)
    stack: list[int] = []
    for position, character in enumerate(text):
        if character in _OPEN:
            stack.append(position)
        elif character in _CLOSE and stack:
            start = stack.pop()
            if not stack and position - start < 2_000:
                masked[start : position + 1] = "x" * (position + 1 - start)
    return "".join(masked)
