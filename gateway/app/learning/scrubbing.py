"""Texts and documents without personal data and secrets; docs/operations/learning.md says why with these libraries."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import orjson

from .credentials import PASSWORDS, PRIVATE_KEY, TOKENS
from .passwords import names_secret
from .patterns import Pattern, regions
from .personal_data import PERSONAL_DATA

_DETECTORS = {
    "aws": "AWSKeyDetector", "azure_storage_key": "AzureStorageKeyDetector", "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector", "gitlab_token": "GitLabTokenDetector", "mailchimp": "MailchimpDetector",
    "pypi_token": "PypiTokenDetector", "sendgrid": "SendGridDetector", "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector", "stripe": "StripeDetector", "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}  # fmt: skip
"""Of detect-secrets, those that know a format; its guesses by entropy and by words blot clean code.

Its forms of npm's and OpenAI's tokens take minutes for a long line; ours are in `credentials`."""
_SUSPECT = re.compile(r"[0-9=:@<(\uff01-\uff5e]|(?i:basic|identified)|[A-Za-z0-9_-]{20}")
"""What every finding has in it."""
_NAME = re.compile(r"[^\W\d]{0,9}\d{0,5}[^\W\d]{0,9}")
"""No finding is so short."""
_ALIKE: dict[int, int | str] = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_ALIKE |= {**dict.fromkeys(range(0x2010, 0x2016), "-"), 0x2212: "-", 0xA0: " ", 0x3000: " ", 0x130: "I"}
"""Full-width signs, dashes and blanks; and the one letter that is two in lower case."""
_ESCAPED = re.compile(r"\\+(u[0-9A-Fa-f]{4}|[nrtbf\"'`])")
_NAMING = ("name", "key", "id", "field", "component")
_VALUES = frozenset({"value", "default", "default_value", "initial_value", "example", "set", "attributes"})
"""Members that hold the value of what another member of the same object, or the object's own name, names."""


@dataclass(slots=True)
class Scrubbed:
    """`found` counts what was taken out, by kind."""

    text: str
    found: Counter[str] = field(default_factory=Counter)


def scrub(text: str) -> Scrubbed:
    """The text with `[KIND]` in the place of each finding; its lines stay where they are, but for a key's block."""
    result = Scrubbed(text)
    if _SUSPECT.search(text) is None or _NAME.fullmatch(text):
        return result
    view = _view(text)
    lower = view.lower()
    for pattern in _hinted(lower):
        spans = list(_findings(pattern, view, lower))
        if spans:
            mark = _MARK.format(pattern.kind.upper())
            result.found[pattern.kind] += len(spans)
            result.text, view = _replaced(result.text, spans, mark), _replaced(view, spans, mark)
            lower = view.lower()
    return result


def scrub_all(document: Any, found: Counter[str], key: str = "") -> Any:
    """Every text in a JSON document, names too; what was found is added to `found`.

    `key` names the document: what stands under a password's name is a secret, whatever it looks like.
    """
    if isinstance(document, str):
        return _text(document, found, key)
    if isinstance(document, int) and not isinstance(document, bool) and names_secret(key, str(document)):
        found["password"] += 1
        return _MARK.format("PASSWORD")
    if isinstance(document, list):
        return [scrub_all(item, found, key) for item in document]
    if isinstance(document, dict):
        named = next((str(document[name]) for name in _NAMING if isinstance(document.get(name), str)), key)
        return {
            _name(name): scrub_all(value, found, named if name in _VALUES else name) for name, value in document.items()
        }
    return document


def scrub_answer(text: str, found: Counter[str]) -> str:
    """What an engine wrote: where it is JSON, it is JSON afterwards."""
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        return str(scrub_all(text, found))
    return orjson.dumps(scrub_all(document, found)).decode()


_MARK = "[{}]"


def _text(text: str, found: Counter[str], key: str) -> str:
    if key and names_secret(key, text):
        found["password"] += 1
        return _MARK.format("PASSWORD")
    scrubbed = scrub(text)
    found.update(scrubbed.found)
    return scrubbed.text


@lru_cache(maxsize=4_096)
def _name(name: str) -> str:
    return scrub(name).text


@cache
def _patterns() -> tuple[Pattern, ...]:
    """Ours and those of detect-secrets, which is loaded when first needed: it takes half a second."""
    forms = [
        form
        for module, name in _DETECTORS.items()
        for form in getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name).denylist
    ]
    # Korean may stand right beside a token: a word's edge is ASCII's.
    known = [Pattern("api_key", re.compile(form.pattern, form.flags & ~re.UNICODE | re.ASCII)) for form in forms]
    return (PRIVATE_KEY, *TOKENS, *known, *PASSWORDS, *PERSONAL_DATA)


@cache
def _places() -> tuple[frozenset[int], dict[str, list[int]]]:
    """Which of the patterns have no hints, and which have each."""
    places: dict[str, list[int]] = {}
    for place, pattern in enumerate(_patterns()):
        for hint in pattern.hints:
            places.setdefault(hint, []).append(place)
    return frozenset(place for place, pattern in enumerate(_patterns()) if not pattern.hints), places


def _hinted(lower: str) -> list[Pattern]:
    """The patterns that may find something, in their order: most texts have few of the hints."""
    always, places = _places()
    chosen = always.union(*(found for hint, found in places.items() if hint in lower))
    patterns = _patterns()
    return [patterns[place] for place in sorted(chosen)]


def _view(text: str) -> str:
    """The text as it is searched, sign for sign as long: full-width signs, dashes, JSON's escapes as they are meant.

    So a token after an escaped line end has a word's edge before it, and nothing of an escape is taken out.
    """
    if not text.isascii():
        text = text.translate(_ALIKE)
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1] if match[1] in "\"'`" else "\n" if match[1] in "nrtbf" else " "
    return sign.rjust(len(match[0]))


def _findings(pattern: Pattern, view: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where a pattern's findings begin and end."""
    group: str | int = "value" if "value" in pattern.form.groupindex else 0
    for start, end in regions(lower, pattern.hints) if pattern.hints else [(0, len(view))]:
        for match in pattern.form.finditer(view, start, end):
            if pattern.holds(match):
                yield match.span(group)


def _replaced(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return mark.join(text[end:start] for end, start in zip(ends, starts, strict=True))
