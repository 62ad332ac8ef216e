"""The parts of a clause between separators: each a field with what leads to it, or follows it."""

import re
from dataclasses import dataclass, field as attribute

from ...vocabulary.field_names import HEAD, TERM, UNKNOWN
from ..declared import DeclaredField
from ..items import read_item
from .rules import is_rule, read_rules
from .runs import find_run
from .tokens import Token
from .words import Word, WordReader, is_name_word

MAX_NAME_WORDS = 3
MAX_WHOLE = 4
_ENGLISH_HEADS = frozenset({"id", "no", "code", "name", "seq", "key"})
"""What names nothing by itself: Task ID, Item Code."""
_LATIN = re.compile(r"[A-Z][A-Za-z]*")
_SECRET = re.compile(r"비밀번호|암호|패스워드")
"""What is asked for twice, at a list's end too."""
_TOPICS = ("은", "는", "이", "가")


@dataclass(slots=True)
class Chunk:
    """Tokens between two separators, as words. `separated`: whether another chunk follows."""

    tokens: list[Token]
    words: list[Word]
    separated: bool
    separator: str = ""
    """What stands before it: a comma, a slash, a joining word."""


@dataclass(slots=True)
class Piece:
    """`lead` and `tail`: words of the chunk in front of the field and behind it."""

    field: DeclaredField
    last: Token
    start: int
    end: int
    lead: list[str] = attribute(default_factory=list)
    tail: list[str] = attribute(default_factory=list)
    stated: bool = False
    """Whether the chunk says something about the field: `제목은 100자 필수`."""
    closed: bool = False
    """Whether an ending closes the list: 금액을, 비고로."""

    @property
    def added(self) -> bool:
        """`입사일도 추가해줘`, `담당자까지`: one more field for a list that stands elsewhere."""
        return self.closed and self.last.text.endswith(("도", "까지"))

    @property
    def topic(self) -> bool:
        """`가입일은 자동으로 들어가는`: something is said about a field."""
        return self.closed and bool(self.tail) and self.last.text.endswith(("은", "는"))


class ChunkReader:
    """Finds the field of a chunk."""

    def __init__(self, words: WordReader) -> None:
        self._words = words
        self._names = words.names

    def pieces(
        self, chunk: Chunk, *, first: bool, explicit: bool, alone: bool, pairs: bool = False, typed: bool = False
    ) -> list[Piece]:
        """The chunk's field; several where it is a run of names with blanks alone between them.

        `pairs`: the names of the list are of two words each, so the first is too.
        `typed`: most of its items state rules.
        """
        if not chunk.words:
            return []
        described = self._described(chunk, typed=typed) or (self._checked(chunk) if not first else None)
        if described is not None:
            return [described]
        run = find_run(chunk.words, self._words, explicit=explicit, alone=alone)
        if run is not None:
            return self._exploded(chunk, *run)
        piece = self._statement(chunk) or self._named(chunk, first=first and not explicit, pairs=pairs)
        return [piece] if piece is not None else []

    def take_rules(self, chunk: Chunk, piece: Piece) -> bool:
        """`…, 100자까지`: a chunk that says something about the field before it, and names none."""
        rules = read_rules(chunk.words, predicate=False)
        if rules is None or rules.count < len(chunk.words) or self._names.strength(chunk.words[0].stem) == TERM:
            return False
        rules.apply(piece.field)
        piece.stated = True
        return True

    def is_pair(self, chunk: Chunk) -> bool:
        """Whether the chunk's name is of two words: `최대 인원을 등록하는`."""
        if " " in chunk.words[0].raw:
            return True
        plain = next((index for index, word in enumerate(chunk.words) if self._blocks(word)), len(chunk.words))
        return plain == 2 and chunk.words[0].bare and not chunk.words[0].group

    def _exploded(self, chunk: Chunk, first: int, after: int) -> list[Piece]:
        pieces = [piece for index in range(first, after) if (piece := self._of(chunk, index, index + 1)) is not None]
        if pieces:
            pieces[0].lead = [word.raw for word in chunk.words[:first]]
            pieces[-1].tail = [word.raw for word in chunk.words[after:]]
        return pieces

    def _of(self, chunk: Chunk, begin: int, after: int) -> Piece | None:
        """The field of these words; the last one's ending closes the list."""
        last = chunk.words[after - 1]
        name = " ".join([*(word.raw for word in chunk.words[begin : after - 1]), last.stem])
        item = read_item(name + last.group)
        if item is None:
            return None
        start, end = chunk.tokens[begin].start, chunk.tokens[after - 1].start + len(last.stem + last.group)
        return Piece(
            item,
            chunk.tokens[after - 1],
            start,
            end,
            closed=last.ending == "close",
            stated=bool(item.type or item.length),
        )

    def _described(self, chunk: Chunk, *, typed: bool) -> Piece | None:
        """`상품코드 문자 10자리 기본키`: a known name, and rules up to the chunk's end."""
        name, *rest = chunk.words
        if not rest or not name.bare or self._names.strength(name.stem) < HEAD or self._blocks(name):
            return None
        rules = read_rules(rest, predicate=typed)
        joined = self._names.strength(name.stem + rest[0].stem) == TERM
        if rules is None or joined or rules.count < len(rest):
            return None
        piece = self._of(chunk, 0, 1)
        if piece is not None:
            rules.apply(piece.field)
            piece.stated, piece.closed, piece.end = True, rules.closed, chunk.tokens[-1].end
        return piece

    def _checked(self, chunk: Chunk) -> Piece | None:
        """`…, 비밀번호 확인, …`: a field once more, named by what is done with it."""
        if len(chunk.words) != 2 or not all(word.bare for word in chunk.words):
            return None
        name, done = chunk.words
        secret = _SECRET.search(name.stem) is not None
        known = (secret or (chunk.separated and self._names.strength(name.stem) == TERM)) and self._words.is_action(
            done.stem
        )
        return self._of(chunk, 0, 2) if known and not self._words.is_control(done.stem) else None

    def is_typed(self, chunk: Chunk) -> bool:
        """Whether rules stand behind the chunk's name."""
        return any(is_rule(word, self._names) for word in chunk.words[1:])

    def _statement(self, chunk: Chunk) -> Piece | None:
        """`제목은 100자 필수`, `입사일은 날짜인 …`: a topic, and rules behind it."""
        for index, word in enumerate(chunk.words[:-1]):
            if (
                word.ending != "close"
                or not word.raw.endswith(_TOPICS)
                or index > 3
                or self._words.ends_list(word.stem)
            ):
                continue
            rules = read_rules(chunk.words[index + 1 :], predicate=True)
            if rules is None:
                continue
            begin = index
            while begin and index - begin < 2 and self._extends_left(chunk.words, begin):
                begin -= 1
            piece = self._of(chunk, begin, index + 1)
            if piece is None:
                return None
            rules.apply(piece.field)
            behind = index + 1 + rules.count
            piece.lead = [item.raw for item in chunk.words[:begin]]
            piece.tail = [item.raw for item in chunk.words[behind:]]
            piece.stated, piece.closed, piece.end = True, rules.closed, chunk.tokens[behind - 1].end
            return piece
        return None

    def _named(self, chunk: Chunk, *, first: bool, pairs: bool) -> Piece | None:
        span = None if first else self._whole(chunk.words, separated=chunk.separated)
        span = span or self._name_span(chunk.words, first=first, pairs=pairs)
        piece = self._of(chunk, *span) if span is not None else None
        if span is None or piece is None:
            return None
        begin, after = span
        piece.lead = [word.raw for word in chunk.words[:begin]]
        rules = read_rules(chunk.words[after:], predicate=False) if not piece.closed else None
        if rules is not None:
            rules.apply(piece.field)
            after += rules.count
            piece.stated, piece.closed, piece.end = True, rules.closed, chunk.tokens[after - 1].end
        piece.tail = [word.raw for word in chunk.words[after:]]
        return piece

    def _whole(self, words: list[Word], *, separated: bool) -> tuple[int, int] | None:
        """All words up to the separator, or up to the ending that closes the list: `사용 가능 여부`, `고객 이름을`."""
        begin = next(
            (
                index
                for index, word in enumerate(words)
                if not self._words.is_filler(word.raw) or self._words.is_action(word.raw)
            ),
            0,
        )
        closing = next((index for index, word in enumerate(words) if word.ending), None)
        if closing is None and not separated:
            return None
        after = len(words) if closing is None else closing + 1
        names = words[begin:after]
        if any(word.group for word in names[:-1]):
            return None
        if not 1 < len(names) <= MAX_WHOLE or (closing is not None and names[-1].ending != "close"):
            return None
        if any(self._is_no_part(word, last=index + 1 == len(names)) for index, word in enumerate(names)):
            return None
        return begin, after

    def _is_no_part(self, word: Word, *, last: bool) -> bool:
        """Whether a word can't be part of a longer name: rules, controls, verbs; what is done may lead to a noun."""
        if word.stem.isdigit():
            return not last
        if self._words.is_action(word.stem) and not last:
            return False
        if is_rule(word, self._names) or self._words.is_control(word.stem) or self._words.is_filler(word.stem):
            return True
        return not is_name_word(word.stem) or (last and self._words.ends_list(word.stem))

    def _name_span(self, words: list[Word], *, first: bool, pairs: bool) -> tuple[int, int] | None:
        lone = len(words) == 1 and (
            self._names.strength(words[0].stem) == TERM or self._may_stand_alone(words[0], first=first)
        )
        blocked = [self._blocks(word) and not lone for word in words]
        plain = not any(blocked) and not any(word.ending or word.group for word in words[:-1])
        if plain and len(words) <= 2 and not first:
            return 0, 1 if self._leads_to_subject(words) else len(words)
        return self._from_right(words, blocked, pairs=pairs) if first else self._from_left(words, blocked, first=False)

    def _leads_to_subject(self, words: list[Word]) -> bool:
        """`…, 운전자 차량운행일지`: a field, and what the screen is about behind the list."""
        known = [self._names.strength(word.stem) for word in words]
        about = len(words) == 2 and self._names.is_subject(words[1].stem) and known[1] < HEAD
        return about and known[0] == TERM > self._names.strength(words[0].stem + words[1].stem)

    def _may_stand_alone(self, word: Word, *, first: bool) -> bool:
        """Between separators nearly every noun is a name: 내역, 차이, 기타."""
        return (
            not (first and self._words.is_filler(word.raw))
            and word.bare
            and is_name_word(word.stem)
            and not self._words.is_control(word.stem)
            and not is_rule(word, self._names)
        )

    def _blocks(self, word: Word) -> bool:
        return self._words.ends_list(word.raw) or not is_name_word(word.stem) or is_rule(word, self._names)

    def _from_right(self, words: list[Word], blocked: list[bool], *, pairs: bool) -> tuple[int, int] | None:
        """The first of a list: what it is about may stand before it."""
        last = len(words) - 1
        while last > 0 and is_rule(words[last], self._names):
            last -= 1
        if blocked[last] or (last == len(words) - 1 and last and words[last].ending == "close"):
            return self._from_left(words, blocked, first=True)
        begin = last
        if pairs and last and not blocked[last - 1] and words[last - 1].bare:
            return last - 1, last + 1
        while (
            begin > 0
            and not blocked[begin - 1]
            and last - begin < MAX_NAME_WORDS - 1
            and self._extends_left(words, begin)
        ):
            begin -= 1
        return begin, last + 1

    def _extends_left(self, words: list[Word], begin: int) -> bool:
        """Whether the word before belongs to the name: 신고자 이름, and not 사원 사번."""
        before, word = words[begin - 1], words[begin]
        if before.ending or before.group or self._blocks(before):
            return False
        if self._names.strength(before.stem + word.stem) == TERM:
            return True
        if _LATIN.fullmatch(before.stem) and _LATIN.fullmatch(word.stem) and before.bare:
            return True
        if word.stem.lower() in _ENGLISH_HEADS and before.bare and before.stem.isascii():
            return True
        return (
            self._names.strength(word.stem) < HEAD
            and UNKNOWN < self._names.strength(before.stem) < TERM
            and not self._names.is_subject(before.stem)
        )

    def _from_left(self, words: list[Word], blocked: list[bool], *, first: bool) -> tuple[int, int] | None:
        """One in the middle or at the end: what the list leads to may stand behind it."""
        begin = next((index for index, word in enumerate(words) if not self._words.is_filler(word.raw)), 0)
        closes = not first and words[begin].ending == "close" and not self._words.is_control(words[begin].stem)
        if blocked[begin] and not closes:
            return None
        leads = words[begin].ending == "close" and words[begin].raw.endswith(_TOPICS)
        named = (
            self._names.strength(words[begin].stem)
            >= HEAD
            > self._names.strength(words[min(begin + 1, len(words) - 1)].stem)
        )
        if first and leads and not named and begin + 1 < len(words) and not blocked[begin + 1]:
            begin += 1  # 사용자가 이름, …
        after = begin + 1
        while (
            after < len(words)
            and not blocked[after]
            and words[after - 1].bare
            and not words[after - 1].group
            and after - begin < MAX_NAME_WORDS
        ):
            joined = self._names.strength(words[after - 1].stem + words[after].stem) == TERM
            if not (joined or not any(blocked[after:]) or self._extends_right(words[after - 1], words[after])):
                break
            after += 1
        return begin, after

    def _extends_right(self, before: Word, word: Word) -> bool:
        """`고장 내용을 적는`: a noun that is no field by itself with one that is; `Std Price`: two words in Latin."""
        if _LATIN.fullmatch(before.stem) and _LATIN.fullmatch(word.stem):
            return True
        weak = self._names.strength(before.stem) < HEAD
        return weak and self._names.strength(word.stem) >= HEAD and not self._names.is_subject(word.stem)
