"""Texts without personal data and secrets; docs/operations/learning.md says why with these libraries."""

import importlib
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from .patterns import PATTERNS, Pattern

_DETECTORS = {
    "aws": "AWSKeyDetector", "azure_storage_key": "AzureStorageKeyDetector", "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector", "gitlab_token": "GitLabTokenDetector", "mailchimp": "MailchimpDetector",
    "npm": "NpmDetector", "openai": "OpenAIDetector", "pypi_token": "PypiTokenDetector", "sendgrid": "SendGridDetector",
    "slack": "SlackDetector", "square_oauth": "SquareOAuthDetector", "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector", "twilio": "TwilioKeyDetector",
}  # fmt: skip
"""Of detect-secrets, those that know a format; its guesses by entropy and by words blot clean code."""


@dataclass(slots=True)
class Scrubbed:
    """`found` counts what was taken out, by kind."""

    text: str
    found: Counter[str] = field(default_factory=Counter)


def scrub(text: str) -> Scrubbed:
    """The text with `[KIND]` in the place of each finding; its lines stay where they are, but for a key's block."""
    result = Scrubbed(text)
    for pattern in _patterns():
        result.text = pattern.form.sub(partial(_blotted, pattern, result.found), result.text)
    return result


def scrub_all(document: Any, found: Counter[str]) -> Any:
    """Every text in a JSON document; what was found is added to `found`."""
    if isinstance(document, str):
        scrubbed = scrub(document)
        found.update(scrubbed.found)
        return scrubbed.text
    if isinstance(document, list):
        return [scrub_all(item, found) for item in document]
    if isinstance(document, dict):
        return {name: scrub_all(value, found) for name, value in document.items()}
    return document


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
    return (*PATTERNS[:4], *known, *PATTERNS[4:])


def _blotted(pattern: Pattern, found: Counter[str], match: re.Match[str]) -> str:
    if not pattern.holds(match):
        return match[0]
    found[pattern.kind] += 1
    mark = f"[{pattern.kind.upper()}]"
    if "value" not in pattern.form.groupindex:
        return mark
    start, end = match.start("value") - match.start(), match.end("value") - match.start()
    return f"{match[0][:start]}{mark}{match[0][end:]}"
