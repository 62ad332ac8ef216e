"""Names between Korean, English and abbreviations, and as a framework writes them."""

from pathlib import Path

import pytest
from app.vocabulary.forms import NamingRule, forms_of, naming_rule
from app.vocabulary.lexicon import Lexicon

FRAMEWORKS = Path(__file__).parents[3] / "frameworks"


@pytest.mark.parametrize("name", ["사원번호", "employeeNumber", "EMP_NO", "employee_number", "emp no", "사번"])
def test_every_form_leads_to_every_form(lexicon: Lexicon, name: str) -> None:  # R1.2
    forms = forms_of(name, lexicon)
    assert (forms.korean, forms.snake, forms.camel, forms.abbreviation) == (
        "사원번호",
        "employee_number",
        "employeeNumber",
        "EMP_NO",
    )


def test_most_terms_convert_there_and_back(lexicon: Lexicon) -> None:
    terms = lexicon.entries.terms
    same = sum(forms_of(forms_of(term.korean, lexicon).camel, lexicon).korean == term.korean for term in terms)
    back = sum(forms_of(forms_of(term.korean, lexicon).abbreviation, lexicon).snake == term.column for term in terms)
    assert same / len(terms) > 0.99
    assert back / len(terms) > 0.9


def test_compounds_outside_the_terms_are_made_of_words(lexicon: Lexicon) -> None:
    forms = forms_of("EMP_CONTRACT_AMT", lexicon)
    assert forms.snake
    assert forms_of("붕어빵수량", lexicon).korean == "붕어빵수량"


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (NamingRule(), "hire_date"),
        (NamingRule("upper_snake", "C_"), "C_HIRE_DATE"),
        (NamingRule("pascal"), "HireDate"),
        (NamingRule("camel"), "hireDate"),
    ],
)
def test_a_framework_writes_names_its_way(rule: NamingRule, written: str) -> None:
    assert rule.apply("hire_date") == written


def test_rules_come_from_the_pack(tmp_path: Path) -> None:
    (tmp_path / "naming.yaml").write_text("rules:\n  column: {prefix: X_, case: upper_snake}\n", encoding="utf-8")
    assert naming_rule(tmp_path, "column") == NamingRule("upper_snake", "X_")
    assert naming_rule(tmp_path, "grid") == NamingRule()
    assert naming_rule(tmp_path / "none", "column") == NamingRule()


def test_every_installed_pack_has_a_readable_column_rule() -> None:
    packs = [path.parent for path in FRAMEWORKS.glob("*/naming.yaml")]
    assert packs
    assert all(naming_rule(pack, "column").apply("employee_number") for pack in packs)
