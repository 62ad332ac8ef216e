"""Reading in and the index, on the wire."""

from typing import Literal, Self

from pydantic import Field

from ...core.fields import Response
from .transfer import ImportReport, Outcome


class FaultResponse(Response):
    code: str = Field(
        description="`encoding`, `empty`, `head`, `yaml`, `list`, `unknown`, `missing`, `too_long`, `field`, `twice`, "
        "`kind`, `archive`, `encrypted`, `too_large` or `too_many`"
    )
    message: str
    field: str = Field(description="The member that is wrong, where it is one")


class ImportedEntryResponse(Response):
    file: str
    entry_id: str
    title: str
    outcome: Outcome
    faults: list[FaultResponse]
    left_out: list[str] = Field(description="Members of a pack's entry that entries here don't have")


class ImportResponse(Response):
    """With `check`, what would become of each."""

    checked_only: bool
    counts: dict[Literal["created", "updated", "unchanged", "kept", "refused"], int]
    items: list[ImportedEntryResponse]
    ignored: list[str] = Field(description="Files of an archive that are no knowledge")

    @classmethod
    def of(cls, report: ImportReport) -> Self:
        outcomes = [entry.outcome for entry in report.entries]
        return cls(
            checked_only=report.checked_only,
            counts={outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)},
            items=[ImportedEntryResponse.model_validate(entry) for entry in report.entries],
            ignored=list(report.ignored),
        )


class FrameworkIndexResponse(Response):
    framework: str
    entries: int
    indexed: int


class KnowledgeIndexResponse(Response):
    items: list[FrameworkIndexResponse]
