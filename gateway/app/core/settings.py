"""The gateway's settings, read once by the composition root."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from .patch_settings import PatchSettings


def _listed(value: object) -> object:
    """`a, b` as the environment has it, or a list."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _networks(value: object) -> object:
    parts = _listed(value)
    return [ip_network(part, strict=False) for part in parts] if isinstance(parts, list) else parts


def _origins(value: object) -> object:
    parts = _listed(value)
    for part in parts if isinstance(parts, list) else ():
        split = urlsplit(str(part))
        if split.scheme not in {"http", "https"} or not split.netloc or split.path or split.query:
            raise ValueError(f"{part!r} is no origin: write https://host or http://host:port")
    return parts


Origins = Annotated[list[str], NoDecode, BeforeValidator(_origins)]
Networks = Annotated[list[IPv4Network | IPv6Network], NoDecode, BeforeValidator(_networks)]


class Settings(PatchSettings):
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
    generation_limit_s: float = Field(900.0, validation_alias="GATEWAY_GENERATION_LIMIT_S")
    """A generation as a whole, questions included; `options.deadline_s` of a request may be shorter."""
    drain_s: float = Field(15.0, validation_alias="GATEWAY_DRAIN_S")
    """How long what runs may take to end when the process is told to stop; then it is handed over."""

    upstream_connections: int = Field(100, validation_alias="GATEWAY_UPSTREAM_CONNECTIONS", ge=1)
    """To each service, from each process."""
    engine_connections: int = Field(1000, validation_alias="GATEWAY_ENGINE_CONNECTIONS", ge=1)
    """To llm-proxy, where a stream holds one for as long as an engine answers."""

    upstream_patience_s: float = Field(12.0, validation_alias="GATEWAY_UPSTREAM_PATIENCE_S", ge=0)
    """A generation waits so long for a service that it can't do without and that has just gone: its restart."""

    worker_generations: int = Field(8, validation_alias="GATEWAY_WORKER_GENERATIONS", ge=1)
    """Jobs of a queue that one worker process runs at a time."""
    worker_batches: int = Field(2, validation_alias="GATEWAY_WORKER_BATCHES", ge=1)
    worker_indexing: int = Field(2, validation_alias="GATEWAY_WORKER_INDEXING", ge=1)
    worker_evaluations: int = Field(1, validation_alias="GATEWAY_WORKER_EVALUATIONS", ge=1)
    worker_webhooks: int = Field(8, validation_alias="GATEWAY_WORKER_WEBHOOKS", ge=1)
    webhook_allow: str = Field("", validation_alias="GATEWAY_WEBHOOK_ALLOW")
    """Private networks, addresses and host names that webhooks may go to, separated by commas."""
    training_consent: Literal["asked", "assumed"] = Field("asked", validation_alias="GATEWAY_TRAINING_CONSENT")
    """`assumed`: what nobody said a word about may be learnt from too (a company that has asked its people)."""
    batch_rows: int = Field(1000, validation_alias="GATEWAY_BATCH_ROWS", ge=1)
    keep_plans_days: int = Field(30, validation_alias="GATEWAY_KEEP_PLANS_DAYS", ge=0)
    """Plans of patches, each with the files that it is about; the patches themselves stay. 0 keeps them for ever."""
    keep_generations_days: int = Field(0, validation_alias="GATEWAY_KEEP_GENERATIONS_DAYS", ge=0)
    """Days after its end that a generation is kept with all its record; 0 keeps for ever, here and below."""
    keep_details_days: int = Field(0, validation_alias="GATEWAY_KEEP_DETAILS_DAYS", ge=0)
    """Prompts as sent, raw answers and retrieval traces; what admins set in the console goes before both."""
    keep_deltas_days: int = Field(30, validation_alias="GATEWAY_KEEP_DELTAS_DAYS", ge=0)
    """Deltas are the text as it came: the record holds it whole."""
    keep_audit_days: int = Field(365, validation_alias="GATEWAY_KEEP_AUDIT_DAYS", ge=0)

    delta_window_s: float = Field(0.02, validation_alias="GATEWAY_DELTA_WINDOW_S")
    """How long deltas are gathered before they are committed as a group."""
    keep_alive_s: float = Field(10.0, validation_alias="GATEWAY_KEEP_ALIVE_S")
    lease_s: float = Field(5.0, validation_alias="GATEWAY_LEASE_S")
    """A generation whose owner did not renew its lease for so long is ended by any replica."""

    key_recheck_s: float = Field(15.0, validation_alias="GATEWAY_KEY_RECHECK_S")
    key_grace_s: float = Field(600.0, validation_alias="GATEWAY_KEY_GRACE_S")
    """How long a verified key goes on working while admin-service is down."""
    revocation_poll_s: float = Field(2.0, validation_alias="GATEWAY_REVOCATION_POLL_S")
    profile_poll_s: float = Field(5.0, validation_alias="GATEWAY_PROFILE_POLL_S")
    """How often the values of models are asked for."""

    cors_origins: Origins = Field([], validation_alias="GATEWAY_CORS_ORIGINS")
    """Web applications on other hosts that may call with a key or token, separated by commas."""
    trusted_proxies: Networks = Field([], validation_alias="GATEWAY_TRUSTED_PROXIES")
    """Networks whose `X-Forwarded-For` and `-Proto` are believed, separated by commas."""
    cookie_secure: bool = Field(False, validation_alias="GATEWAY_COOKIE_SECURE")
    """True where TLS ends at a proxy that does not say so; else the request's own scheme decides."""
    max_body_bytes: int = Field(4 * 1024 * 1024, validation_alias="GATEWAY_MAX_BODY_BYTES", ge=65_536)

    socket_poll_s: float = Field(2.0, validation_alias="GATEWAY_SOCKET_POLL_S")
    """How often open sockets are looked after: credentials, presence, and turns whose notification was lost."""
    socket_send_limit_s: float = Field(20.0, validation_alias="GATEWAY_SOCKET_SEND_LIMIT_S")
    """A reader that takes nothing for so long is let go; it may resume."""
    sockets_per_user: int = Field(1_000, validation_alias="GATEWAY_SOCKETS_PER_USER", ge=1)
    """Open sockets of one user in one process."""
