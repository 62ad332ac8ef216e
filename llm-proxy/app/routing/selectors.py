"""Names that say what an engine has to be, not which one: `class:small`, `capability:vision,capability:tools`."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import get_args

from chassis.errors import FieldError, InvalidInput

from ..engines.settings import Capability, ModelClass

_CLASS, _CAPABILITY = "class:", "capability:"


@dataclass(frozen=True, slots=True)
class Selector:
    """A size, or any; and what the model must be able to do."""

    model_class: str = ""
    capabilities: frozenset[str] = frozenset()

    def fits(self, model_class: ModelClass, capabilities: AbstractSet[Capability]) -> bool:
        return self.model_class in {"", model_class} and self.capabilities <= capabilities


def is_selector(model: str) -> bool:
    return model.startswith((_CLASS, _CAPABILITY))


def read_selector(model: str) -> Selector | None:
    """The selector that a request gives as its model, or None where it is a plain name.

    Raises:
        InvalidInput: a class or a capability that there is not.
    """
    if not is_selector(model):
        return None
    model_class = ""
    capabilities: set[str] = set()
    for part in map(str.strip, model.split(",")):
        if part.startswith(_CLASS) and not model_class and part.removeprefix(_CLASS) in get_args(ModelClass):
            model_class = part.removeprefix(_CLASS)
        elif part.startswith(_CAPABILITY) and part.removeprefix(_CAPABILITY) in get_args(Capability):
            capabilities.add(part.removeprefix(_CAPABILITY))
        else:
            known = ", ".join([*(_CLASS + name for name in get_args(ModelClass)),
                               *(_CAPABILITY + name for name in get_args(Capability))])  # fmt: skip
            raise InvalidInput(
                f"`{part}` selects no engine; there are {known}.",
                code="unknown_selector",
                errors=[FieldError("model", "unknown class or capability")],
            )
    return Selector(model_class, frozenset(capabilities))
