"""How well names convert between abbreviations, Korean and English."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from app.vocabulary.forms import forms_of
from app.vocabulary.lexicon import Lexicon, squeeze

from .measures import Tally

_FILE = Path(__file__).parent / "conversions.yaml"


@dataclass(frozen=True)
class Conversion:
    column: str
    korean: tuple[str, ...]
    english: tuple[str, ...]


def load_conversions() -> list[Conversion]:
    lines = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["names"].splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line.strip()]
    return [Conversion(row[0], tuple(row[1].split("/")), tuple(row[2].split("/"))) for row in rows]


def score_conversions(lexicon: Lexicon) -> tuple[dict[str, Tally], list[str]]:
    """By direction: how many names become one of the right ones; and those that don't."""
    tallies = {
        name: Tally() for name in ("column to Korean", "column to English", "Korean to English", "Korean to column")
    }
    missed: list[str] = []

    def check(direction: str, given: str, found: str | None, right: tuple[str, ...]) -> None:
        hit = squeeze(found or "") in {squeeze(name) for name in right}
        tallies[direction].add(int(hit), 1)
        if not hit:
            missed.append(f"{direction}: {given} is {found} for {'/'.join(right)}")

    for item in load_conversions():
        forms = forms_of(item.column, lexicon)
        check("column to Korean", item.column, forms.korean, item.korean)
        check("column to English", item.column, forms.english, item.english)
        back = forms_of(item.korean[0], lexicon)
        check("Korean to English", item.korean[0], back.english, item.english)
        check("Korean to column", item.korean[0], forms_of(back.abbreviation, lexicon).korean, item.korean)
    return tallies, missed


def report_conversions(*, show: bool) -> bool:
    """Prints the figures; whether all directions reach nine of ten."""
    tallies, missed = score_conversions(Lexicon.load())
    print(f"\nNames of columns: {len(load_conversions())}")
    for direction, tally in tallies.items():
        print(f"  {direction:<26} {tally.share:7.1%}  bar 90%  {'ok' if tally.share >= 0.9 else 'UNDER THE BAR'}")
    if show:
        print(*missed, sep="\n")
    return all(tally.share >= 0.9 for tally in tallies.values())
