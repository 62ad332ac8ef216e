"""The sandbox that a pack's templates run in: Jinja's, with a short way to the views, which are made for templates."""

from types import MethodType
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from . import model, screen, server, tables
from .tags import TagWriter

_VIEWS: frozenset[type] = frozenset(
    {
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


_OWN = frozenset({*_VIEWS, TagWriter})


class ViewEnvironment(ImmutableSandboxedEnvironment):
    """All public members of a view, of a loop and of an imported template are safe: they are not asked about.

    Everything else (text, lists, mappings, whatever a template builds) goes the sandbox's own way.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in _VIEWS and attribute[:1] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
            if attribute == "get":
                return obj.get
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(obj) in _VIEWS and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(__self, __context: Context, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        macro = type(__obj) is Macro
        if not macro and (type(__obj) is not MethodType or type(__obj.__self__) not in _OWN):
            return super().call(__context, __obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__context.eval_ctx, *args, **kwargs) if macro else __obj(*args, **kwargs)
