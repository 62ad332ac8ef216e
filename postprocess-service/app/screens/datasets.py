"""Dataset views of a scope: own datasets, the code datasets that it uses, and choice lists for conditions."""

from screenspec.scopes import Scope
from screenspec.spec import Column, Dataset

from ..packs.model import Pack
from .defaults import boolean_values, is_grouped, is_today, mask_of, plain_default
from .model import ColumnView, DatasetView
from .names import Namer

_LENGTHS = {"date": 8, "datetime": 14, "time": 6, "boolean": 1}


class DatasetBuilder:
    """Builds each dataset once; code datasets first, as columns refer to them."""

    def __init__(self, scope: Scope, namer: Namer, pack: Pack) -> None:
        self._scope = scope
        self._namer = namer
        self._pack = pack
        self._codes: dict[str, DatasetView] = {}
        self._choices: dict[str, DatasetView] = {}
        own = [item for item in scope.datasets if item.role != "code"]
        self._views = {item.id: self._plain(item) for item in own}

    def all(self) -> tuple[DatasetView, ...]:
        return (*self._views.values(), *self._codes.values(), *self._choices.values())

    def view(self, dataset_id: str) -> DatasetView:
        return self._views[dataset_id]

    def _plain(self, dataset: Dataset) -> DatasetView:
        name = self._namer.unique("dataset", dataset.id)
        columns = tuple(self._column(dataset, column) for column in dataset.columns)
        return DatasetView(dataset.id, name, dataset.label or dataset.id, dataset.role, columns)

    def _column(self, dataset: Dataset, column: Column) -> ColumnView:
        code = self._scope.code_dataset(column.code_group) if column.code_group else None
        length = _LENGTHS.get(column.type) or column.length
        if length is None and code is not None:
            length = max((len(value) for value, _ in code.rows), default=20)
        return ColumnView(
            id=column.name,
            name=self._namer.name("column", column.name),
            label=column.label,
            type=column.type,
            length=length,
            scale=column.scale,
            required=column.required,
            key=column.key,
            default=plain_default(column, *boolean_values(self._pack)),
            today=is_today(column),
            grouped=is_grouped(column),
            mask=mask_of(column),
            code=self._served_by(code, dataset) if code else None,
        )

    def _served_by(self, code: Dataset, dataset: Dataset) -> DatasetView:
        return self._choice(code) if dataset.role == "search" else self._code(code)

    def _code(self, dataset: Dataset) -> DatasetView:
        if dataset.id not in self._codes:
            name = self._namer.unique("dataset.code", dataset.id)
            self._codes[dataset.id] = self._code_view(dataset, name, tuple(dataset.rows))
        return self._codes[dataset.id]

    def _choice(self, dataset: Dataset) -> DatasetView:
        if dataset.id not in self._choices:
            messages = self._pack.messages_in(self._scope.spec.language)
            name = self._namer.unique("dataset.code", dataset.id + self._pack.naming.choice_suffix.lower())
            self._choices[dataset.id] = self._code_view(dataset, name, (("", messages["all"]), *dataset.rows))
        return self._choices[dataset.id]

    def _code_view(self, dataset: Dataset, name: str, rows: tuple[tuple[str, str], ...]) -> DatasetView:
        code, label = self._pack.naming.code_columns
        columns = (
            ColumnView("code", code, code, "string", max((len(value) for value, _ in rows), default=20) or 20),
            ColumnView("name", label, label, "string", 100),
        )
        return DatasetView(dataset.id, name, dataset.label or dataset.id, "code", columns, rows)
