"""Hangul to Latin letters (Revised Romanisation, letter by letter): the last resort for a name."""

_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "p",
    "t",
    "t",
    "p",
    "h",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_BASE, _LAST = 0xAC00, 0xD7A3


def romanise(text: str) -> str:
    """`붕어빵` is `bungeoppang`; what is not Hangul stays."""
    return "".join(map(_syllable, text))


def _syllable(character: str) -> str:
    code = ord(character)
    if not _BASE <= code <= _LAST:
        return character
    index = code - _BASE
    return _INITIALS[index // 588] + _VOWELS[index % 588 // 28] + _FINALS[index % 28]
