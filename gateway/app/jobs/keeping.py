"""How long the log is kept: what admins have chosen goes before the environment."""

from dataclasses import replace
from typing import Protocol

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..core.clients.admin import LogSettings
from .retention import Chosen, Keep

_log = get_logger(__name__)


class LogSettingsSource(Protocol):
    async def log_settings(self) -> LogSettings: ...


def chosen_by_admins(source: LogSettingsSource) -> Chosen:
    """While they can't be asked, nothing of the log is deleted: they may have chosen to keep it longer."""

    async def chosen(keep: Keep) -> Keep:
        try:
            settings = await source.log_settings()
        except ServiceError as error:
            _log.warning("log_kept", reason=error.code)
            return replace(keep, generations=0, details=0)
        return replace(
            keep,
            generations=keep.generations if settings.keep_days is None else settings.keep_days,
            details=keep.details if settings.keep_details_days is None else settings.keep_details_days,
        )

    return chosen
