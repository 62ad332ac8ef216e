"""What stands below a parent: the keys of its lines, and the fields that are made up for them."""

import pytest
from app.features.intents.schemas import IntentRequest
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon

from screenspec.data_model import DataModel


async def model_of(lexicon: Lexicon, prompt: str) -> DataModel:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    answer = await service.understand(IntentRequest(prompt=prompt))
    assert answer.data_model is not None
    return answer.data_model


@pytest.mark.parametrize(
    ("prompt", "key"),
    [
        ("점검표. 상단 마스터: 점검번호, 설비명, 점검일 / 하단 디테일: 순번, 점검항목, 판정",
         ["check_number", "sequence"]),
        ("master detail. master: claim_no, patient_name. detail: line_no, procedure_code, amount",
         ["claim_no", "line_no"]),
        ("마스터는 창고코드, 창고명이고 디테일은 창고코드, 품번, 수량", ["warehouse_code", "item_code"]),
        ("마스터는 창고코드, 창고명이고 디테일은 창고코드, 수량, 비고", ["sequence", "warehouse_code"]),
        ("마스터는 부서, 디테일은 사원(사번, 이름, 직급) 화면", ["employee_number"]),
    ],
)  # fmt: skip
async def test_a_line_is_told_apart_by_its_parents_key_and_its_own(
    lexicon: Lexicon, prompt: str, key: list[str]
) -> None:  # R1.2
    model = await model_of(lexicon, prompt)
    parent, lines = model.entities
    assert [field.name for field in lines.fields if field.key] == key
    [relation] = model.relations
    assert relation.child_fields == [field.name for field in parent.fields if field.key]


@pytest.mark.parametrize(
    ("prompt", "columns"),
    [
        ("판매 마스터 디테일 화면", ["sequence", "item_name", "quantity", "unit_price", "amount", "remark"]),
        ("회의 마스터 디테일 화면", ["sequence", "category", "description", "date", "remark"]),
        ("Training master-detail screen", ["sequence", "category", "description", "date", "remark"]),
    ],
)
async def test_only_what_is_traded_has_lines_with_items_and_prices(
    lexicon: Lexicon, prompt: str, columns: list[str]
) -> None:
    model = await model_of(lexicon, prompt)
    keys = len(model.relations[0].child_fields)
    assert [field.name for field in model.entities[1].fields][keys:] == columns
