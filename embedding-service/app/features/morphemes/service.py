"""Korean morphemes of texts, for the intent service."""

from collections.abc import Sequence

from ...core.limits import InputLimits
from ...core.loading import Loading
from ...core.morphemes import Morpheme, MorphemeAnalyzer
from ...core.text_worker import TextWorker


class MorphemeService:
    def __init__(self, *, analyzer: Loading[MorphemeAnalyzer], worker: TextWorker, limits: InputLimits) -> None:
        self._analyzer = analyzer
        self._worker = worker
        self._limits = limits

    async def analyze(self, texts: Sequence[str]) -> list[list[Morpheme]]:
        analyzer = self._analyzer.get()
        self._limits.check(texts)
        return await self._worker.run(lambda: list(analyzer.analyze(texts, terms=True)), texts=texts)
