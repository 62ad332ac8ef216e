"""What postprocess-service is told of a request's options."""

from typing import Any


def emission_options(asked: dict[str, Any]) -> dict[str, Any]:
    """The members that are about the files, where they are set."""
    return {name: asked[name] for name in ("dialect", "choices") if asked.get(name)}
