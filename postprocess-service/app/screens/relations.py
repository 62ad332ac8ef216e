"""Which columns belong together: keys of a chosen row, and the two ends of a range."""

from screenspec.layout_fields import range_stem

from .model import ColumnView, DatasetView, Fill, RegionView, TransactionView


def key_fills(transaction: TransactionView | None, region: RegionView | None) -> tuple[Fill, ...]:
    """What the key datasets of a transaction take from a row of the region: by name, else the keys in order."""
    if transaction is None or region is None:
        return ()
    fills: list[Fill] = []
    for send in transaction.sends:
        if send.dataset.role != "lookup" or send.dataset is region.dataset:
            continue
        for position, column in enumerate(send.dataset.columns):
            source = matching(column, position, region.dataset.columns, region.dataset.keys)
            if source is not None:
                fills.append(Fill(column, send.dataset, source))
    return tuple(fills)


def matching(
    column: ColumnView, position: int, columns: tuple[ColumnView, ...], keys: tuple[ColumnView, ...]
) -> ColumnView | None:
    """The column of the same name, else the key at the same place."""
    same = next((item for item in columns if item.id == column.id), None)
    return same or (keys[position] if position < len(keys) else None)


def ranges_of(dataset: DatasetView) -> tuple[tuple[ColumnView, ColumnView], ...]:
    """The pairs of columns that are the two ends of a date range."""
    by_id = {column.id: column for column in dataset.columns}
    return tuple(
        (column, by_id[f"{column.id.removesuffix('_from')}_to"])
        for column in dataset.columns
        if column.type == "date"
        and range_stem(column.id, f"{column.id.removesuffix('_from')}_to")
        and f"{column.id.removesuffix('_from')}_to" in by_id
    )
