"""The vocabulary's Korean names for the morpheme analyser's user dictionary: `python -m app.vocabulary.export`."""

import re
import sys

from .entries import Term
from .loader import Entries, load_entries

_NAME = re.compile(r"[가-힣]{2,12}")


def korean_names(entries: Entries) -> list[str]:
    """Terms, archetypes and words of two syllables and more, each once, sorted."""
    names = {word.korean for word in entries.words}
    for term in entries.terms:
        names |= _korean(term)
    for archetype in entries.archetypes:
        names |= set(archetype.korean)
    return sorted(name for name in names if _NAME.fullmatch(name))


def _korean(term: Term) -> set[str]:
    return {term.korean, *term.synonyms}


def main() -> None:
    sys.stdout.write("".join(f"{name}\n" for name in korean_names(load_entries())))


if __name__ == "__main__":
    main()
