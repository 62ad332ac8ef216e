"""Reads the fields, the search conditions and the two parts of a screen that Korean prose states."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...vocabulary.field_names import HEAD, TERM, FieldNames
from ..blocks import Block, is_header
from ..declared import DeclaredField, Spoken
from ..items import is_name
from .brackets import Bracket, entity_name, find_bracket
from .chunks import Chunk, ChunkReader, Piece
from .clauses import Clause, closing_role, is_entered, part_role, split_clauses
from .listings import Listing, combined, holds
from .tokens import Token, tokenize
from .words import WordReader

_ONE_OF = re.compile(
    r"(?P<name>[\w가-힣]+)[은는]\s+(?P<values>[^.\n:은는]{3,80}?)\s*중\s*(?:에서\s*)?(?:의\s*)?(?:하나|택\s*1|택일|선택|1개|한\s*가지)(?:이고|이며|로|를|을|만|이다|입니다|임|이에요|예요|하는|할)?\s*,?"
)
_SLASHED = re.compile(
    r"(?P<name>[\w가-힣]{2,20}?)(?:값|코드)?(?:은|는|이|가|\s*[:：])\s*(?P<values>[\w가-힣]{1,12}(?:\s*/\s*[\w가-힣]{1,12}){1,9}?)\s*(?:중(?:에서)?\s*)?(?:선택|택일|택1|이고|이며|로|으로|입니다|임|이다|중)?(?=[\s,.]|$)\s*,?"
)
"""`성별은 남/여 선택`, `상태값은 대기/승인/반려 이고`."""
_EITHER = re.compile(
    r"(?P<name>[\w가-힣]{2,20})[은는]\s+(?P<values>[\w가-힣]{1,10}\s+(?:또는|혹은)\s+[\w가-힣]{1,10}?)(?:으로|로|인|이고|이며|만|중)?(?=[\s,.]|$)"
)
"""`사용여부는 Y 또는 N인`."""
_NUMBERED = {ord(mark): "," for mark in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"}
_COUNTED = re.compile(r"(?<![\w.])\(?(?P<number>\d{1,2})[.)][ \t]*(?=[A-Za-z가-힣])")
"""`1) 과제명 2) 연구비`: items that are numbered in a line."""
_PART = re.compile(r"^\s*(?:헤더|라인|마스터|디테일|상세|상단|하단|위|아래)\s*$")
_UNBOXED = {ord(mark): " " for mark in "[]<>【】#■□●○◆◇▶▷※"}
_CONTINUED = re.compile(r",[ \t]*\n(?=[ \t]*\S)")
"""A list that goes on in the next line."""
_JOINERS = frozenset({"및", "그리고", "또는", "와", "과", "and", "랑", "하고"})


class KoreanReader:
    """One for a vocabulary; keeps no state of a text."""

    def __init__(self, names: FieldNames) -> None:
        self._words = WordReader(names)
        self._chunks = ChunkReader(self._words)

    def read(self, text: str, blocks: Sequence[Block] = ()) -> Spoken:
        """What the text states, the blocks of lines in it first; without entities where it states none."""
        listings = [self._of_block(block) for block in blocks]
        for block in blocks:
            text = text[: block.start] + " " * (block.end - block.start - 1) + "\n" + text[block.end :]
        text = _headers_as_labels(_without_numbers(text), self._words.names)
        values, text = self._closed_lists(_CONTINUED.sub(", ", text.translate(_NUMBERED)))
        listings += values
        tokens = tokenize(text)
        brackets = self._brackets(tokens)
        for bracket in brackets:
            inside = self._inside(bracket, several=len(brackets) > 1)
            ends = sum(token.kind == "end" and token.start < bracket.start for token in tokens)
            listings += [replace(listing, sentence=ends) for listing in inside]
        if brackets:
            tokens = [self._without_bracket(token, brackets) for token in tokens]
        for clause in split_clauses(tokens, self._words):
            listings += self._of_clause(clause)
        return combined([listing for listing in listings if listing.role != "ignored"])

    def _of_block(self, block: Block) -> Listing:
        token = Token("word", block.header, block.start, block.end)
        pieces = [Piece(item, token, block.start, block.end) for item in block.fields]
        role = Clause(label=block.header).role
        return Listing(role, explicit=True, pieces=pieces, label=block.header, entity=self._named_by(block.header))

    def _named_by(self, header: str) -> str:
        """`직원 테이블 (employee)`, `주문 테이블`: a header may name what is kept."""
        match = re.fullmatch(
            r"(?P<name>[\w가-힣 ]+?)\s*(?:테이블|엔터티|엔티티)?\s*(?:\((?P<inside>[\w ]+)\))?", header
        )
        if match is None or not (match["inside"] or "테이블" in header or "엔" in header):
            return ""
        return match["name"].strip()

    def _closed_lists(self, text: str) -> tuple[list[Listing], str]:
        """`상태는 접수, 진행, 완료 중 하나`: a field with its values, and the text without it."""
        listings = []
        for match in (*_ONE_OF.finditer(text), *_SLASHED.finditer(text), *_EITHER.finditer(text)):
            values = [
                value for value in re.split(r"\s*[,/·]\s*|\s+(?:또는|혹은|및)\s+", match["values"].strip()) if value
            ]
            names = self._words.names
            if len(values) < 2 or not is_name(match["name"]) or any(names.strength(value) >= HEAD for value in values):
                continue
            item = DeclaredField(match["name"], type="code", values=[(value, value) for value in values])
            token = Token("word", match["name"], match.start(), match.end("name"))
            piece = Piece(item, token, match.start(), match.end(), stated=True)
            listings.append(Listing("columns", explicit=False, pieces=[piece]))
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
        return listings, text

    def _brackets(self, tokens: list[Token]) -> list[Bracket]:
        found = [
            find_bracket(token, tokens[index - 1] if index else None, self._words)
            for index, token in enumerate(tokens)
            if token.kind == "word"
        ]
        return [bracket for bracket in found if bracket is not None]

    def _inside(self, bracket: Bracket, *, several: bool) -> list[Listing]:
        inner = [
            Token(token.kind, token.text, token.start + bracket.start, token.end + bracket.start)
            for token in tokenize(bracket.content)
        ]
        listings = []
        for clause in split_clauses(inner, self._words):
            clause.explicit, clause.label = True, clause.label or bracket.head
            listings += self._of_clause(clause)
        for listing in listings:
            listing.bracketed = True
            listing.entity = entity_name(bracket.head, self._words, several=several)
        return listings

    def _without_bracket(self, token: Token, brackets: list[Bracket]) -> Token:
        """The word before a bracket stays where it is, so that places in the text stay right."""
        bracket = next((item for item in brackets if item.token is token), None)
        if bracket is None:
            return token
        head = re.split(r"[(（\[{]", token.text)[0]
        return (
            Token("word", head, token.start, token.start + len(head))
            if head
            else Token("separator", ",", token.start, token.end)
        )

    def _of_clause(self, clause: Clause) -> list[Listing]:
        """The lists of a clause: a chunk with words behind its field ends one, with words before it starts one."""
        chunks = self._chunked(clause.tokens)
        pairs = sum(map(self._chunks.is_pair, chunks[1:])) * 2 > len(chunks) - 1 > 1
        typed = len(chunks) > 1 and sum(map(self._chunks.is_typed, chunks)) * 2 >= len(chunks)
        listings: list[Listing] = []
        current: Listing | None = None
        for chunk in chunks:
            if current is not None and self._chunks.take_rules(chunk, current.pieces[-1]):
                continue
            explicit = clause.explicit and not listings
            pieces = self._chunks.pieces(
                chunk, first=current is None, explicit=explicit, alone=len(chunks) == 1, pairs=pairs, typed=typed
            )
            if not pieces or (current is None and not explicit and self._is_title(chunk, pieces)):
                current = current if _shows_nothing(chunk) or (not pieces and self._is_odd_item(chunk)) else None
                continue
            if current is None or (pieces[0].lead and not all(map(self._words.is_filler, pieces[0].lead))):
                current = Listing(
                    clause.role, explicit, label=clause.label, colon=clause.colon, sentence=clause.sentence
                )
                listings.append(current)
            elif self._is_about(chunk, pieces[0], chunks):
                self._close(current, clause)
                current = None
                continue
            current.pieces += pieces
            if pieces[-1].tail or pieces[-1].closed:
                self._close(current, clause)
                current = None
        if current is not None:
            self._close(current, clause)
        return [listing for listing in listings if holds(listing, self._words)]

    def _is_odd_item(self, chunk: Chunk) -> bool:
        """A word between two separators that reads as no name, and as nothing else: the list goes on behind it."""
        words = self._words
        return (
            chunk.separated
            and len(chunk.words) == 1
            and not (words.ends_list(chunk.words[0].raw) or words.is_control(chunk.words[0].stem))
        )

    def _close(self, listing: Listing, clause: Clause) -> None:
        last, closing = listing.pieces[-1], clause.closing
        listing.closed = last.closed or any(map(self._words.is_verb, last.tail[:2]))
        listing.chosen = closing.startswith(("선택", "골라", "고르"))
        role = closing_role(last.last, last.tail, closing if not last.tail or last.tail[-1] == closing else "")
        role = role or part_role(last.tail)
        listing.entered = is_entered(last.tail, clause)
        if last.stated and last.field.required:
            for piece in listing.pieces[:-1]:
                piece.field.required = piece.field.required or piece.field.bare
        if listing.role == "columns" and role is not None:
            listing.role = role

    def _is_about(self, chunk: Chunk, piece: Piece, chunks: list[Chunk]) -> bool:
        """`…, 금액, 비고, 매출 조회 화면`: the last part says what the screen is about."""
        if piece.closed or piece.stated or not piece.tail:
            return False
        names, name = self._words.names, piece.field.name
        marks = {item.separator for item in chunks[1:-1]}
        apart = chunk.separator not in marks if marks else chunk.separator == "/"
        apart = apart and not chunk.separated
        if not self._words.is_function(piece.tail[0]):
            screen = any(map(self._words.is_function, piece.tail[1:2]))
            noun = names.strength(name) < HEAD and names.is_subject(piece.tail[0]) and not chunk.separated
            return screen and (apart or noun)
        return (names.is_subject(name) and names.strength(name) < TERM) or apart

    def _is_title(self, chunk: Chunk, pieces: list[Piece]) -> bool:
        """`계정과목 선택 팝업, 계정코드, …`: what the screen is about, and what it does."""
        first = pieces[0]
        does = bool(first.tail) and all(map(self._words.is_function, first.tail))
        return chunk.separated and len(pieces) == 1 and does and self._words.names.is_subject(first.field.name)

    def _glued(self, tokens: list[Token]) -> list[Token]:
        glued: list[Token] = []
        for token in tokens:
            before = glued[-1] if glued else None
            alone = len(glued) > 1 and glued[-2].kind == "separator"
            pair = before is not None and before.kind == token.kind == "word" and before.end + 1 == token.start
            if before is not None and pair and self._words.is_one(before.text, token.text, alone=alone):
                glued[-1] = Token("word", f"{before.text} {token.text}", before.start, token.end)
            else:
                glued.append(token)
        return glued

    def _chunked(self, tokens: list[Token]) -> list[Chunk]:
        """Parts between separators, and between names that 와, 이랑, 하고 join."""
        tokens = self._glued(tokens)
        chunks: list[Chunk] = []
        current: list[Token] = []
        separator = ""
        for index, token in enumerate([*tokens, None]):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            parts = token is None or token.kind == "separator" or token.text in _JOINERS
            if token is not None and not parts:
                current.append(token)
                joins = following is not None and following.kind == "word"
                parts = joins and self._words.read(token.text).ending == "conj"
            if parts and current:
                words = self._words.read_all([item.text for item in current], separated=token is not None)
                chunks.append(Chunk(current, words, token is not None, separator))
                current = []
            if parts and token is not None:
                separator = token.text if token.kind == "separator" else ","
        return chunks


def _headers_as_labels(text: str, names: FieldNames) -> str:
    """A header on a line of its own leads to the list in the next line, as one with a colon does."""
    lines = text.split("\n")
    for index, line in enumerate(lines[:-1]):
        part = _PART.match(line) is not None and "," in lines[index + 1]
        if line.strip() and (part or is_header(line, names)) and lines[index + 1].strip():
            plain = line.translate(_UNBOXED)
            lines[index] = plain if plain.rstrip()[-1:] in ":：" else plain + ":"
            lines[index + 1] = "\0" + lines[index + 1]
    return "\n".join(lines).replace("\n\0", "")


def _without_numbers(text: str) -> str:
    """The text with commas for the numbers 1, 2, 3 … of a list; places stay as they are."""
    marks = list(_COUNTED.finditer(text))
    if len(marks) < 3 or [int(mark["number"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return text
    for mark in marks:
        text = text[: mark.start()] + ",".ljust(len(mark.group())) + text[mark.end() :]
    return text


def _shows_nothing(chunk: Chunk) -> bool:
    """Marks and pictures alone: they don't end a list."""
    return not any(character.isalnum() for token in chunk.tokens for character in token.text)
