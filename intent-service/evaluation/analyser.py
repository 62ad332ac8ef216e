"""The morpheme analyser in this process, as embedding-service runs it: kiwipiepy with the vocabulary's names."""

from app.core.clients.embedding import Morpheme, bare_nouns
from app.vocabulary.export import korean_names
from app.vocabulary.lexicon import Lexicon
from kiwipiepy import Kiwi


class AnalysedNouns:
    """Korean text without its particles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._kiwi = Kiwi(num_workers=1)
        names = korean_names(lexicon.entries)
        for name, tokens in zip(names, self._kiwi.tokenize(names), strict=True):
            if len(tokens) > 1:
                self._kiwi.add_user_word(name, "NNP")

    async def nouns(self, text: str) -> str | None:
        found = [
            Morpheme(form=item.form, tag=item.tag, start=item.start, length=item.len)
            for item in self._kiwi.tokenize(text)
        ]
        return bare_nouns(text, found)
