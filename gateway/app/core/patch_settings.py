"""The settings of plans and patches (R4.1, R4.2); the defaults are the requirement's."""

from pathlib import Path

from pydantic import Field

from chassis.settings import ServiceSettings


class PatchSettings(ServiceSettings):
    """Times in seconds. `Settings` extends it."""

    workspace: Path | None = Field(None, validation_alias="FRAMEWRIGHT_WORKSPACE")
    """A folder whose files `/plan` may read by their paths; none unless set."""
    scan_folders: bool = Field(True, validation_alias="GATEWAY_PATCH_SCAN_FOLDERS")
    """Whether a path may be a folder, whose files are then read."""
    context_characters: int = Field(1_200, validation_alias="GATEWAY_PATCH_CONTEXT_CHARACTERS", ge=100)
    plan_input_tokens: int = Field(1_024, validation_alias="GATEWAY_PLAN_INPUT_TOKENS", ge=256)
    plan_new_tokens: int = Field(16, validation_alias="GATEWAY_PLAN_NEW_TOKENS", ge=1)
    plan_penalty: float = Field(1.10, validation_alias="GATEWAY_PLAN_REPETITION_PENALTY", ge=0.1, le=2)
    plan_limit_s: float = Field(12.0, validation_alias="GATEWAY_PLAN_LIMIT_S", gt=0)
    patch_new_tokens: int = Field(192, validation_alias="GATEWAY_PATCH_NEW_TOKENS", ge=1)
    patch_penalty: float = Field(1.03, validation_alias="GATEWAY_PATCH_REPETITION_PENALTY", ge=0.1, le=2)
    patch_limit_s: float = Field(25.0, validation_alias="GATEWAY_PATCH_LIMIT_S", gt=0)
    """All attempts together."""
    patch_retries: int = Field(1, validation_alias="GATEWAY_PATCH_RETRIES", ge=0, le=5)
    """How often an engine is asked again, for the files whose edits could not be applied."""
