"""What the clients' answers have in common."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from chassis.errors import UpstreamFailed

Model = TypeVar("Model", bound=BaseModel)


class Warning_(BaseModel):  # noqa: N801 - the built-in has the plain name
    """A warning as every service writes it; `message` is in the request's language."""

    code: str
    message: str


def parsed(model: type[Model], answer: Any, *, upstream: str) -> Model:
    """The answer as its model.

    Raises:
        UpstreamFailed: the service's answer does not hold the contract.
    """
    try:
        return model.model_validate(answer)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) or "body" for item in error.errors()[:3])
        raise UpstreamFailed(f"{upstream} answered in a form that breaks the contract ({fields}).") from error
