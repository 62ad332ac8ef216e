"""Text in the languages that files are written in: literals, particles, lines."""

import json
import re
from json.encoder import encode_basestring
from xml.sax.saxutils import escape

BLANK_LINE = "%%"
_ATTRIBUTE_ESCAPES = {'"': "&quot;", "\n": "&#x0A;", "\r": "&#x0D;", "\t": "&#x09;"}
NOT_PLAIN = re.compile("[^ !#-%'-;=?-~\u00a0-\ud7ff]")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HANGUL_FIRST, _HANGUL_LAST, _FINALS = 0xAC00, 0xD7A3, 28


def attribute_text(text: str) -> str:
    """A value in an XML attribute; line breaks survive, what XML can't hold is dropped."""
    return escape(_NOT_XML.sub("", text), _ATTRIBUTE_ESCAPES) if NOT_PLAIN.search(text) else text


def script_literal(value: str) -> str:
    """A string literal of JavaScript."""
    plain = encode_basestring(value) if value.__class__ is str else json.dumps(value, ensure_ascii=False)
    text = plain.replace("</", "<\\/")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def sql_literal(value: str) -> str:
    return "'" + one_line(value).replace("'", "''") + "'"


def plain_text(value: str) -> str:
    """Without quotation marks and line breaks, which a list in an attribute can't hold."""
    return one_line(value).replace('"', "")


def one_line(value: str) -> str:
    return " ".join(value.split())


def particle(label: str, closed: str, opened: str, language: str) -> str:
    """A label with the Korean particle that fits its last sound; as it is in other languages."""
    if language != "ko":
        return label
    last = ord(label[-1])
    if _HANGUL_FIRST <= last <= _HANGUL_LAST:
        return label + (closed if (last - _HANGUL_FIRST) % _FINALS else opened)
    return f"{label}{closed}({opened})"


def shifted(text: str) -> str:
    """One tab deeper."""
    return "\n".join(f"\t{line}" if line.strip() else line for line in text.split("\n"))


def tidy(text: str) -> str:
    """No blanks at line ends, no blank lines but those asked for by `%%`, one line end at the end."""
    lines = list(filter(None, map(str.rstrip, text.split("\n"))))
    if BLANK_LINE in text:
        lines = ["" if line.endswith(BLANK_LINE) and line.strip() == BLANK_LINE else line for line in lines]
    return "\n".join(lines).strip("\n") + "\n"
