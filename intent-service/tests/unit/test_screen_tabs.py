"""Screens whose fields are listed by tabs: one thing, whose fields are all there. R1.2"""

import pytest
from app.features.intents.schemas import IntentRequest
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon


@pytest.mark.parametrize(
    ("prompt", "pattern", "expected"),
    [
        ("탭 3개로 나눠줘. 기본정보 탭: 매장코드, 매장명. 주소 탭: 우편번호, 주소. 담당자 탭: 이메일. 매장 등록화면",
         "form", {"store": ["매장코드", "매장명", "우편번호", "주소", "이메일"]}),
        ("사원 등록. 기본 탭(사번, 성명, 입사일) 급여 탭(은행, 계좌번호)",
         "form", {"employee": ["사번", "성명", "입사일", "은행", "계좌번호"]}),
        ("차량 관리 화면. 탭1: 기본정보(차량번호, 차종), 탭2: 보험정보(보험사, 만기일, 보험료)",
         "form", {"vehicle": ["차량번호", "차종", "보험사", "만기일", "보험료"]}),
        ("인허가 신청 목록 조회, 선택한 건의 신청인 정보(성명, 연락처)와 건축물 정보(지번, 용도)를 탭으로 표시",
         "list_detail", {"permit": ["성명", "연락처", "지번", "용도"]}),
        ("설비 화면. 기본정보 탭에는 설비코드, 설비명이 있고 정비이력 탭에는 정비일, 비용이 있다",
         "master_detail", {"equipment": ["설비코드", "설비명"], "equipment_maintenance": ["정비일", "비용"]}),
        ("The order form should have tabs: general (order no, date) and shipping (address, carrier)",
         "form", {"order": ["Order no", "Date", "Address", "Carrier"]}),
        ("Customer screen. General tab: name, type. Contact tab: phone, email, address",
         "form", {"customer": ["Name", "Type", "Phone", "Email", "Address"]}),
    ],
)  # fmt: skip
async def test_the_fields_of_all_tabs_are_there(
    lexicon: Lexicon, prompt: str, pattern: str, expected: dict[str, list[str]]
) -> None:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    answer = await service.understand(IntentRequest(prompt=prompt))
    assert answer.pattern == pattern
    assert answer.data_model is not None
    assert {
        entity.name: [field.label for field in entity.fields if field.origin == "stated"]
        for entity in answer.data_model.entities
    } == expected
