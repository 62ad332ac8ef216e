"""Prompt text made safe to read: one normal form, no control or direction marks, and its language."""

import re
import unicodedata
from typing import Literal

Language = Literal["ko", "en"]

_DROPPED = dict.fromkeys(
    [
        *range(9),
        11,
        12,
        *range(14, 32),
        127,
        173,
        65279,
        *range(8203, 8208),
        *range(8234, 8239),
        *range(8288, 8298),
        *range(65024, 65040),
        *range(55296, 57344),
    ]
)
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_LATIN = re.compile(r"[A-Za-z]")
_CODE_PARTS = re.compile(r"```.*?```|\bCREATE\s+TABLE\b.*", re.DOTALL | re.IGNORECASE)


_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def is_japanese_or_chinese(text: str) -> bool:
    """Kana or Han characters, and no Hangul."""
    return _HAN_OR_KANA.search(text) is not None and _HANGUL.search(text) is None


def clean(text: str) -> str:
    """NFC, line feeds alone, without null bytes, zero-width and direction marks."""
    return unicodedata.normalize("NFC", text.translate(_DROPPED).replace("\r\n", "\n").replace("\r", "\n"))


def detect_language(text: str) -> Language:
    """Korean where the prose has Hangul to speak of, else English: it serves every other language too."""
    prose = _CODE_PARTS.sub(" ", text)
    sample = prose if _LATIN.search(prose) or _HANGUL.search(prose) else text
    hangul = len(_HANGUL.findall(sample))
    return "ko" if hangul and hangul * 4 >= len(_LATIN.findall(sample)) else "en"
