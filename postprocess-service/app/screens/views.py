"""The classes that templates may read every public member of."""

from dataclasses import fields, is_dataclass

from jinja2.environment import TemplateModule
from jinja2.runtime import LoopContext

from . import events, model, screen, server, tables

VIEWS: frozenset[type] = frozenset(
    {
        events.Event,
        model.ActionView,
        model.ChoiceView,
        model.ColumnView,
        model.ControlView,
        model.DatasetView,
        model.Fill,
        model.GridColumnView,
        model.PageView,
        model.PagingView,
        model.Pick,
        model.PopupView,
        model.ReceiveView,
        model.RegionView,
        model.RuleView,
        model.SendView,
        model.TransactionView,
        screen.ScreenView,
        server.ConditionView,
        server.FieldView,
        server.RequestView,
        server.ServerView,
        server.StatementView,
        tables.TableColumn,
        tables.TableView,
        LoopContext,
        TemplateModule,
    }
)


def classes_with(name: str) -> frozenset[type]:
    """The classes of views whose every object has the member."""
    return frozenset(item for item in VIEWS - {TemplateModule} if hasattr(item, name) or name in _fields(item))


def _fields(view: type) -> frozenset[str]:
    """The fields of a view: those without a default are no members of its class, unless it has slots."""
    return frozenset(item.name for item in fields(view)) if is_dataclass(view) else frozenset()
