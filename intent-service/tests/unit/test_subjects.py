"""What a screen is about: all words that the prompt says of it, titles, registers, the names of sources."""

import pytest
from app.features.intents.schemas import IntentRequest, IntentResponse
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon


async def understand(lexicon: Lexicon, prompt: str) -> IntentResponse:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none")
    return await service.understand(IntentRequest(prompt=prompt))


async def subject(lexicon: Lexicon, prompt: str) -> tuple[str, str]:
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    return answer.data_model.entities[0].name, answer.data_model.entities[0].label


@pytest.mark.parametrize(
    ("prompt", "name", "label"),
    [
        ("고객 주문 관리 화면", "customer_order", "고객 주문"),
        ("금형 이력카드 조회", "mold_history_card", "금형 이력카드"),
        ("우리 부서 직원 목록", "employee", "직원"),
        ("급식 식단표 관리 - 일자, 메뉴명", "meal_plan", "급식 식단표"),
        ("Show overdue invoices. Columns: invoice number, due date", "overdue_invoice", "Overdue invoice"),
        (
            "Screen: Equipment Calibration\nFields:\n* Tag - text(20), key\n* Due - date",
            "equipment_calibration",
            "Equipment calibration",
        ),
        ("screen to record chemical spills: date, place, volume", "chemical_spill", "Chemical spill"),
        ("공문 접수대장 : 접수번호, 접수일, 제목", None, "공문 접수대장"),
        ("성적처리 - 학번·성명·총점·학점", None, "성적처리"),
        ("화면명: 차량 정비\n그리드: 정비번호, 정비일", None, "차량 정비"),
        (
            "테이블명: TB_DONATION (기부내역)\n컬럼: DNT_NO 기부번호 VARCHAR2(15) PK\n      DNT_AMT 기부금액 NUMBER(15)",
            "donation",
            "기부",
        ),
        ("그냥 엑셀처럼 입력하는 화면. 날짜 내용 금액 세칸", "record", "자료"),
        ("전표번호 일자 차변계정 대변계정 금액 적요 분개장 조회", None, "분개장"),
        ("계정과목 선택 팝업, 계정코드 계정명 차대구분 나오게", "account_title", "계정과목"),
    ],
)
async def test_a_subject_keeps_its_words(lexicon: Lexicon, prompt: str, name: str | None, label: str) -> None:  # R1.2
    found = await subject(lexicon, prompt)
    assert found == (name or found[0], label)


@pytest.mark.parametrize(
    ("prompt", "name", "label"),
    [
        ('이 응답으로 목록 뽑아줘\n{"data": [{"pickupId": 8821, "weightKg": 1.5}]}', "pickup", "수거"),
        (
            '{"screen": "품목마스터", "columns": [{"id": "ITEM_CD", "name": "품목코드", "type": "string"}]}\n이걸로 관리화면',
            "item",
            "품목마스터",
        ),
        ('{"items": [{"id": 1, "paid": true}]}\n주문 목록', "order", "주문"),
        (
            "public class PatientTransferDto { private Long transferId; private String fromHospital; }\n전원 의뢰 등록 화면",
            "patient_transfer",
            "전원 의뢰",
        ),
        (
            "CREATE TABLE claim_header (claim_no varchar(20) primary key);\n보험금 청구 화면",
            "claim_header",
            "보험금 청구",
        ),
        ("interface OrderDto { orderId: number; amount: number; }\nlist screen", "order", "Order"),
    ],
)
async def test_a_source_is_about_what_it_and_the_prose_name(
    lexicon: Lexicon, prompt: str, name: str, label: str
) -> None:  # R1.2
    assert await subject(lexicon, prompt) == (name, label)


@pytest.mark.parametrize("prompt", ["컬럼 20개짜리 그리드 샘플", "10칸짜리 표 샘플", "5열 그리드 예시"])
async def test_a_number_of_columns_is_no_subject(lexicon: Lexicon, prompt: str) -> None:  # R1.1
    answer = await understand(lexicon, prompt)
    assert answer.needs_clarification


async def test_what_a_request_is_made_of_is_not_its_key(lexicon: Lexicon) -> None:  # R1.2
    answer = await understand(lexicon, "자재 이력카드: 카드번호, 자재코드, 자재명")
    assert answer.data_model is not None
    assert [field.name for field in answer.data_model.entities[0].fields if field.key] == ["card_number"]


@pytest.mark.parametrize(
    ("prompt", "types"),
    [
        ("열량(kcal), 수분(%), 보관기간(개월) 영양성분 관리", "integer decimal integer"),
        ("CREATE TABLE t (lot_no varchar(20) primary key, strt_dtm date, end_dt date);\n목록", "string datetime date"),
        ("학번·출석(20)·중간(30)·기말(50)·총점 성적 화면", "string decimal decimal decimal decimal"),
    ],
)
async def test_types_behind_units_names_and_weights(lexicon: Lexicon, prompt: str, types: str) -> None:  # R1.2
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    stated = [field for field in answer.data_model.entities[0].fields if field.origin == "stated"]
    assert [field.type for field in stated] == types.split()


async def test_a_column_with_a_unit_is_labelled_with_it(lexicon: Lexicon) -> None:  # R1.2
    answer = await understand(lexicon, "CREATE TABLE t (item_no int primary key, weight_kg decimal(10,2));\n품목 목록")
    assert answer.data_model is not None
    assert answer.data_model.entities[0].fields[1].label == "무게(kg)"
