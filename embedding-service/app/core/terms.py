"""From text to search terms: Korean morphemes, stemmed English words, and code identifiers whole and in parts."""

import re
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from .morphemes import Morpheme, MorphemeAnalyzer

_CODE = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|\d+(?:\.\d+)?")
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_KOREAN_TAGS = ("NNG", "NNP", "NR", "XR", "VV", "VA", "MAG", "SH")
_KOREAN_STOP = frozenset(
    ["하", "되", "있", "싶", "어떻", "어떻게", "방법", "알리", "만들", "대하", "위하", "좀", "잘", "무엇", "경우", "때"]
)
_ENGLISH_STOP = frozenset(
    """
    a an and are as at be by can do does for from have how i if in into is it its me my of on or our
    please should so that the their them then there these this those to use using was we what when where
    which will with would you your
    """.split()  # noqa: SIM905 - sixty words read better as text
)


class TermExtractor:
    """Texts to lists of terms; the same text always gives the same terms."""

    def __init__(self, morphemes: MorphemeAnalyzer) -> None:
        self._morphemes = morphemes

    def terms(self, texts: Sequence[str]) -> list[list[str]]:
        """Terms of each text, repeated as often as they occur."""
        rest = [_CODE.sub(" ", text) for text in texts]
        korean = iter(self._morphemes.analyze([text for text in rest if not text.isascii()]))
        found: list[Sequence[Morpheme]] = [() if text.isascii() else next(korean) for text in rest]
        return [[*_code_terms(text), *_korean_terms(items)] for text, items in zip(texts, found, strict=True)]


def _code_terms(text: str) -> list[str]:
    terms: list[str] = []
    for word in _CODE.findall(text):
        terms.extend(_identifier_terms(word))
    return terms


@lru_cache(maxsize=50_000)
def _identifier_terms(word: str) -> tuple[str, ...]:
    """`btn_getRowCount` gives itself in lower case and `btn`, `get`, `row`, `count`; a plain word gives its stem."""
    whole = word.lower()
    parts = [part.lower() for part in _PARTS.findall(word)]
    if len(parts) <= 1:
        return () if whole in _ENGLISH_STOP or (len(whole) == 1 and not whole.isdigit()) else (_stem(whole),)
    kept = tuple(_stem(part) for part in parts if len(part) > 1 and part not in _ENGLISH_STOP)
    return (whole, *kept)


def _stem(word: str) -> str:
    stem: str = snowballstemmer.stemmer("english").stemWord(word)  # a stemmer holds state: one for each call
    return stem


def _korean_terms(found: Sequence[Morpheme]) -> list[str]:
    return [item.form for item in found if item.tag.split("-")[0] in _KOREAN_TAGS and item.form not in _KOREAN_STOP]
