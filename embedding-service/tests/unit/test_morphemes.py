"""The analyser with the vocabulary's names: whole where they are asked for, and no difference for search."""

from app.core.morphemes import KiwiAnalyzer, read_terms

TEXTS = [
    "조회조건은 부서, 이름이고 그리드에는 사번 이름 입사일 나오게",
    "그리드에서 체크된 행을 저장하고 매입처원장을 조회",
]


def test_names_of_business_software_stay_whole(kiwi: KiwiAnalyzer) -> None:  # R1.1
    analyzer = KiwiAnalyzer(read_terms())
    with_terms = [[item.form for item in found] for found in analyzer.analyze(TEXTS, terms=True)]
    assert {"사번", "입사일"} <= set(with_terms[0])
    assert "매입처" in with_terms[1]
    assert "그리드" in with_terms[0]
    assert list(analyzer.analyze(TEXTS)) == list(kiwi.analyze(TEXTS))
