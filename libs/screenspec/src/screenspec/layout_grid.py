"""Grids: columns that fill them, and the bar under them that pages through their rows."""

from .boxes import Box, GridColumn, Metrics
from .layout_fields import shown_columns
from .scopes import Scope
from .spec import Region, Transaction
from .widths import grid_column_width, header_width

_SHORT = 12
"""Keys and texts of so many characters keep their width."""
_GROWING = frozenset({"string", "text"})


def query_of(region: Region, scope: Scope) -> Transaction | None:
    """The transaction that the rows of a grid come by."""
    return next(
        (item for item in scope.transactions if any(part.dataset == region.dataset for part in item.receives)), None
    )


def is_paged(region: Region, scope: Scope) -> bool:
    """Whether a bar under the grid pages through its rows: the first grid that shows them."""
    query = query_of(region, scope)
    first = next((item for item in scope.regions if item.kind == "grid" and item.dataset == region.dataset), None)
    return query is not None and query.page_size is not None and first is region


def layout_grid(
    region: Region, scope: Scope, metrics: Metrics, *, x: int, y: int, width: int, height: int
) -> list[Box]:
    """The grid, which leaves room for its bar."""
    columns = grid_columns(scope, region, metrics, width)
    bar = metrics.paging_height if is_paged(region, scope) else 0
    grid = Box("grid", region.id, x, y, width, height - bar, region=region.id, text=region.label, columns=columns)
    if not bar:
        return [grid]
    return [grid, Box("paging", region.id, x, grid.bottom, width, bar, region=region.id)]


def grid_columns(scope: Scope, region: Region, metrics: Metrics, width: int) -> tuple[GridColumn, ...]:
    """Columns that fill the grid: text columns take what is left over, and give way where room is short.

    Where even their headers don't fit side by side, the grid scrolls.
    """
    dataset = scope.dataset(region.dataset)
    columns = shown_columns(region, dataset) if dataset else []
    widths = [grid_column_width(column, scope, metrics) for column in columns]
    least = [
        size if column.key or (column.length or _SHORT + 1) <= _SHORT else min(size, header_width(column, metrics))
        for column, size in zip(columns, widths, strict=True)
    ]
    room = width - metrics.number_column - metrics.scrollbar - (metrics.check_column if region.checkable else 0)
    growing = [index for index, column in enumerate(columns) if column.type in _GROWING and not column.code_group]
    growing = growing or list(range(len(columns)))
    spare = room - sum(widths)
    if spare >= 0:
        shares = _shares(spare, {index: widths[index] for index in growing})
    else:
        give = {index: widths[index] - least[index] for index in growing}
        shares = {index: -share for index, share in _shares(min(-spare, sum(give.values())), give).items()}
    return tuple(
        GridColumn(column.name, size + shares.get(index, 0))
        for index, (column, size) in enumerate(zip(columns, widths, strict=True))
    )


def _shares(total: int, weights: dict[int, int]) -> dict[int, int]:
    """Whole parts of `total` by weight, which add up to it."""
    whole = sum(weights.values())
    if not whole:
        return {}
    shares = {index: total * weight // whole for index, weight in weights.items()}
    rest = total - sum(shares.values())
    for index, weight in weights.items():
        if (rest and shares[index] < weight) or total > whole:
            extra = rest if total > whole else min(rest, weight - shares[index])
            shares[index] += extra
            rest -= extra
    return shares
