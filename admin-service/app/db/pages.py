"""Pages by key: a cursor is the last id seen, so that a page costs the same wherever it lies."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from ..core.errors import invalid_field

Row = TypeVar("Row")
DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows, after which one."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    items: Sequence[Row]
    next_cursor: str | None


async def fetch_page(
    session: AsyncSession,
    statement: Any,
    *,
    key: Any,
    key_of: Callable[[Row], str],
    page: PageRequest,
    newest_first: bool = True,
) -> Page[Row]:
    """One page of a select of whole rows, in the order of the text column `key`."""
    if page.cursor:
        last = _decode(page.cursor)
        statement = statement.where(key < last if newest_first else key > last)
    statement = statement.order_by(key.desc() if newest_first else key.asc()).limit(page.limit + 1)
    rows: Sequence[Row] = (await session.exec(statement)).all()
    if len(rows) <= page.limit:
        return Page(rows, None)
    kept = rows[: page.limit]
    return Page(kept, _encode(key_of(kept[-1])))


def contains(column: Any, words: str) -> Any:
    """A condition: the column holds the words, in any case; `%` and `_` mean themselves."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.ilike(f"%{escaped}%", escape="\\")


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise invalid_field("cursor", "It is not a cursor of this list.") from error
    if "\x00" in text:
        raise invalid_field("cursor", "It is not a cursor of this list.")
    return text
