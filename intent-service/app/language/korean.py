"""Korean words by rule: particles and endings taken off, function nouns known. For where no analyser is at hand."""

import re

from .word_lists import FUNCTION_NOUNS, WORDS_WITH_PARTICLE_ENDING, words

_PARTICLES = sorted(
    words(
        "에서는 에서도 으로는 으로도 에게서 이라는 라는 이라고 라고 까지 부터 에서 에게 한테 으로 로는 로도 이랑 하고 처럼 보다 마다 조차 밖에 이나 이며 에는 에도 들을 들이 들은 들의 은 는 이 가 을 를 의 에 도 만 로 와 과 랑 나 들 용"
    ),
    key=len,
    reverse=True,
)
_KEPT_ENDINGS = tuple(sorted(word for word in WORDS_WITH_PARTICLE_ENDING if len(word) >= 2))
_ENDING = re.compile(
    r"(?:해주세요|해주십시오|해줘요|해줘|해주라|해라|해봐|합니다|하세요|해요|하기|하는|하고|하여|해서|할|한|된|되는|됩니다|입니다|이에요|예요|(?:갖|있|없|나오|보이|열리|뜨|쓰|들어가|만드|가지|다루|보여주|담는|알려주)는|만드는데|(?:하|쁘|지|르|쉽|좋)게|보여줄|보여줘|담을|다룰|볼)$"
)
_FUNCTION_SUFFIXES = sorted(
    FUNCTION_NOUNS - {"표", "창", "폼", "뷰", "데이터", "정보", "추가", "선택"}, key=len, reverse=True
)
_LATIN_STEM = re.compile(r"^([A-Za-z][\w-]*?)(?:은|는|이|가|을|를|의|에|도|만|로|으로|와|과|랑|용|들)?$")


def stem(word: str) -> str:
    """The word without its particle: 사원을 → 사원, 회의 → 회의."""
    word = re.sub(r"(?:이고|이며|인데요?|입니다|이에요|예요|이요|(?<![필주수개중소])요)$", "", word) or word
    latin = _LATIN_STEM.match(word)
    if latin:
        return latin[1]
    if word in WORDS_WITH_PARTICLE_ENDING or word.endswith(_KEPT_ENDINGS):
        return word
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) > len(particle):
            rest = word[: -len(particle)]
            if len(rest) >= 2 or rest in {"팀", "책", "약", "방", "콜", "폼", "표", "창"}:
                return rest
    return word


def strip_functions(word: str) -> list[str]:
    """The word, and what is left as function nouns are taken from its end: 사원목록화면 → 사원목록, 사원."""
    forms = [word]
    current = word
    while True:
        suffix = next(
            (item for item in _FUNCTION_SUFFIXES if current.endswith(item) and len(current) > len(item)), None
        )
        if suffix is None:
            return forms
        current = current[: -len(suffix)]
        forms.append(current)


def is_verbal(word: str) -> bool:
    return _ENDING.search(word) is not None
