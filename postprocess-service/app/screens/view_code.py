"""What templates are compiled to: members of views are read where they stand, all else by way of the sandbox."""

from collections.abc import Callable
from keyword import iskeyword
from typing import TypeVar

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

from .views import classes_with

_Visit = TypeVar("_Visit", bound=Callable[..., None])


def _constants_first(visit: _Visit) -> _Visit:
    """Jinja's own decorator: what is known when the template is compiled is not asked about again."""
    return optimizeconst(visit)


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
        if known:
            self._classes[name] = constant = f"classes_with_{name}"
            self.write(f"({seen}.{name} if ({seen} := ")
            self.visit(node.node, frame)
            self.write(f").__class__ in {constant}")
        else:
            self.write(f"({seen}[{name!r}] if ({seen} := ")
            self.visit(node.node, frame)
            self.write(f").__class__ is dict and {name!r} in {seen}")
        self.write(f" else environment.getattr({seen}, {name!r}))")

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
        """Without the loop's variables, which only functions that ask for the context need: there are none."""
        self.write("environment.call(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")
