"""Cuts an instruction into clauses that each ask for one thing, and takes texts in quotation marks out of them."""

import re

_KOREAN_VERB = re.compile(
    r"추가|넣|만들|생성|달아|달고|붙|포함|필요|있으면|있게|삭제|제거|빼|없애|지워|지우|제외|숨|감추|바꿔|바꾸|변경|수정|고쳐|고치|"
    r"옮|이동|배치|보내|해\s*줘|해\s*주|하게|로\s+하고|하자|해라|되게|설정|지정|처리|늘려|늘리|줄여|줄이|교체|두고|놓|막"
)
_KOREAN_JOINT = re.compile(
    r"(?<=하고|빼고|넣고|꾸고|애고|우고|기고|치고|리고|이고|놓고|두고|주고|달고)\s*,?\s+(?:그리고\s+|또\s+)?|\s+그리고\s+|하며\s+|해\s*주고\s+"
)
_THANKS = re.compile(r"(?:좀|제발)?\s*(?:부탁(?:해|드려|드립니다|합니다)?요?|감사(?:합니다|해요)|고마워요?|주세요|줘)")
_ENGLISH_VERB = re.compile(
    r"^(?:also\s+|then\s+|please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?)*"
    r"(?:add|include|insert|create|put|append|remove|delete|drop|hide|get\s+rid|take|exclude|rename|relabel|change|set|make|move|place|"
    r"swap|mark|limit|increase|reduce|shorten|extend|lock|allow|enable|disable|switch|let|call|search|filter|i\s|we\s|the\s.+\sshould)",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”「『`]([^\"“”」』`]{1,200})[\"“”」』`]|(?<!\w)['‘’]([^'‘’]{1,200})['‘’](?!\w[a-z])")
_MARK = "\ue000"


class Clause:
    """A clause with its quoted texts, for each of which its number stands in `text`, between two marks."""

    def __init__(self, text: str, quoted: list[str]) -> None:
        self.text = text
        self._quoted = quoted

    def plain(self, text: str | None = None) -> str:
        """A part of the clause as it was written, without the quotation marks."""
        return re.sub(
            rf"{_MARK}(\d+){_MARK}", lambda match: self._quoted[int(match[1])], self.text if text is None else text
        )


def cut_clauses(prompt: str, *, korean: bool) -> list[Clause]:
    """The clauses in order; a part without a verb of its own goes with its neighbour."""
    quoted: list[str] = []

    def keep(match: re.Match[str]) -> str:
        quoted.append((match[1] or match[2]).strip())
        return f"{_MARK}{len(quoted) - 1}{_MARK}"

    text = re.sub(r"[ \t]+", " ", _QUOTES.sub(keep, prompt.strip()))
    parts = _korean(text) if korean else _english(text)
    return [Clause(part, quoted) for part in parts if part]


def _korean(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in re.split(r"[.;!?\n]+\s*|(?<=줘)\s+(?=\S)|(?<=세요)\s+(?=\S)", text):
        for clause in _with_verbs(_KOREAN_JOINT.split(sentence)):
            held = ""
            for piece in re.split(r"\s*,\s*", clause):
                held = f"{held}, {piece}" if held else piece
                if _KOREAN_VERB.search(piece):
                    pieces.append(held)
                    held = ""
            if held.strip() and not _THANKS.fullmatch(held.strip()):
                pieces.append(held)
    return [piece.strip(" ,") for piece in pieces if piece.strip(" ,")]


def _with_verbs(parts: list[str]) -> list[str]:
    """`상태하고` is no clause: what has no verb goes with what follows."""
    clauses: list[str] = []
    held = ""
    for part in parts:
        held = f"{held} {part}".strip()
        if _KOREAN_VERB.search(held) or not held.endswith(("하고", "이고")):
            clauses.append(re.sub(r"^(?:그리고|또|그\s*다음에?)\s+", "", held))
            held = ""
    return [*clauses, held] if held else clauses


def _english(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in re.split(r"[;!?\n]+\s*|\.(?:\s+|$)", text):
        for piece in re.split(r"(\s*,\s*(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+|also\s+)?|\s+then\s+)", sentence):
            if re.fullmatch(r"\s*,\s*(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+|also\s+)?|\s+then\s+|\s*", piece):
                continue
            if _ENGLISH_VERB.match(piece.strip()) or not pieces or pieces[-1].endswith("\n"):
                pieces.append(piece.strip())
            else:
                pieces[-1] += f", {piece.strip()}"
        if pieces:
            pieces[-1] += "\n"
    return [piece.strip(" ,\n") for piece in pieces]
