"""What admin-service reads from the environment."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from chassis.settings import SecretFileSource, ServiceSettings

SERVICE = "admin-service"


class Settings(ServiceSettings):
    """`DATABASE_URL` and `FRAMEWRIGHT_ENCRYPTION_KEY` have no default: nothing can be kept without them."""

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    encryption_key: SecretStr = Field(validation_alias="FRAMEWRIGHT_ENCRYPTION_KEY", min_length=32)
    """One key of 32 characters or more, or several separated by commas: the first encrypts, all of them decrypt."""
    default_framework: str = Field("", validation_alias="FRAMEWRIGHT_DEFAULT_FRAMEWORK")
    """Holds where no admin has chosen one; empty: the default of the screen spec."""

    database_pool_size: int = Field(10, validation_alias="ADMIN_DATABASE_POOL_SIZE", ge=1, le=200)
    access_token_s: int = Field(900, validation_alias="ADMIN_ACCESS_TOKEN_S", ge=60, le=3600)
    refresh_token_s: int = Field(14 * 86400, validation_alias="ADMIN_REFRESH_TOKEN_S", ge=3600)
    browser_session_s: int = Field(14 * 86400, validation_alias="ADMIN_BROWSER_SESSION_S", ge=3600)
    browser_idle_s: int = Field(12 * 3600, validation_alias="ADMIN_BROWSER_IDLE_S", ge=300)
    """A browser's sign-in ends after so long without a request."""
    lockout_failures: int = Field(5, validation_alias="ADMIN_LOCKOUT_FAILURES", ge=2)
    """Failed sign-ins of one account, or one account name, within the window before it is locked."""
    lockout_client_failures: int = Field(30, validation_alias="ADMIN_LOCKOUT_CLIENT_FAILURES", ge=2)
    """The same for one client address, whatever names it tries."""
    lockout_window_s: int = Field(900, validation_alias="ADMIN_LOCKOUT_WINDOW_S", ge=10)

    console_folder: Path = Field(Path(__file__).parents[2] / "console" / "dist", validation_alias="ADMIN_CONSOLE_DIR")
    """What `make console` built."""

    packs_dir: Path = Field(Path("../frameworks"), validation_alias="FRAMEWRIGHT_PACKS_DIR")
    more_packs: str = Field("", validation_alias="FRAMEWRIGHT_PACKS")
    """Further folders of packs, as the other services have them: golden cases are read there."""

    def packs_folders(self) -> list[Path]:
        """What stands in `FRAMEWRIGHT_PACKS` comes after the product's own."""
        return [self.packs_dir, *(Path(part) for part in self.more_packs.split(os.pathsep) if part)]

    def framework(self) -> str:
        """The framework that holds where no admin has chosen one."""
        if self.default_framework:
            return self.default_framework
        from screenspec.spec import ScreenSpec

        return str(ScreenSpec.model_fields["framework"].get_default())


class DatabaseSettings(BaseSettings):
    """All that the migrate job needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *sources: PydanticBaseSettingsSource, **named: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = [*sources, *named.values()]
        return given[0], given[1], SecretFileSource(settings_cls)
