"""The service's environment."""

import os
from pathlib import Path

from pydantic import Field

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """`FRAMEWRIGHT_PACKS` adds folders of packs to the one that comes with the product."""

    packs_dir: Path = Field(Path("../frameworks"), validation_alias="FRAMEWRIGHT_PACKS_DIR")
    more_packs: str = Field("", validation_alias="FRAMEWRIGHT_PACKS")

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        return (self.packs_dir, *(Path(part) for part in self.more_packs.split(os.pathsep) if part))
