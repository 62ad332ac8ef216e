"""Token counts of conversations without a tokenizer, on the safe side for the models in use."""

import re

DEFAULT_WINDOW = 4096
"""Where the model does not say otherwise (R3.5)."""
DEFAULT_OUTPUT = 512
_MARGIN = 84
"""Marks of chat templates. 4,096 less 512 for the answer less this is R3.5's 3,500."""
_LEAST = 256
_TURN = 4
"""Marks around one message."""
_PIECES = re.compile(r"([A-Za-z]+)|(\d)|([ \t]+)|(\n+)|([^\x00-\x7f])|(.)", re.DOTALL)
_LETTERS_PER_TOKEN = 3.5
_NON_ASCII = 1.4
"""Tokens of a Hangul syllable: under 1 with large vocabularies, up to 2 with a 32,000 one."""


def estimate_tokens(text: str) -> int:
    """An upper estimate: words by letters, digits and marks one each, Hangul more than one."""
    total = 0.0
    for letters, digit, blank, line, other, _mark in _PIECES.findall(text):
        if letters:
            total += max(1.0, len(letters) / _LETTERS_PER_TOKEN)
        elif digit or line:
            total += 1
        elif blank:
            total += len(blank) // 4
        else:
            total += _NON_ASCII if other else 1
    return int(total) + 1


def turn_tokens(text: str) -> int:
    """A message with the marks around it."""
    return estimate_tokens(text) + _TURN


def prompt_limit(window: int | None, max_tokens: int) -> int:
    """How many tokens of a conversation go to the engine: the window without the answer's room."""
    window = window or DEFAULT_WINDOW
    share = window * (DEFAULT_WINDOW - DEFAULT_OUTPUT - _MARGIN) // DEFAULT_WINDOW
    return max(_LEAST, min(share, window - max_tokens - _MARGIN))
