"""Names between their forms: 사원번호, employeeNumber, EMP_NO, employee_number, EmployeeNumber."""

import re
import unicodedata
from collections.abc import Iterable

MAX_NAME = 63
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")
HANGUL = re.compile(r"[가-힣]")


def split_identifier(name: str) -> list[str]:
    """The lower-case words of an identifier in any convention: `empNo`, `EMP_NO`, `Emp No`, `emp-no`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    parts = (piece for chunk in _SEPARATORS.split(plain) for piece in _CAMEL.split(chunk))
    return [part.lower() for part in parts if part]


def snake(words: Iterable[str]) -> str:
    """A framework-free name of words, valid by the file format; empty where nothing is left."""
    name = re.sub(r"_+", "_", "_".join(words)).strip("_")
    if name and not name[0].isalpha():
        name = f"c_{name}"
    return name[:MAX_NAME].rstrip("_")


def pascal(words: Iterable[str]) -> str:
    return "".join(word[:1].upper() + word[1:] for word in words)[:MAX_NAME]


def humanise(words: Iterable[str]) -> str:
    """A label of words: `Login ID`."""
    shown = [_ACRONYMS.get(word, word) for word in words if word]
    text = " ".join(shown)
    return text[:1].upper() + text[1:]


_CAPITALS = "ID URL IP VAT PC SMS PDF API SQL ETD ETA VIN SKU GPS QR OTP BMI ISBN MRN DOB"
_ACRONYMS = {word.lower(): word for word in _CAPITALS.split()}


def unique(name: str, taken: set[str]) -> str:
    """The name, or the name with a number where it is taken; the result is taken then."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        suffix = f"_{number}"
        candidate = name[: MAX_NAME - len(suffix)] + suffix
    taken.add(candidate)
    return candidate


def plural(word: str) -> str:
    """The regular English plural of a word or of the last word of several."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def singular(word: str) -> str:
    """The singular of a regular English plural; other words stay."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:sses|xes|zes|ches|shes)$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not re.search(r"(?:ss|us|is|news|sales|goods|series|species)$", word):
        return word[:-1]
    return word
