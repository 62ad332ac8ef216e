"""What the process holds: built once, by the composition root."""

import asyncio
import gc
from dataclasses import dataclass

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..features.analysis.service import AnalysisService
from ..features.emission.service import EmissionService
from ..features.packs.service import PackLintService
from ..features.patches.service import PatchService
from ..features.plans.service import PlanService
from ..features.previews.service import PreviewService
from ..packs.loader import PackLoader
from ..screens.rendering import BadTemplateError
from .frameworks import Frameworks
from .settings import Settings

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ProcessContext:
    frameworks: Frameworks
    analysis: AnalysisService
    emission: EmissionService
    previews: PreviewService
    pack_lint: PackLintService
    patches: PatchService
    plans: PlanService

    @classmethod
    def from_settings(cls, settings: Settings) -> "ProcessContext":
        frameworks = Frameworks(PackLoader(settings.pack_folders))
        return cls(
            frameworks,
            AnalysisService(frameworks),
            EmissionService(frameworks),
            PreviewService(frameworks),
            PackLintService(),
            PatchService(frameworks),
            PlanService(),
        )

    async def warm(self) -> None:
        """Loads what the first request would wait for, beside the requests that come in."""
        await asyncio.to_thread(self._warm)
        gc.collect()
        gc.freeze()  # packs and templates stay: no collection has to look at them again

    def _warm(self) -> None:
        from ..checks.script_facts import read_script
        from ..checks.sql_check import check_sql

        check_sql("SELECT 1", "postgres", "en")
        check_sql("CREATE TABLE a (b TEXT);", "postgres", "en")  # the plain form's pattern
        read_script("this.a();")
        for name in self.frameworks.names():
            try:
                self.frameworks.renderer(self.frameworks.get(name)).load_all()
            except (ServiceError, BadTemplateError) as error:
                _log.error("pack_not_usable", pack=name, reason=str(error))

    async def packs(self) -> str:
        """For `/readyz`: the packs that there are."""
        names = await asyncio.to_thread(self.frameworks.names)
        if not names:
            raise LookupError("no framework packs")
        return ", ".join(names)
