"""Packs with their renderers, ready for use; an unknown or broken one becomes the right error."""

from chassis.errors import FieldError, ServiceError, Unprocessable

from ..packs.loader import InvalidPackError, PackLoader, UnknownPackError
from ..packs.model import Pack
from ..screens.rendering import Renderer


class BrokenPack(ServiceError):
    """A pack on this machine can't be used: the operator's to mend, not the caller's."""

    default_code = "broken_pack"


class Frameworks:
    """Gives packs and renderers by name, each built once."""

    def __init__(self, loader: PackLoader) -> None:
        self._loader = loader
        self._renderers: dict[str, Renderer] = {}

    def names(self) -> list[str]:
        return self._loader.names()

    def get(self, name: str) -> Pack:
        """Raises `Unprocessable` naming `framework` where there is no such pack, `BrokenPack` where it is not right."""
        try:
            return self._loader.load(name)
        except UnknownPackError as error:
            known = ", ".join(self.names())
            message = f"There is no framework '{name[:100]}'; there are: {known}."
            raise Unprocessable(
                message, code="unknown_framework", errors=[FieldError("framework", message, "unknown_framework")]
            ) from error
        except InvalidPackError as error:
            raise BrokenPack(f"The framework pack is not right: {error}") from error

    def renderer(self, pack: Pack) -> Renderer:
        if pack.name not in self._renderers:
            self._renderers[pack.name] = Renderer(pack)
        return self._renderers[pack.name]
