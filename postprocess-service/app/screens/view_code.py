"""What templates are compiled to: members of views are read where they stand, all else by way of the sandbox."""

from collections.abc import Callable
from keyword import iskeyword
from typing import TypeVar

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

from .views import classes_with

_BY_NAME = -2
"""In place of the number of arguments where some have names: no macro `takes` so many."""
_Visit = TypeVar("_Visit", bound=Callable[..., None])


def _constants_first(visit: _Visit) -> _Visit:
    """Jinja's own decorator: what is known when the template is compiled is not asked about again."""
    return optimizeconst(visit)


def _is_mapping(node: nodes.Expr) -> bool:
    """Whether a dictionary is written there."""
    return isinstance(node, nodes.Dict) or (isinstance(node, nodes.Const) and isinstance(node.value, dict))


class ViewCodeGenerator(CodeGenerator):
    """`x.name` becomes a test of the class of `x` beside the plain access: a call for each would be half of the time.

    Only classes that `classes_with` names are read so, and dictionaries that have the key; members
    that begin with an underscore never are.
    """

    _classes: dict[str, str] | None = None
    _without_else: tuple[str, ...] = ()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's names
        self._classes = {}
        super().visit_Template(node, frame)
        self.writeline("Macro, MethodType, own_classes = environment.called_directly")
        for attribute, constant in self._classes.items():
            self.writeline(f"{constant} = environment.classes_with({attribute!r})")
        for index, hint in enumerate(self._without_else):
            self.writeline(f"no_else_{index} = Undefined({hint!r})")

    @_constants_first
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        name = node.attr
        if self._classes is None or not name.isascii() or name.startswith("_") or iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        seen = self.temporary_identifier()
        known = classes_with(name)
        self.write(f"({seen}.{name} if ({seen} := " if known else f"({seen}[{name!r}] if ({seen} := ")
        self.visit(node.node, frame)
        if known:
            self._classes[name] = f"classes_with_{name}"
            self.write(f").__class__ in classes_with_{name} else {seen}[{name!r}] if {seen}")
        else:
            self.write(")")
        self.write(f".__class__ is dict and {name!r} in {seen} else environment.getattr({seen}, {name!r}))")

    @_constants_first
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """What an expression without an else gives is made once, not each time."""
        if self._classes is None or node.expr2 is not None:
            super().visit_CondExpr(node, frame)
            return
        soft = frame.soft()
        self.write("(")
        self.visit(node.expr1, soft)
        self.write(" if ")
        self.visit(node.test, soft)
        self.write(f" else no_else_{len(self._without_else)})")
        self._without_else += (f"the expression on {self.position(node)} was false, and has no else",)

    @_constants_first
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Macros and members of views are called where they stand, all else by way of the sandbox.

        Without the loop's variables, which only functions that ask for the context need: there are none.
        """
        keywords = [item for item in node.kwargs if not iskeyword(item.key)]
        if len(keywords) < len(node.kwargs) or node.dyn_args or node.dyn_kwargs or forward_caller:
            self.write("environment.call(context, ")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        else:
            self._callee(node.node, _BY_NAME if keywords else len(node.args), frame)
            self.write("(")
            for index, argument in enumerate((*node.args, *keywords)):
                self.write(", " if index else "")
                self.visit(argument, frame)
        self.write(")")

    def _callee(self, node: nodes.Expr, count: int, frame: Frame) -> None:
        """What is called with so many arguments, where the sandbox has nothing to ask."""
        if isinstance(node, nodes.Getattr) and node.attr == "get" and _is_mapping(node.node):
            self.visit(node.node, frame)
            self.write(".get")
            return
        seen = self.temporary_identifier()
        self.write(f"({seen}._func if ({seen} := ")
        self.visit(node, frame)
        self.write(f").__class__ is Macro and {seen}.takes == {count} else {seen} if {seen}.__class__ is MethodType")
        self.write(f" and {seen}.__self__.__class__ in own_classes else environment.callee(context, {seen}))")
