"""The sandbox that a pack's templates run in: Jinja's, with a short way to the views, which are made for templates."""

from collections.abc import Callable, MutableMapping
from functools import partial
from types import MethodType
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .tags import TagWriter
from .view_code import ViewCodeGenerator
from .views import VIEWS, classes_with

_OWN = frozenset({*VIEWS, TagWriter})


class PlainMacro(Macro):
    """A macro that knows how many arguments it `takes`; -1 where it takes more than these: a caller, the rest."""

    takes: int

    def __getattr__(self, name: str) -> int:
        """Counted at the first call: most macros that a template imports are not called for a screen."""
        if name != "takes":
            raise AttributeError(name)
        self.takes = -1 if self.caller or self.catch_kwargs or self.catch_varargs else self._argument_count
        return self.takes


class ViewEnvironment(ImmutableSandboxedEnvironment):
    """All public members of a view, of a loop and of an imported template are safe: they are not asked about.

    Everything else (text, lists, mappings, whatever a template builds) goes the sandbox's own way.
    """

    code_generator_class = ViewCodeGenerator

    classes_with = staticmethod(classes_with)
    called_directly = (PlainMacro, MethodType, _OWN)
    """What templates call where it stands: macros, and members of views and of the tag writer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """The template, which is kept: a pack has a few, which import each other for every file."""
        if isinstance(name, Template) or globals:
            return super().get_template(name, parent, globals)
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = super().get_template(name, parent)
        return kept

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own, where a template is given no others: Jinja's chain of both is slow to read."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in VIEWS and attribute[:1] != "_":
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
        if type(obj) in VIEWS and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(__self, __context: Context, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        kind = type(__obj)
        if kind is PlainMacro:
            return __obj(__context.eval_ctx, *args, **kwargs)
        if kind is MethodType and type(__obj.__self__) in _OWN:
            return __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def callee(self, context: Context, called: Any) -> Callable[..., Any]:
        """What is called by way of the sandbox."""
        return partial(self.call, context, called)
