"""The A/B test that runs: polled from admin-service, and which of its arms a generation goes to."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..pipeline.draft import Order
from .clients.admin import AdminClient

POLL_S = 5.0
_PATH = "/internal/experiments"
_LIMIT_S = 4.0
_log = get_logger(__name__)


class Arm(BaseModel):
    """Without engine and templates: what is in production."""

    name: str
    weight: float = 1.0
    engine: str | None = None
    templates: list[dict[str, Any]] = []


class Experiment(BaseModel):
    id: str
    sticky: Literal["user", "session"] = "user"
    arms: list[Arm]


class RunningExperiment(BaseModel):
    experiment: Experiment | None = None


class Experiments:
    """The last known experiment; while admin-service is away, it goes on."""

    def __init__(self, admin: AdminClient) -> None:
        self._admin, self._etag = admin, ""
        self.running: Experiment | None = None

    async def poll(self) -> None:
        headers = {"If-None-Match": self._etag} if self._etag else None
        try:
            response = await self._admin.forwarding.request("GET", _PATH, headers=headers, limit_s=_LIMIT_S)
            if response.status_code == HTTPStatus.NOT_MODIFIED:
                return
            self.running = RunningExperiment.model_validate_json(response.content).experiment
            self._etag = response.headers.get("etag", "")
        except (ServiceError, ValidationError) as error:
            _log.debug("experiment_not_read", reason=str(error))

    def route(self, order: Order) -> Order:
        """The order on its arm's way; as it is where it says itself what it wants, or nothing runs."""
        experiment = self.running
        if experiment is None or order.model is not None or order.templates or order.chat:
            return order
        key = order.session_id if experiment.sticky == "session" and order.session_id else order.user_id
        arm = arm_of(experiment.arms, f"{experiment.id}:{key}")
        return replace(
            order, model=arm.engine, templates=arm.templates, experiment=experiment.id, arm=arm.name
        )  # fmt: skip


def arm_of(arms: Sequence[Arm], key: str) -> Arm:
    """By weight, and the same for the same key on every replica."""
    total = sum(arm.weight for arm in arms)
    place = int.from_bytes(sha256(key.encode()).digest()[:8]) / 2**64 * total
    for arm in arms:
        place -= arm.weight
        if place < 0:
            return arm
    return arms[-1]
