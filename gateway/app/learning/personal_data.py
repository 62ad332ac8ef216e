"""Numbers and addresses of persons, as they are written in Korea."""

import re
from datetime import date

from .patterns import Pattern

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
_RESIDENT = re.compile(r"주민|외국인등록|resident|\brrn\b|jumin|ssn", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"(?:법인(?:등록)?|사업자|접수|전표|문서|주문|관리|계약|발주|송장|사건|일련|품의|결재|운송장)\s?번호\D{0,5}\Z"
)
_PHONE = re.compile(
    r"전화|연락처|휴대폰|핸드폰|팩스|(?<!\[)\b(?:tel|phone|telephone|mobile|cell|hp|fax|contact)\b", re.IGNORECASE
)
_NEAR = 40
_LIVING = range(1930, 2016)
"""Births that make six digits, a blank and seven more a person's number; others are a date and an amount."""
_CODE = re.compile(r"([A-Za-z]+)\d*[-_.]$")
"""What makes digits a part of a longer code: `DOC-240101-1234567`."""


def resident_number(match: re.Match[str]) -> bool:
    """A date and a century, as Korean resident and alien registration numbers begin.

    Since October 2020 the last digits are random, so a wrong check digit proves nothing; but what is not written
    with a hyphen, or stands in a longer code, may be anything else: it needs its check digit, or a word beside it
    that says what it is.
    """
    written, digits = match[0], re.sub(r"\D", "", match[0])
    try:
        born = date(_CENTURIES[digits[6]] + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except (KeyError, ValueError):
        return False
    if _DOCUMENT.search(match.string[max(0, match.start() - _NEAR) : match.start()]):
        return False
    if "-" in written and not _in_code(match):
        return True
    if len(written) > len(digits) and "-" not in written and born.year in _LIVING:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 10 == int(digits[12]) or _RESIDENT.search(_around(match)) is not None


def card_number(match: re.Match[str]) -> bool:
    """Luhn's check digit."""
    digits = [int(character) for character in match[0] if character.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


def phone_number(match: re.Match[str]) -> bool:
    """Not a part of a longer code."""
    return not _in_code(match) or _PHONE.search(_around(match)) is not None


def bare_phone_number(match: re.Match[str]) -> bool:
    """Digits without a sign between them may be any number: a word has to say that they are a telephone's."""
    return _PHONE.search(match.string[max(0, match.start() - _NEAR // 2) : match.start()]) is not None


def account_number(match: re.Match[str]) -> bool:
    """Ten digits and more; no moment, and no amount of money."""
    digits = re.sub(r"\D", "", match["value"])
    return 10 <= len(digits) <= 16 and not re.match(r"(?:19|20)\d\d-[01]\d-[0-3]\d", match["value"])


def _in_code(match: re.Match[str]) -> bool:
    code = _CODE.search(match.string[max(0, match.start() - _NEAR) : match.start()])
    return code is not None and _PHONE.fullmatch(code[1]) is None


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]


_START, _END = r"(?<!\d)(?<!\d[.,+-])(?<!\+)", r"(?!\d|-\d)"
_JOINT = r"(?:\s?-\s?|[ .]|\)\s?)"
_AREAS = ("02", "03", "04", "05", "06", "07", "08")
_AREA = r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d)"

PERSONAL_DATA: tuple[Pattern, ...] = (
    Pattern(
        "email",
        re.compile(
            r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\.[A-Za-z]{2,24}(?![\w-])",
            re.ASCII,
        ),
        hints=("@",),
    ),
    Pattern(
        "resident_number",
        re.compile(r"(?<!\d)(?<!\d-)\d{6}(?:\s?-\s?|\s)?\d{7}(?!\d|-\d)", re.ASCII),
        resident_number,
    ),
    Pattern(
        "card_number",
        re.compile(
            r"(?<![\d.-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\d-])", re.ASCII
        ),
        card_number,
    ),
    Pattern(
        "phone",
        re.compile(
            rf"(?<!\d)(?<!\d[.,+-])(?:(?:\+|00)82{_JOINT}?\(?0?\)?\s?1[016789]|\+?82-\(?0?\)?1[016789]"
            rf"|(?<!\+)\(?01[016789])(?:{_JOINT})?\d{{3,4}}(?:{_JOINT})?\d{{4}}{_END}",
            re.ASCII,
        ),
        phone_number,
        hints=("01", "82"),
    ),
    Pattern(
        "phone",
        re.compile(
            rf"(?<!\d)(?<!\d[.,+-])(?:(?:\+|00)?82-|(?:\+|00)82[ .]?|(?<!\+)\(?0){_AREA}"
            rf"(?:\)\s?-?|\s?-\s?|[ .])\d{{3,4}}(?:\s?-\s?|[ .])\d{{4}}{_END}",
            re.ASCII,
        ),
        phone_number,
        hints=(*_AREAS, "82"),
    ),
    Pattern(
        "phone", re.compile(rf"{_START}0{_AREA}-?\d{{7,8}}{_END}", re.ASCII), bare_phone_number, hints=_AREAS
    ),
    Pattern(
        "bank_account",
        re.compile(
            r"(?i:계좌(?:\s?번호)?|통장(?:\s?번호)?"
            r"|(?<!\[)(?<!\[bank_)(?:bank|account)[ _-]?(?:account|number|num|no)\b)"
            r"[^\d\n잔액한도]{0,20}(?P<value>\d[\d-]{8,20}\d)(?![\d-]|\s?원|\s?won)",
            re.ASCII,
        ),
        account_number,
        hints=("계좌", "통장", "bank", "account"),
    ),
    Pattern(
        "bank_account",
        re.compile(
            r"(?:[가-힣]{2,4}은행|신한|농협|카카오뱅크|토스뱅크|새마을금고|우체국|수협|신협)[^\d\n]{0,6}"
            r"(?P<value>\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,4})?)(?!\d|-\d)",
            re.ASCII,
        ),
        account_number,
        hints=("은행", "신한", "농협", "뱅크", "새마을", "우체국", "수협", "신협"),
    ),
    Pattern(
        "driving_licence",
        re.compile(
            r"(?i:면허|licen[cs]e)[^\d\n]{0,20}?(?P<value>(?:[가-힣]{2}\s?)?\d{2}-(?:\d{2}-)?\d{6}-\d{2}|\d{12})(?!\d|-\d)",
            re.ASCII,
        ),
        hints=("면허", "licen"),
    ),
    Pattern(
        "passport",
        re.compile(
            r"(?i:여권|passport)[^\n]{0,20}?(?<![A-Za-z0-9])"
            r"(?P<value>[A-Zmsrgd](?:\d{8}|\d{3}[A-Z]\d{4}|[A-Z]\d{7}))(?![A-Za-z0-9])",
            re.ASCII,
        ),
        hints=("여권", "passport"),
    ),
)  # fmt: skip
"""In this order: what holds something else comes first."""
