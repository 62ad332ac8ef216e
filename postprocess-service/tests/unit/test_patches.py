"""The patch engine: where an edit is applied, what it leaves alone, and what is refused with which reason."""

from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.patches.schemas import PatchRequest, PatchResponse
from app.features.patches.service import PatchService

from chassis.errors import Conflict, ServiceError, Unprocessable

CODE = '''import os


def add(a, b):
    """Adds."""
    return a + b


def sub(a, b):
    """Subtracts."""
    return a - b


class Thing:
    def run(self):
        for item in self.items:
            print(item)
            self.done += 1
        return True
'''


@pytest.fixture(scope="module")
def service(frameworks: Frameworks) -> PatchService:
    return PatchService(frameworks)


Files = dict[str, str]


def apply(service: PatchService, files: Files, edits: list[dict[str, Any]] | None = None, **more: Any) -> PatchResponse:
    body = {"files": [{"path": path, "content": content} for path, content in files.items()], "language": "en"}
    return service.apply(PatchRequest.model_validate({**body, "edits": edits, **more}))


def replaced(service: PatchService, before: str, search: str, replace: str) -> tuple[str, str]:
    """The content afterwards, and how the place was found."""
    response = apply(service, {"a.py": before}, [{"path": "a.py", "search": search, "replace": replace}])
    return response.files[0].content, response.edits[0].matched


def refusal(service: PatchService, files: Files, edits: list[dict[str, Any]] | None, **more: Any) -> dict[str, Any]:
    with pytest.raises(ServiceError) as caught:
        apply(service, files, edits, **more)
    failure: dict[str, Any] = caught.value.extra["failures"][0]
    return failure


@pytest.mark.parametrize(
    ("search", "replace", "expected", "level"),
    [
        ("    return a + b\n", "    return b + a\n", "return b + a", "exact"),
        ("a - b", "b - a", "return b - a", "exact"),
        ("return a - b   \n", "return b - a\n", "    return b - a", "indentation"),
        ("for item in  self.items:", "for item in self.things:", "        for item in self.things:", "indentation"),
        ("  for item in self.items:\n      print(item)\n", "  for item in self.items:\n      log(item)\n",
         "            log(item)\n            self.done", "indentation"),
        ("\tfor item in self.items:\n\t\tprint(item)\n", "\tfor item in self.items:\n\t\tif item:\n\t\t\tprint(item)\n",
         "            if item:\n                print(item)\n", "indentation"),
        ("def sub(a, b):\n    return a - b\n", "def sub(a, b):\n    return b - a\n",
         '"""Subtracts."""\n    return b - a', "fuzzy"),
        ('def sub(a, b):\n    # not there at all\n    """Subtracts."""\n    return a - b\n',
         'def sub(a, b):\n    # not there at all\n    """Subtracts."""\n    return b - a\n',
         '"""Subtracts."""\n    return b - a', "anchor"),
        ("\n\ndef sub(a, b):\n\n", "\n\ndef minus(a, b):\n\n", "def minus(a, b):", "whitespace"),
    ],
)  # fmt: skip
def test_an_edit_is_found_level_by_level(  # R4.2
    service: PatchService, search: str, replace: str, expected: str, level: str
) -> None:
    content, matched = replaced(service, CODE, search, replace)
    assert expected in content
    assert matched == level
    changed = [line for line in content.split("\n") if line not in CODE.split("\n")]
    assert len(changed) <= 2, "all other lines are as they were"


def test_lines_that_an_edit_only_names_keep_their_bytes(service: PatchService) -> None:
    before = CODE.replace('    """Adds."""\n', '    """Adds."""   \n')
    content, _ = replaced(
        service, before, '    """Adds."""\n    return a + b\n', '    """Adds."""\n    return b + a\n'
    )  # fmt: skip
    assert content == before.replace("a + b", "b + a")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("bom", ["\ufeff", ""])
@pytest.mark.parametrize("closed", [True, False])
def test_byte_order_mark_and_line_ends_stay(service: PatchService, end: str, bom: str, closed: bool) -> None:
    before = bom + CODE.replace("\n", end)
    before = before if closed else before.removesuffix(end)
    content, _ = replaced(service, before, "        return True\n", "        return False\n        # end\n")
    assert content == before.replace("return True", f"return False{end}        # end")


def test_mixed_line_ends_stay_where_they_are(service: PatchService) -> None:
    content, _ = replaced(service, "a = 1\r\nb = 2\nc = 3\r\n", "b = 2", "b = 3\nb2 = 4")
    assert content == "a = 1\r\nb = 3\nb2 = 4\nc = 3\r\n"


@pytest.mark.parametrize(
    ("search", "replace", "code"),
    [
        ("(a, b):\n", "(a, c):\n", "ambiguous"),
        ("return", "yield", "ambiguous"),
        ("    return a * b\n", "    return a\n", "not_found"),
        ('def sub(a, b):\n    """Subtracts."""\n    return a - c\n',
         'def sub(a, b):\n    """Subtracts."""\n    return 0\n', "differs"),
        ("  ", "x", "empty_search"),
        ("a + b", "a + b", "no_change"),
        ("os", "sys", "search_too_short"),
        ("return a - b", "return (a - b", "does_not_parse"),
        ("Subtract", "Minus", "not_found"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_refused_with_a_reason(  # R4.2
    service: PatchService, search: str, replace: str, code: str
) -> None:
    failure = refusal(service, {"a.py": CODE}, [{"path": "a.py", "search": search, "replace": replace}])
    assert failure["code"] == code
    assert failure["message"]
    if code in {"ambiguous", "differs", "does_not_parse"}:
        assert all(place["text"] for place in failure["places"])


def test_equal_places_are_told_apart_by_their_line(service: PatchService) -> None:
    twice = "x = 1\ny = 2\nx = 1\n"
    edit = {"path": "a.py", "search": "x = 1", "replace": "x = 3", "line": 3}
    assert apply(service, {"a.py": twice}, [edit]).files[0].content == "x = 1\ny = 2\nx = 3\n"
    assert refusal(service, {"a.py": twice}, [{**edit, "line": 2}])["code"] == "ambiguous"


def test_several_files_are_changed_together_or_not_at_all(service: PatchService) -> None:  # R4.2
    good = {"path": "a.py", "search": "a + b", "replace": "b + a"}
    new = {"path": "pkg/new.py", "content": "x = 1\n"}
    response = apply(service, {"a.py": CODE}, [good, new])
    assert {file.path: file.operation for file in response.files} == {"a.py": "modify", "pkg/new.py": "create"}
    for bad in (
        {"path": "a.py", "search": "nothing like it", "replace": ""},
        {"path": "b.py", "search": "x", "replace": "y"},
        {"path": "bad.py", "content": "def (:\n"},
        {"path": "A.py", "content": "x = 1\n"},
    ):
        with pytest.raises(ServiceError) as caught:
            apply(service, {"a.py": CODE}, [good, new, bad])
        assert caught.value.extra["failures"][0]["path"] == bad["path"]
        assert len(caught.value.extra["edits"]) == 3


def test_a_base_that_changed_is_a_conflict(service: PatchService) -> None:  # R4.2
    file = {"path": "a.py", "content": CODE, "sha256": "0" * 64}
    edit = {"path": "a.py", "search": "a + b", "replace": "b + a"}
    with pytest.raises(Conflict) as caught:
        service.apply(PatchRequest.model_validate({"files": [file], "edits": [edit]}))
    assert caught.value.code == "stale_base"


def test_the_same_patch_again_changes_nothing(service: PatchService) -> None:  # R4.2
    edit = {"path": "a.py", "search": "import os\n", "replace": "import os\nimport sys\n"}
    once = apply(service, {"a.py": CODE}, [edit]).files[0].content
    again = apply(service, {"a.py": once}, [edit])
    assert (again.files, again.edits[0].matched) == ([], "already_applied")


@pytest.mark.parametrize(
    "path",
    ["../a.py", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "con.py", "a/NUL", "x.", ".git/hooks/x", "a//b", "./a",
     "~/x", "a\nb", "a:b", "aux .py", "x" * 301],
)  # fmt: skip
def test_paths_stay_inside(service: PatchService, path: str) -> None:
    with pytest.raises((ServiceError, ValueError)) as caught:
        apply(service, {}, [{"path": path, "content": "x"}])
    if isinstance(caught.value, Unprocessable):
        assert caught.value.code == "unsafe_path"


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("a.py", "x = [1]\n", "x = [1\n"), ("a.py", "x = 1\n", "print 'x'\n"), ("a.js", "f();\n", "f(;\n"),
        ("a.ts", "let x: number = 1;\n", "let x: = 1;\n"), ("a.tsx", "const a = <p>x</p>;\n", "const a = <p>x;\n"),
        ("A.java", "class A {}\n", "class A {\n"), ("a.sql", "SELECT 1;\n", "SELECT FROM (;\n"),
        ("a.xml", "<a><b/></a>\n", "<a><b></a>\n"), ("a.json", "{}\n", "{,}\n"), ("a.yaml", "a: [1]\n", "a: [1\n"),
        ("a.py", "x = 1\n", "x = " + "(" * 2_000), ("a.yaml", "a: 1\n", "[" * 2_000),
    ],
)  # fmt: skip
def test_the_result_parses(service: PatchService, path: str, good: str, bad: str) -> None:  # R4.2
    assert apply(service, {}, [{"path": path, "content": good}]).files[0].checked
    assert refusal(service, {}, [{"path": path, "content": bad}])["code"] == "does_not_parse"


def test_a_file_that_did_not_parse_before_must_not_get_worse(service: PatchService) -> None:
    broken = "x = (\ny = 2\nz = 3\n"
    better = apply(service, {"a.py": broken}, [{"path": "a.py", "search": "z = 3", "replace": "z = 4"}])
    assert better.warnings[0].code == "base_does_not_parse"
    worse = {"path": "a.py", "search": "z = 3", "replace": "z = 4\n)\n)\n]"}
    assert refusal(service, {"a.py": broken}, [worse])["code"] == "does_not_parse"


def test_a_mapper_s_document_type_is_no_fault(service: PatchService) -> None:
    mapper = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" '
        '"http://mybatis.org/dtd/mybatis-3-mapper.dtd">\n<mapper namespace="a"/>\n'
    )
    edit = {"path": "m.xml", "search": 'namespace="a"', "replace": 'namespace="b"'}
    assert apply(service, {"m.xml": mapper}, [edit]).files[0].checked


def test_edits_of_the_same_lines_are_refused_and_neighbours_are_not(service: PatchService) -> None:
    text = "a = 1\nb = 2\nc = 3\n"
    edits = [{"path": "a.py", "search": "a = 1\nb = 2", "replace": "a = 9\nb = 2"},
             {"path": "a.py", "search": "b = 2\nc = 3", "replace": "b = 2\nc = 9"}]  # fmt: skip
    assert apply(service, {"a.py": text}, edits).files[0].content == "a = 9\nb = 2\nc = 9\n"
    same = [edits[0], {"path": "a.py", "search": "a = 1", "replace": "a = 7"}]
    assert refusal(service, {"a.py": text}, same)["code"] == "overlap"


def test_encodings_are_kept_and_what_they_can_not_write_is_refused(service: PatchService) -> None:
    file = {"path": "a.txt", "content": "조회\n", "encoding": "cp949"}
    body = {"files": [file], "edits": [{"path": "a.txt", "search": "조회", "replace": "검색"}]}
    patched = service.apply(PatchRequest.model_validate(body)).files[0]
    assert patched.encoding == "cp949"
    body["edits"] = [{"path": "a.txt", "search": "조회", "replace": "🙂"}]
    with pytest.raises(Unprocessable) as caught:
        service.apply(PatchRequest.model_validate(body))
    assert caught.value.code == "not_encodable"


def test_a_diff_is_ours_whatever_the_edit_was(service: PatchService) -> None:
    whole = CODE.replace("a - b", "b - a").rstrip("\n")
    patched = apply(service, {"a.py": CODE}, [{"path": "a.py", "content": whole}]).files[0]
    assert patched.content == CODE.replace("a - b", "b - a"), "the file's own end stays"
    assert patched.diff.split("\n")[2].startswith("@@ -8,7 +8,7 @@")
    assert "-    return a - b\n+    return b - a\n" in patched.diff


def test_lines_of_a_file_are_replaced_as_a_whole(service: PatchService) -> None:
    edit = {"path": "a.py", "content": "    return b - a\n", "first_line": 11, "last_line": 11}
    assert "return b - a" in apply(service, {"a.py": CODE}, [edit]).files[0].content
    assert refusal(service, {"a.py": CODE}, [{**edit, "last_line": 99}])["code"] == "bad_range"
