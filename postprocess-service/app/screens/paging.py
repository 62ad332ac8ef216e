"""The two small datasets by which rows come page by page, named the same on the screen and on its server."""

from .model import ColumnView, DatasetView, PagingView
from .names import Namer


def paging_of(namer: Namer, size: int) -> PagingView:
    """What is asked (a page's number and size) and what comes with the rows (how many there are)."""
    asked = _numbers(namer, "page", "page_no", "page_size")
    return PagingView(size, asked, _numbers(namer, "page_total", "total_count"))


def _numbers(namer: Namer, dataset: str, *columns: str) -> DatasetView:
    """A dataset of whole numbers that only the transaction sees."""
    views = tuple(ColumnView(name, namer.name("column", name), name, "integer", length=9) for name in columns)
    return DatasetView(dataset, namer.unique("dataset", dataset), dataset, "paging", views)
