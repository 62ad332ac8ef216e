"""The gateway's settings, read once by the composition root."""

from pydantic import Field, SecretStr

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """Times are in seconds. The defaults are DESIGN's; tests and operators change them."""

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    database_pool_size: int = Field(10, validation_alias="GATEWAY_DATABASE_POOL_SIZE", ge=1)

    prepare_limit_s: float = Field(30.0, validation_alias="GATEWAY_PREPARE_LIMIT_S")
    """Stages 1 to 6 together; also analysis and post-processing together."""
    engine_first_byte_s: float = Field(90.0, validation_alias="GATEWAY_ENGINE_FIRST_BYTE_S")
    engine_loading_first_byte_s: float = Field(240.0, validation_alias="GATEWAY_ENGINE_LOADING_FIRST_BYTE_S")
    """The first byte's limit while the engine says that it loads its model."""
    engine_gap_s: float = Field(45.0, validation_alias="GATEWAY_ENGINE_GAP_S")
    engine_total_s: float = Field(300.0, validation_alias="GATEWAY_ENGINE_TOTAL_S")
    """All attempts of the engine stage together."""
    question_limit_s: float = Field(120.0, validation_alias="GATEWAY_QUESTION_LIMIT_S")

    delta_window_s: float = Field(0.02, validation_alias="GATEWAY_DELTA_WINDOW_S")
    """How long deltas are gathered before they are committed as a group."""
    keep_alive_s: float = Field(10.0, validation_alias="GATEWAY_KEEP_ALIVE_S")
    lease_s: float = Field(5.0, validation_alias="GATEWAY_LEASE_S")
    """A generation whose owner did not renew its lease for so long is ended by any replica."""

    key_recheck_s: float = Field(15.0, validation_alias="GATEWAY_KEY_RECHECK_S")
    key_grace_s: float = Field(600.0, validation_alias="GATEWAY_KEY_GRACE_S")
    """How long a verified key goes on working while admin-service is down."""
    revocation_poll_s: float = Field(2.0, validation_alias="GATEWAY_REVOCATION_POLL_S")
