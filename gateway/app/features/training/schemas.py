"""The wire models of training data."""

from pydantic import BaseModel


class TrainingSummary(BaseModel):
    """What an export with the same filters would hold. `left_out` counts by reason, `scrubbed` by kind."""

    records: int
    samples: int
    train: int
    test: int
    left_out: dict[str, int]
    scrubbed: dict[str, int]
    consent: str
