"""Token counts without a tokenizer, on the safe side for the models in use."""

import re

_PIECES = re.compile(r"([A-Za-z]+)|(\d)|([ \t]+)|(\n+)|([^\x00-\x7f])|(.)", re.DOTALL)
_LETTERS_PER_TOKEN = 3.5
_NON_ASCII = 1.4
"""Tokens of a Hangul syllable: under 1 with large vocabularies, up to 2 with a 32,000 one."""


def estimate_tokens(text: str) -> int:
    """An upper estimate of a text's tokens: words by letters, digits and marks one each, Hangul more than one."""
    total = 0.0
    for letters, digit, blank, line, other, _mark in _PIECES.findall(text):
        if letters:
            total += max(1.0, len(letters) / _LETTERS_PER_TOKEN)
        elif digit or line:
            total += 1
        elif blank:
            total += len(blank) // 4
        elif other:
            total += _NON_ASCII
        else:
            total += 1
    return int(total) + 1
