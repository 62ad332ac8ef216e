"""The committed reference is what the committed openapi.json files say, and leaves none of their paths out."""

import importlib.util
import json
from types import ModuleType

import pytest
from compose_file import ROOT


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("api_reference", ROOT / "deploy" / "api_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_current(reference: ModuleType) -> None:
    made = reference.pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "api").glob("*.md")}
    assert [name for name in made if there.get(name) != made[name]] == [], "make api-docs"
    assert set(there) == set(made)


def test_every_path_and_type_is_there(reference: ModuleType) -> None:
    made = reference.pages()
    for service in reference.SERVICES:
        document = json.loads((ROOT / service / "openapi.json").read_text(encoding="utf-8"))
        page = made[f"{service}.md"]
        for path, operations in document["paths"].items():
            for method in operations:
                assert f"\n## {method.upper()} {path}\n" in page
        for name in document["components"]["schemas"]:
            assert f"\n### {name}\n" in page


def test_every_service_with_an_api_has_a_page(reference: ModuleType) -> None:
    assert {path.parent.name for path in ROOT.glob("*/openapi.json")} == set(reference.SERVICES)
