"""What a screen asks of its server, in the framework's names: requests, the tables behind them, the SQL's columns."""

from dataclasses import dataclass, replace

from screenspec.data_model import DataModel
from screenspec.scopes import Scope, scopes
from screenspec.spec import Dataset, ScreenSpec

from ..packs.model import Pack
from .builder import directory_of
from .datasets import DatasetBuilder
from .model import ColumnView, DatasetView, PagingView
from .names import Namer
from .paging import paging_of
from .tables import TableView, build_tables

_FROM, _TO = "_from", "_to"


@dataclass(frozen=True, slots=True, eq=False)
class FieldView:
    """A column of a dataset beside the column of the table that holds it. `default` is SQL."""

    column: ColumnView
    name: str
    default: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ConditionView:
    """How a search column narrows the rows: `equal`, `like`, `from`, `to`; a key always does, empty or not."""

    column: ColumnView
    field: FieldView
    kind: str
    always: bool


@dataclass(frozen=True, slots=True, eq=False)
class StatementView:
    """Rows of one dataset: what is read into it, or written from it."""

    id: str
    dataset: DatasetView
    table: TableView
    fields: tuple[FieldView, ...]
    keys: tuple[FieldView, ...]
    condition_dataset: DatasetView | None = None
    conditions: tuple[ConditionView, ...] = ()
    paging: PagingView | None = None

    @property
    def counted(self) -> FieldView | None:
        """The one whole-number key, which the server counts where a new row has none."""
        return self.keys[0] if len(self.keys) == 1 and self.keys[0].column.type == "integer" else None

    @property
    def others(self) -> tuple[FieldView, ...]:
        return tuple(item for item in self.fields if item not in self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class RequestView:
    """One address of the server: what it reads and what it saves."""

    method: str
    path: str
    label: str
    reads: tuple[StatementView, ...]
    saves: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ServerView:
    class_name: str
    package: str
    title: str
    requests: tuple[RequestView, ...]

    @property
    def reads(self) -> tuple[StatementView, ...]:
        """Each statement once: two requests may share one."""
        return tuple({item.id: item for request in self.requests for item in request.reads}.values())

    @property
    def paged(self) -> tuple[StatementView, ...]:
        return tuple(item for item in self.reads if item.paging)

    @property
    def saves(self) -> tuple[StatementView, ...]:
        return tuple({item.id: item for request in self.requests for item in request.saves}.values())


def build_server(spec: ScreenSpec, data_model: DataModel | None, pack: Pack) -> ServerView:
    """All requests of the screen and its popups; those of one address are one."""
    builder = _ServerBuilder(spec, data_model, pack)
    requests: dict[str, RequestView] = {}
    for scope in scopes(spec):
        for request in builder.requests(scope):
            before = requests.get(request.path)
            requests[request.path] = _together(before, request) if before else request
    package = f"{pack.manifest.options.get('server_package', 'com.example')}.{directory_of(spec).replace('_', '')}"
    return ServerView(spec.screen_id, package, spec.title, tuple(requests.values()))


def _together(first: RequestView, second: RequestView) -> RequestView:
    known = {item.dataset.name for item in (*first.reads, *first.saves)}
    return RequestView(
        first.method,
        first.path,
        first.label,
        (*first.reads, *(item for item in second.reads if item.dataset.name not in known)),
        (*first.saves, *(item for item in second.saves if item.dataset.name not in known)),
    )


class _ServerBuilder:
    def __init__(self, spec: ScreenSpec, data_model: DataModel | None, pack: Pack) -> None:
        self._pack = pack
        names = dict.fromkeys(
            item.entity for item in spec.datasets if item.role in {"list", "detail"} and item.entity is not None
        )
        self._tables = dict(zip(names, build_tables(spec, data_model, pack), strict=True))
        self._methods: set[str] = set()

    def requests(self, scope: Scope) -> list[RequestView]:
        namer = Namer(self._pack.naming)
        views = DatasetBuilder(scope, namer, self._pack)
        found: list[RequestView] = []
        for transaction in scope.transactions:
            asked = [item.dataset for item in transaction.sends if item.rows == "all"]
            saved = [item.dataset for item in transaction.sends if item.rows != "all"]
            reads = [self._statement(scope, views, item.dataset, asked) for item in transaction.receives]
            saves = [self._statement(scope, views, item, []) for item in saved]
            if transaction.page_size and reads and reads[0]:
                reads[0] = replace(reads[0], paging=paging_of(namer, transaction.page_size))
            found.append(
                RequestView(
                    self._method(transaction.id, scope),
                    transaction.path,
                    transaction.label or transaction.id,
                    tuple(item for item in reads if item),
                    tuple(item for item in saves if item),
                )
            )
        return found

    def _method(self, name: str, scope: Scope) -> str:
        """`save`; of a popup `saveTaskPopup` where the screen has one of that name."""
        method = _camel(name)
        if method in self._methods and scope.popup is not None:
            method += scope.popup.screen_id
        while method in self._methods:
            method += "2"
        self._methods.add(method)
        return method

    def _statement(
        self, scope: Scope, views: DatasetBuilder, dataset_id: str, asked: list[str]
    ) -> StatementView | None:
        dataset = scope.dataset(dataset_id)
        table = self._tables.get(dataset.entity or "") if dataset else None
        if dataset is None or table is None:
            return None
        view = views.view(dataset.id)
        stored = {column.name: column.default for column in table.columns}
        fields = tuple(
            FieldView(column, column.id, stored[column.id]) for column in view.columns if column.id in stored
        )
        keys = tuple(item for item in fields if item.column.key) or fields[:1]
        by = next((item for item in asked if scope.dataset(item)), None)
        own = scope.dataset(by) if by else None
        conditions = self._conditions(own, views, fields, keys) if own else ()
        return StatementView(
            f"{_pascal(dataset.id)}{scope.popup.screen_id if scope.popup else ''}",
            view,
            table,
            fields,
            keys,
            views.view(own.id) if own else None,
            conditions,
        )

    @staticmethod
    def _conditions(
        asked: Dataset, views: DatasetBuilder, fields: tuple[FieldView, ...], keys: tuple[FieldView, ...]
    ) -> tuple[ConditionView, ...]:
        by_name = {item.name: item for item in fields}
        found: list[ConditionView] = []
        for position, column in enumerate(views.view(asked.id).columns):
            kind, stem = "equal", column.id
            for ending in (_FROM, _TO):
                if column.id not in by_name and column.id.endswith(ending):
                    kind, stem = ending[1:], column.id.removesuffix(ending)
            field = by_name.get(stem)
            if field is None and asked.role == "lookup" and position < len(keys):
                field = keys[position]
            if field is None:
                continue
            text = asked.role == "search" and kind == "equal" and field.column.type in {"string", "text"}
            kind = "like" if text and not field.column.code else kind
            found.append(ConditionView(column, field, kind, asked.role == "lookup"))
        return tuple(found)


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _camel(name: str) -> str:
    pascal = _pascal(name)
    return pascal[:1].lower() + pascal[1:]
