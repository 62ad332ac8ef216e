"""Settings of intent-service, read once by the composition root."""

from pathlib import Path

from pydantic import Field

from chassis.settings import ServiceSettings
from screenspec.spec import ScreenSpec

_SPEC_DEFAULT: str = ScreenSpec.model_fields["framework"].get_default()


class Settings(ServiceSettings):
    """What this service reads beside the settings that all services share."""

    packs_dir: Path = Field(Path("../frameworks"), validation_alias="FRAMEWRIGHT_PACKS_DIR")
    more_packs: str = Field("", validation_alias="FRAMEWRIGHT_PACKS")
    """More folders of packs, separated as the system separates paths."""
    default_framework: str = Field(_SPEC_DEFAULT, validation_alias="FRAMEWRIGHT_DEFAULT_FRAMEWORK")
    engine_limit_s: float = Field(8.0, validation_alias="INTENT_ENGINE_LIMIT_S", gt=0, le=30)
    """How long an engine may take to confirm what the rules found; then the rules stand."""
    engine_threshold: float = Field(0.6, validation_alias="INTENT_ENGINE_THRESHOLD", ge=0, le=1)
    """An engine is asked where the rules' confidence is below this."""
    morphemes_limit_s: float = Field(0.25, validation_alias="INTENT_MORPHEMES_LIMIT_S", gt=0, le=5)
