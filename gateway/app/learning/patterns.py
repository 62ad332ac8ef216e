"""What personal data and secrets look like, beside the token formats that detect-secrets knows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind. Group `value`, where there is one, is what goes; `holds` tells a real one from what looks like it."""

    kind: str
    form: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda _match: True


_CENTURIES = {
    "9": 1800,
    "0": 1800,
    "1": 1900,
    "2": 1900,
    "5": 1900,
    "6": 1900,
    "3": 2000,
    "4": 2000,
    "7": 2000,
    "8": 2000,
}
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_NAMED = re.compile(r"주민|외국인등록|resident|\brrn\b|jumin|ssn", re.IGNORECASE)
_NEAR = 40
_PLACEHOLDER = re.compile(r"[<>{}$#*%]|\.\.\.|^(?:x+|0+|1234|changeme|example)$", re.IGNORECASE)


def resident_number(match: re.Match[str]) -> bool:
    """A date and a century, as Korean resident and alien registration numbers begin.

    Since October 2020 the last digits are random, so a wrong check digit proves nothing; but thirteen digits without
    a hyphen may be a moment or a bar code: those need their check digit, or a word beside them that says what they are.
    """
    digits = re.sub(r"\D", "", match[0])
    try:
        date(_CENTURIES[digits[6]] + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except (KeyError, ValueError):
        return False
    if len(match[0]) > len(digits):
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return (11 - total % 11) % 10 == int(digits[12]) or _NAMED.search(around) is not None


def card_number(match: re.Match[str]) -> bool:
    """Luhn's check digit."""
    digits = [int(character) for character in match[0] if character.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


def secret_value(match: re.Match[str]) -> bool:
    """Letters with digits or signs in between: a plain word or a name in code is no password."""
    value = match["value"]
    mixed = any(character.isalpha() for character in value) and any(character.isdigit() for character in value)
    return mixed and _PLACEHOLDER.search(value) is None


_WORDS = (
    r"(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|비밀번호|암호|패스워드)"
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "private_key",
        re.compile(
            r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----.*?"
            r"(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\Z)",
            re.DOTALL | re.ASCII,
        ),
    ),
    Pattern("jwt", re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?", re.ASCII)),
    Pattern(
        "url_password",
        re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s:/@'\"<>]*:(?P<value>[^\s/@'\"<>]+)@", re.IGNORECASE | re.ASCII),
    ),
    Pattern(
        "api_key",
        re.compile(
            r"\b(?:sk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,}|github_pat_\w{40,}|AIza[\w-]{35}|hf_[A-Za-z0-9]{30,}"
            r"|fwk_[\w-]+_[\w-]{16,}|ya29\.[\w-]{20,}|gsk_[A-Za-z0-9]{30,}|xai-[A-Za-z0-9]{30,})",
            re.ASCII,
        ),
    ),
    Pattern("api_key", re.compile(r"\b(?:Bearer|Basic)\s+(?P<value>[A-Za-z0-9+/_.=-]{16,})", re.ASCII), secret_value),
    Pattern(
        "password",
        re.compile(rf"""(?ai){_WORDS}[\w.-]*["'`]?\s*(?::=?|=>?|,)\s*(?P<q>["'`])(?P<value>[^\s"'`]{{6,}})(?P=q)"""),
        secret_value,
    ),
    Pattern(
        "password",
        re.compile(
            rf"""(?aim)^[^\S\n]*(?:export\s+)?[\w.-]*{_WORDS}[\w.-]*\s*[:=]\s*"""
            r"""(?P<value>[^\s"'`;,(){}]{6,})\s*$"""
        ),
        secret_value,
    ),
    Pattern(
        "password",
        re.compile(r"(?:비밀번호|암호|패스워드)(?:는|은|:|=)?\s+(?P<value>[!-~]{6,40})"),
        secret_value,
    ),
    Pattern(
        "email",
        re.compile(
            r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])", re.ASCII
        ),
    ),
    Pattern("resident_number", re.compile(r"(?<![\d-])\d{6}(?:\s?[-–]\s?)?[0-9]\d{6}(?![\d-])"), resident_number),
    Pattern(
        "card_number",
        re.compile(
            r"(?<![\d.-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\d-])"
        ),
        card_number,
    ),
    Pattern(
        "phone",
        re.compile(
            r"(?<![\d.+-])(?:\+82[ .-]?\(?0?\)?1[016789]|01[016789])[ .-]?\d{3,4}[ .-]?\d{4}(?![\d-])"
            r"|(?<![\d.+-])(?:\+82[ .-]?|\(?0)(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d)"
            r"[ .)-]{1,2}\d{3,4}[ .-]\d{4}(?![\d-])"
        ),
    ),
)  # fmt: skip
"""In this order: what holds something else comes first."""
