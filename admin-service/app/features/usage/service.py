"""What was used, by whom and with which engine, and what it cost by the prices in the settings."""

import csv
import io
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlmodel import col, select

from ...db.audit import Actor
from ...db.database import Database
from ...db.mesh_settings import currency_of, prices_of
from ...db.models import User
from ...db.serving import BUILTIN

_COUNTED = ("generations", "failed", "degraded", "prompt_tokens", "completion_tokens", "gpu_seconds", "cost")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


class Account(Protocol):
    async def usage(self, first: date, last: date, *, user_id: str, role: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Usage:
    """Lines by day, user, engine and model, each with what it cost; `people` are addresses by user."""

    first: date
    last: date
    currency: str
    lines: Sequence[Mapping[str, Any]]
    people: Mapping[str, str] = field(default_factory=dict)
    truncated: bool = False

    def by(self, member: str) -> list[dict[str, Any]]:
        """Sums by one member of the lines: days in their order, the others by cost, then tokens."""
        sums: dict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_COUNTED, 0))
        for line in self.lines:
            _add(sums[str(line[member])], line)
        rows = [{"key": key, "label": self.people.get(key, key), **found} for key, found in sums.items()]
        if member == "day":
            return sorted(rows, key=lambda row: row["key"])
        return sorted(
            rows, key=lambda row: (-row["cost"], -row["prompt_tokens"] - row["completion_tokens"], row["key"])
        )

    def total(self) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys(_COUNTED, 0)
        for line in self.lines:
            _add(found, line)
        return found


class UsageService:
    def __init__(self, account: Account, database: Database, document: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """`document` gives the mesh's settings."""
        self._account = account
        self._database = database
        self._document = document

    async def read(self, actor: Actor, first: date, last: date) -> Usage:
        found = await self._account.usage(first, last, user_id=actor.user_id, role=actor.role)
        document = await self._document()
        prices = prices_of(document)
        lines = [_priced(line, prices.get(line["engine"], {})) for line in found["lines"]]
        people = await self._people({line["user_id"] for line in lines})
        return Usage(first, last, currency_of(document), lines, people, bool(found["truncated"]))

    async def _people(self, identifiers: set[str]) -> dict[str, str]:
        statement = select(User.id, User.email).where(col(User.id).in_(identifiers))
        async with self._database.transaction() as session:
            return {row[0]: row[1] for row in (await session.exec(statement)).all()}


def table(usage: Usage) -> str:
    """The lines as CSV, as spreadsheets read Korean."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["day", "user", "engine", "model", *_COUNTED, "currency"])
    for line in usage.lines:
        named = [line["day"], usage.people.get(line["user_id"], line["user_id"]), line["engine"], line["model"]]
        writer.writerow([*map(_cell, named), *(line[name] for name in _COUNTED), usage.currency])
    return _BYTE_ORDER_MARK + text.getvalue()


def _priced(line: Mapping[str, Any], price: Mapping[str, float]) -> dict[str, Any]:
    gpu_seconds = 0.0 if line["engine"] in {BUILTIN, ""} else round(line["engine_ms"] / 1000, 3)
    cost = (
        gpu_seconds / 3600 * price.get("gpu_hour", 0.0)
        + line["prompt_tokens"] / 1e6 * price.get("prompt_million", 0.0)
        + line["completion_tokens"] / 1e6 * price.get("completion_million", 0.0)
    )
    return {**line, "gpu_seconds": gpu_seconds, "cost": round(cost, 6)}


def _add(sums: dict[str, Any], line: Mapping[str, Any]) -> None:
    for name in _COUNTED:
        sums[name] = round(sums[name] + line[name], 6)


def _cell(value: Any) -> str:
    """A spreadsheet would take some beginnings for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def members(usage: Usage) -> dict[str, Any]:
    """What the console shows."""
    groups: Iterable[tuple[str, str]] = (
        ("days", "day"), ("users", "user_id"), ("models", "model"), ("engines", "engine"),
    )  # fmt: skip
    return {
        "first": usage.first, "last": usage.last, "currency": usage.currency, "truncated": usage.truncated,
        "total": usage.total(), **{name: usage.by(member) for name, member in groups},
    }  # fmt: skip
