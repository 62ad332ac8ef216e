"""The vocabulary is consistent: unique names, known domains and groups, enough of it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from app.vocabulary.export import korean_names
from app.vocabulary.heads import domain_of_head
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.loader import VocabularyError, load_entries
from app.vocabulary.naming import humanise, pascal, plural, singular, snake, split_identifier, unique
from app.vocabulary.romanise import romanise


def test_there_are_enough_terms_and_archetypes(lexicon: Lexicon) -> None:
    assert len(lexicon.entries.terms) >= 1_500
    assert len(lexicon.entries.archetypes) >= 120


def test_terms_are_unique_and_their_names_are_valid(lexicon: Lexicon) -> None:
    terms = lexicon.entries.terms
    assert [name for name, count in Counter(term.korean for term in terms).items() if count > 1] == []
    assert [name for name, count in Counter(term.column for term in terms).items() if count > 1] == []
    assert [term for term in terms if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", term.column)] == []
    assert [term for term in terms if not re.fullmatch(r"[A-Z0-9_]+", term.abbreviation)] == []


def test_every_code_group_of_a_term_exists(lexicon: Lexicon) -> None:
    wanted = {term.code_group for term in lexicon.entries.terms if term.code_group}
    assert wanted <= lexicon.code_groups.keys()
    for group in lexicon.code_groups.values():
        assert len(group.values) == len({value.code for value in group.values}) >= 2


def test_archetypes_name_terms_and_details_that_exist(lexicon: Lexicon) -> None:
    for archetype in lexicon.entries.archetypes:
        assert archetype.fields
        assert any(field.key for field in archetype.fields), archetype.name
        columns = [term.column for field in archetype.fields if (term := lexicon.term(field.term))]
        assert len(columns) == len(set(columns)), archetype.name
        assert all(field.term == "#" or lexicon.term(field.term) for field in archetype.fields), archetype.name
        assert all(name in lexicon.archetype_by_name for name in archetype.details)


@pytest.mark.parametrize(
    ("name", "column", "abbreviation"),
    [
        ("사원번호", "employee_number", "EMP_NO"),
        ("employeeNumber", "employee_number", "EMP_NO"),
        ("EMP_NO", "employee_number", "EMP_NO"),
        ("등록일", "registration_date", "REG_DT"),
        ("훌라후프", "hulrahupeu", "HULRAHUPEU"),
    ],
)
def test_names_convert_between_korean_english_and_abbreviations(
    lexicon: Lexicon, name: str, column: str, abbreviation: str
) -> None:
    assert lexicon.name_of(name) == column
    assert lexicon.abbreviation_of(name) == abbreviation


def test_labels_come_back_from_names(lexicon: Lexicon) -> None:
    assert lexicon.korean_label("EMP_NO") == "사원번호"
    assert lexicon.korean_label("USER_NM") == "사용자명"
    assert lexicon.korean_label("zzz_qqq") is None
    assert lexicon.english_label("사원번호") == "Employee number"
    assert lexicon.english_label("user_id") == "User ID"


def test_small_conversions() -> None:
    assert split_identifier("EmpNo2-x y") == ["emp", "no2", "x", "y"]
    assert snake(["2nd", "name"]) == "c_2nd_name"
    assert pascal(["task", "item"]) == "TaskItem"
    assert humanise(["login", "id"]) == "Login ID"
    assert [singular(word) for word in ("companies", "boxes", "orders", "status", "news")] == [
        "company",
        "box",
        "order",
        "status",
        "news",
    ]
    assert (plural("box"), plural("company"), plural("day")) == ("boxes", "companies", "days")
    assert romanise("한글") == "hangeul"
    taken = {"a"}
    assert unique("a", taken) == "a_2"
    assert unique("a", taken) == "a_3"


def test_a_malformed_entry_is_named(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "areas").mkdir()
    (folder / "domains.yaml").write_text("domains: {name: {type: string, length: 100}}", encoding="utf-8")
    (folder / "words.yaml").write_text("words: 사원 | employee | EMP", encoding="utf-8")
    (folder / "code_groups.yaml").write_text(
        "code_groups: YN | 여부 | Yes or no | Y=예/Yes, N=아니오/No", encoding="utf-8"
    )
    (folder / "areas" / "x.yaml").write_text("terms: 사원명 | employee name | nonsense", encoding="utf-8")
    with pytest.raises(VocabularyError, match="사원명"):
        load_entries(folder)
    (folder / "areas" / "x.yaml").write_text("terms: 사원명", encoding="utf-8")
    with pytest.raises(VocabularyError, match="columns expected"):
        load_entries(folder)
    (folder / "areas" / "x.yaml").write_text("[]", encoding="utf-8")
    with pytest.raises(VocabularyError, match="not a mapping"):
        load_entries(folder)


def test_the_analysers_user_dictionary_is_the_vocabularys(lexicon: Lexicon) -> None:
    committed = Path(__file__).parents[3] / "embedding-service" / "data" / "terms.txt"
    assert committed.read_text(encoding="utf-8").split() == korean_names(lexicon.entries)


@pytest.mark.parametrize(
    ("korean", "column"),
    [
        ("상대기관", "counterparty_institution"),
        ("상대부서", "counterpart_department"),
        ("비급여", "non_covered_amount"),
        ("검사성적서", "inspection_report"),
        ("신청인정보", "applicant_information"),
        ("건축물정보", "building_information"),
        ("신청인원", "application_headcount"),
        ("등록번호", "registration_number"),
        ("메시지", "message"),
        ("협력사 코드", "partner_code"),
        ("과제", "assignment"),
        ("기부금", "donation_amount"),
        ("최종거래일", "last_transaction_date"),
        ("대기시간", "waiting_time"),
        ("대기오염", "air_pollution"),
    ],
)
def test_compounds_are_parted_where_most_of_them_is_known(lexicon: Lexicon, korean: str, column: str) -> None:
    assert lexicon.name_of(korean) == column


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("거레처코드", "거래처코드"),
        ("보호자연락저", "보호자연락처"),
        ("custmer id", "customer id"),
        ("phone numer", "phone number"),
        ("adress", "address"),
        ("skipper", "skipper"),
        ("trainer", "trainer"),
        ("수조번호", "수조번호"),
        ("유효기한", "유효기한"),
        ("emp_nmae", "emp_nmae"),
    ],
)
def test_misspelt_names_are_mended_where_only_then_they_are_known(lexicon: Lexicon, written: str, mended: str) -> None:
    assert lexicon.mended_field(written) == mended


@pytest.mark.parametrize("name", ["식비", "일비", "비급여", "유류비", "초회보험료", "장비", "정비"])
def test_expenses_are_money_and_equipment_is_not(lexicon: Lexicon, name: str) -> None:
    term = lexicon.term(name)
    head = domain_of_head(name)
    assert ("amount" in {term.domain.id if term else None, head}) is (name not in {"장비", "정비"})
