"""How an edit that is not exact goes into the file: indentation, lines left out or imagined, lookalikes."""

import pytest
from app.core.frameworks import Frameworks
from app.features.patches.indentation import Indentation
from app.features.patches.schemas import PatchRequest
from app.features.patches.service import PatchService
from app.sources.opcodes import line_opcodes

from chassis.errors import ServiceError

BODY = """def alpha(first, second):
    total = first + second
    log_the_total(total)
    store_the_total(total)
    return total


def omega(first, second):
    product = first * second
    return product
"""


@pytest.fixture(scope="module")
def service(frameworks: Frameworks) -> PatchService:
    return PatchService(frameworks)


def merged(service: PatchService, search: str, replace: str, before: str = BODY) -> str:
    """The content afterwards, or the code of the refusal."""
    body = {"files": [{"path": "a.py", "content": before}],
            "edits": [{"path": "a.py", "search": search, "replace": replace}]}  # fmt: skip
    try:
        return service.apply(PatchRequest.model_validate(body)).files[0].content
    except ServiceError as error:
        return error.code


def test_a_line_that_the_edit_leaves_out_stays(service: PatchService) -> None:
    search = "    total = first + second\n    store_the_total(total)\n    return total\n"
    assert merged(service, search, search.replace("return total", "return -total")) == BODY.replace(
        "return total", "return -total"
    )


def test_a_line_that_the_edit_imagines_does_not_come(service: PatchService) -> None:
    search = "    total = first + second\n    imagined()\n    log_the_total(total)\n    store_the_total(total)\n"
    after = merged(service, search, search.replace("store_the_total(total)", "keep(total)"))
    assert after == BODY.replace("store_the_total(total)", "keep(total)")


def test_lines_go_only_where_a_neighbour_says_that_they_are_meant(service: PatchService) -> None:
    search = (
        "def alpha(first, second):\n    imagined_one()\n    log_the_total(total)\n    imagined_two()\n"
        "    store_the_total(total)\n    return total\n"
    )
    assert merged(service, search, search.replace("    log_the_total(total)\n", "")) == "differs"


def test_new_lines_come_only_between_lines_that_are_neighbours(service: PatchService) -> None:
    search = "    total = first + second\n    store_the_total(total)\n    return total\n"
    between = "    total = first + second\n    new()\n    store_the_total(total)\n    return total\n"
    assert merged(service, search, between) == "differs"
    beside = search + "    # the end\n"
    assert merged(service, search, beside) == BODY.replace("    return total\n", "    return total\n    # the end\n")
    imagined = "def alpha(first, second):\n    imagined()\n    log_the_total(total)\n    store_the_total(total)\n"
    after_it = imagined.replace("imagined()\n", "imagined()\n    new()\n")
    assert merged(service, imagined, after_it) == "differs"


def test_two_regions_that_are_alike_are_refused(service: PatchService) -> None:
    twice = BODY + BODY.replace("alpha", "beta").replace("omega", "psi").replace("log_the", "print_the")
    search = "    total = first + second\n    other()\n    store_the_total(total)\n    return total\n"
    assert merged(service, search, search.replace("return total", "return 0"), twice) == "ambiguous"


def test_a_line_of_the_edit_that_stands_elsewhere_is_a_sign_of_another_place(service: PatchService) -> None:
    search = "def omega(first, second):\n    total = first + second\n    product = first * second\n    return product\n"
    assert merged(service, search, search.replace("return product", "return 0")) == "ambiguous"
    nowhere = search.replace("total = first + second", "imagined_total()")
    after = merged(service, nowhere, nowhere.replace("return product", "return 0"))
    assert after == BODY.replace("return product", "return 0")


def test_the_first_line_s_indentation_alone_may_be_missing(service: PatchService) -> None:
    assert merged(service, "log_the_total(total)\n    store_the_total(total)\n", "log_all(total)\n") == BODY.replace(
        "    log_the_total(total)\n    store_the_total(total)\n", "    log_all(total)\n"
    )
    gone = merged(service, "log_the_total(total)\n    store_the_total(total)\n", "")
    assert gone == BODY.replace("    log_the_total(total)\n    store_the_total(total)\n", "")
    unclear = merged(service, "log_the_total(total)\n    store_the_total(total)\n", "if total:\nstore(total)\n")
    assert unclear == "indentation_unclear"


@pytest.mark.parametrize(
    ("pairs", "line", "expected"),
    [
        ([("a", "a")], "  b", "  b"), ([("a", "    a"), ("  b", "      b")], "    c", "        c"),
        ([("    a", "a"), ("      b", "  b")], "        c", "    c"), ([("    a", "a")], "b", None),
        ([("\ta", "    a")], "\t\tb", "        b"),
        ([("  a", "    a"), ("    b", "        b")], "      c", "            c"),
        ([("\ta", "        a"), ("\t\tb", "            b")], "\t\t\tc", "                c"),
        ([("  a", "\ta"), ("    b", "\t\tb")], "   c", None), ([("a", "  a"), ("  b", "  b")], "c", None),
        ([("a", "  a"), ("a", "    a")], "c", None), ([(" \ta", "\t a")], "\tc", None), ([("  a", "\ta")], "  ", "  "),
        ([("  a", "        a"), ("    b", "    b")], "c", None),
    ],
)  # fmt: skip
def test_indentation_follows_one_rule_or_none(pairs: list[tuple[str, str]], line: str, expected: str | None) -> None:
    assert Indentation(pairs).of(line) == expected


def test_a_comparison_has_a_bound() -> None:
    same, other = ["x", "y"] * 4_000, ["y", "x"] * 4_000
    assert line_opcodes(same, other)[0][0] in {"equal", "replace"}
    assert line_opcodes(["a", "b", "c"], ["a", "c"]) == [
        ("equal", 0, 1, 0, 1),
        ("replace", 1, 2, 1, 1),
        ("equal", 2, 3, 1, 2),
    ]
    assert line_opcodes([], []) == []
