"""Makes markup well-formed that can't be parsed: quotation marks, ampersands, tags left open; in one pass."""

import re

from .notes import Notes

_NAME = re.compile(r"[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?")
_SPACE = re.compile(r"\s*")
_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’"}
_SMART = frozenset("“”‘’")
_BARE_VALUE = re.compile(r"[^\s\"'<>=]+?(?=\s|/?>|$)")
_OPENINGS = {'"': '"', "'": "'", "”": '[“"]', "’": "‘"}
_NEXT_ATTRIBUTE = {closing: re.compile(rf"\s[A-Za-z_][\w.\-]*={opening}") for closing, opening in _OPENINGS.items()}
_ENDS = {
    quote: re.compile(rf"{quote}(?=\s*[/?]?>|\s+[A-Za-z_][\w:.\-]*\s*(?:=|/?>))") for quote in ('"', "'", "”", "’")
}  # fmt: skip
_LONGEST_VALUE = 20_000
_PLAIN_ATTRIBUTE = re.compile(
    r"\s*([A-Za-z_][\w.\-]*)\s*=\s*\"([^\"<&]{0,19999}+)\"(?=\s*[/?]?>|\s+[A-Za-z_][\w:.\-]*\s*(?:=|/?>))"
)
"""One that is right: the long way would read the same from it."""
_WORK_PER_CHARACTER = 20


class NotMendableError(ValueError):
    """The text costs more than it can be worth."""


def well_formed(text: str, notes: Notes, frame: frozenset[str] = frozenset()) -> str:
    """The text with all tags closed and all values quoted. Lines stay lines. Raises `NotMendableError`.

    `frame`: elements around everything, whose missing end says nothing on what stands in them.
    """
    return _Mender(text, notes, frame).run()


class _Mender:
    def __init__(self, text: str, notes: Notes, frame: frozenset[str]) -> None:
        self._text = text
        self._frame = frame
        self._notes = notes
        self._at = 0
        self._out: list[str] = []
        self._open: list[str] = []
        self._work = _WORK_PER_CHARACTER * len(text) + _LONGEST_VALUE
        self._line_at = 0
        self._line = 1

    def run(self) -> str:
        while (start := self._text.find("<", self._at)) >= 0:
            self._plain(self._text[self._at : start])
            self._at = start
            self._markup()
        rest = self._text[self._at :]
        self._plain(rest if self._open else "")
        if not self._frame.issuperset(self._open):
            self._notes.flagged("cut_off", self._here(), "error")
        while self._open:
            self._notes.mended("unclosed_element", self._here(), name=self._open[-1])
            self._close(self._open[-1])
        return "".join(self._out)

    def _here(self) -> int:
        self._line += self._text.count("\n", self._line_at, self._at)
        self._line_at = self._at
        return self._line

    def _plain(self, text: str) -> None:
        if not self._open:
            if text.strip("\ufeff \t\r\n"):
                self._notes.mended("stray_text", self._here())
            self._out.append("\n" * text.count("\n") if self._out else "")
            return
        self._out.append(self._escaped(text))

    def _escaped(self, text: str) -> str:
        if "&" in text and _AMPERSAND.search(text):
            self._notes.mended("bare_ampersand", self._here())
            text = _AMPERSAND.sub("&amp;", text)
        return text

    def _markup(self) -> None:
        text, at = self._text, self._at
        if text.startswith("<!--", at):
            self._until("-->", keep=True)
        elif text.startswith("<?", at):
            self._until("?>", keep=not any(part.strip() for part in self._out) and text.startswith("<?xml", at))
        elif text.startswith("<![CDATA[", at):
            end = text.find("]]>", at)
            inner = text[at + 9 : end if end >= 0 else len(text)]
            self._out.append(inner.replace("&", "&amp;").replace("<", "&lt;"))
            self._at = end + 3 if end >= 0 else len(text)
        elif text.startswith("<!", at):
            self._notes.mended("document_type", self._here())
            self._document_type()
        elif text.startswith("</", at):
            self._end_tag()
        else:
            self._start_tag()

    def _until(self, mark: str, *, keep: bool) -> None:
        end = self._text.find(mark, self._at)
        end = len(self._text) if end < 0 else end + len(mark)
        piece = self._text[self._at : end]
        inner = piece[4:-3]
        proper = piece.endswith(mark) and (mark != "-->" or ("--" not in inner and not inner.endswith("-")))
        if not proper:
            self._notes.mended("comment_form", self._here())
        self._out.append(piece if keep and proper else "\n" * piece.count("\n"))
        self._at = end

    def _document_type(self) -> None:
        end = self._text.find(">", self._at)
        inner = self._text.find("[", self._at)
        if 0 <= inner < end:
            end = self._text.find("]>", inner)
            end = end + 1 if end >= 0 else end
        self._at = end + 1 if end >= 0 else len(self._text)

    def _end_tag(self) -> None:
        match = _NAME.match(self._text, self._at + 2)
        end = self._text.find(">", self._at)
        name = match[0].rsplit(":", maxsplit=1)[-1] if match else ""
        same = [item for item in self._open if item.lower() == name.lower()]
        if not same:
            self._notes.mended("stray_end_tag", self._here(), name=name)
        else:
            while self._open[-1] != same[-1]:
                self._notes.mended("unclosed_element", self._here(), name=self._open[-1])
                self._close(self._open[-1])
            self._close(same[-1])
        self._at = end + 1 if end >= 0 else len(self._text)

    def _close(self, name: str) -> None:
        self._out.append(f"</{name}>")
        self._open.pop()

    def _start_tag(self) -> None:
        match = _NAME.match(self._text, self._at + 1)
        if match is None:
            self._notes.mended("bare_less_than", self._here())
            self._out.append("&lt;" if self._open else "")
            self._at += 1
            return
        name = match[0].rsplit(":", maxsplit=1)[-1]
        start, self._at = self._at, match.end()
        attributes: dict[str, str] = {}
        self._plain_attributes(attributes)
        while self._attribute(attributes):
            self._plain_attributes(attributes)
        parts = "".join(f' {key}="{value}"' for key, value in attributes.items())
        lines = "\n" * self._text.count("\n", start, self._at)
        empty = self._text.startswith("/", self._at)
        end = self._text.find(">", self._at, self._at + 2)
        self._at = end + 1 if end >= 0 else self._at
        self._out.append(f"<{name}{parts}{lines}{'/' if empty else ''}>")
        if not empty:
            self._open.append(name)

    def _plain_attributes(self, attributes: dict[str, str]) -> None:
        """Reads the attributes that need no mend, up to one that does."""
        while match := _PLAIN_ATTRIBUTE.match(self._text, self._at):
            name, value = match.groups()
            if name in attributes or name.startswith("xmlns"):
                break
            attributes[name] = value
            self._at = match.end()

    def _attribute(self, attributes: dict[str, str]) -> bool:
        """Reads one attribute; False at the tag's end."""
        gap = _SPACE.match(self._text, self._at)
        self._at = gap.end() if gap else self._at
        if self._at >= len(self._text) or self._text[self._at] in "<>" or self._text.startswith("/>", self._at):
            return False
        match = _NAME.match(self._text, self._at)
        if match is None:
            self._at += 1
            return True
        name = match[0].rsplit(":", maxsplit=1)[-1]
        self._at = match.end()
        value = self._value(name)
        if name in attributes:
            self._notes.mended("duplicate_attribute", self._here(), name=name)
        elif not match[0].startswith("xmlns"):
            attributes[name] = value
        return True

    def _value(self, name: str) -> str:
        gap = _SPACE.match(self._text, self._at)
        equals = gap.end() if gap else self._at
        if not self._text.startswith("=", equals):
            self._notes.mended("attribute_without_value", self._here(), name=name)
            return "1"
        gap = _SPACE.match(self._text, equals + 1)
        self._at = gap.end() if gap else equals + 1
        quote = self._text[self._at : self._at + 1]
        if quote in _QUOTES and quote:
            return self._quoted(name, quote)
        match = _BARE_VALUE.match(self._text, self._at)
        self._notes.mended("attribute_quotes", self._here(), name=name)
        if match is None:
            return ""
        self._at = match.end()
        return self._safe(match[0])

    def _quoted(self, name: str, quote: str) -> str:
        start, closing = self._at + 1, _QUOTES[quote]
        window = min(start + _LONGEST_VALUE, len(self._text))
        if quote in _SMART:
            self._notes.mended("smart_quotes", self._here())
        found = _ENDS[closing].search(self._text, start, window)
        if found is None and closing in "”’":
            found = _ENDS['"'].search(self._text, start, window)
        end = found.start() if found else -1
        value = self._text[start : end if end >= 0 else window]
        self._work -= len(value)
        if self._work < 0:
            raise NotMendableError
        lost = _NEXT_ATTRIBUTE[closing].search(value)
        if end < 0 or lost:
            stop = (
                lost.start() if lost else min((at for at in (value.find(">"), value.find("<")) if at >= 0), default=-1)
            )
            value = value[:stop] if stop >= 0 else value
            self._notes.mended("attribute_quotes", self._here(), name=name)
            self._at = start + len(value)
        else:
            self._at = end + 1
        return self._safe(value.rstrip("/") if end < 0 else value)

    def _safe(self, value: str) -> str:
        if "<" in value:
            self._notes.mended("bare_less_than", self._here())
        if '"' in value:
            self._notes.mended("inner_quotes", self._here())
        return self._escaped(value).replace("<", "&lt;").replace('"', "&quot;")
