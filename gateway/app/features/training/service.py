"""Training data out of the records: as lines, or only counted."""

from collections.abc import AsyncIterator

from chassis.logging import get_logger

from ...core.identity import User
from ...learning.export import Consent, Tally, Wanted, exported
from ...storage.learning import LearningStore
from .schemas import TrainingSummary

_log = get_logger(__name__)


class TrainingService:
    def __init__(self, *, learning: LearningStore, consent: Consent) -> None:
        self._learning = learning
        self._consent = consent

    async def lines(self, wanted: Wanted, user: User) -> AsyncIterator[bytes]:
        """Lines of JSON; who took them is in the log."""
        tally = Tally()
        async for line in self._exported(wanted, tally):
            yield line
        _log.info("training_exported", user_id=user.id, kind=wanted.kind, samples=tally.samples, records=tally.records)

    async def summary(self, wanted: Wanted) -> TrainingSummary:
        tally = Tally()
        async for _ in self._exported(wanted, tally):
            pass
        return TrainingSummary(
            records=tally.records,
            samples=tally.samples,
            train=tally.splits["train"],
            test=tally.splits["test"],
            left_out=dict(tally.refused),
            scrubbed=dict(tally.scrubbed),
            consent=self._consent,
        )

    def _exported(self, wanted: Wanted, tally: Tally) -> AsyncIterator[bytes]:
        records = self._learning.records(all_consent=self._consent == "assumed")
        return exported(records, wanted, self._consent, tally)
