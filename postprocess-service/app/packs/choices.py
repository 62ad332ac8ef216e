"""A pack with a company's choices in place of its own."""

from dataclasses import replace

from pydantic import ValidationError

from .model import FileFormat, Pack

_FILES = frozenset({"newline", "byte_order_mark"})
MAX_LENGTH = 500


class UnknownChoiceError(ValueError):
    """`name` is no choice of the pack, or its value is none that it can have."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


def with_choices(pack: Pack, choices: dict[str, str]) -> Pack:
    """The pack itself where there are none. Raises `UnknownChoiceError`."""
    if not choices:
        return pack
    known = sorted({*pack.manifest.options, *_FILES})
    for name, value in choices.items():
        if name not in known or len(value) > MAX_LENGTH:
            raise UnknownChoiceError(name, known)
    options = {name: choices.get(name, value) for name, value in pack.manifest.options.items()}
    files = {name: value for name, value in choices.items() if name in _FILES}
    try:
        form = FileFormat.model_validate(pack.manifest.files.model_dump() | files)
    except ValidationError as error:
        raise UnknownChoiceError(str(error.errors()[0]["loc"][0]), known) from error
    return replace(pack, manifest=pack.manifest.model_copy(update={"options": options, "files": form}))
