"""Parts, tabs, types and marks as people write them, and what the readers make of them."""

import pytest
from app.features.intents.schemas import IntentRequest
from app.features.intents.service import IntentService
from app.parsing.sources import read_sources
from app.parsing.usual_forms import in_usual_forms
from app.vocabulary.lexicon import Lexicon

from screenspec.data_model import Entity


async def entities(lexicon: Lexicon, prompt: str) -> list[Entity]:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    answer = await service.understand(IntentRequest(prompt=prompt))
    assert answer.data_model is not None
    return answer.data_model.entities


def labels(entity: Entity) -> list[str]:
    return [field.label for field in entity.fields if field.origin == "stated"]


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("- 위: 청구번호 / 현장 / 청구일", "- 위: 청구번호, 현장, 청구일"),
        ("결과: 합격 / 불합격", "결과: 합격 / 불합격"),
        ("탭으로\n탭1 기본정보: 사번, 성명", "탭으로\n기본정보 탭: 사번, 성명"),
        ("탭으로\n[보험] 보험유형, 증번호", "탭으로\n보험 탭: 보험유형, 증번호"),
        ("chart with tabs\nVitals tab - pulse, weight", "chart with tabs\nVitals tab: pulse, weight"),
        ("추천번호*, 학번*, 추천사유", "추천번호(필수), 학번(필수), 추천사유"),
        ("SELECT * FROM T", "SELECT * FROM T"),
        ("기준가=숫자(2)\n펀드명=문자", "기준가: 숫자(2)\n펀드명: 문자"),
        ("배출번호 C(12), 배출일 D, 배출량 N(10,3)", "배출번호 varchar(12), 배출일 date, 배출량 number(10,3)"),
        ("Header 영역에 PO No\nLine 영역에 수량", "헤더 영역에 PO No\n라인 영역에 수량"),
        ("4) 계약시작일 / 계약종료일", "4) 계약시작일\n4) 계약종료일"),
        ("- 성별: 남 / 여", "- 성별: 남 / 여"),
    ],
)  # fmt: skip
def test_what_is_written_in_another_way(written: str, usual: str) -> None:
    assert in_usual_forms(written) == usual


async def test_tabs_by_number_are_all_there(lexicon: Lexicon) -> None:  # R1.2
    prompt = "거래처 등록 화면인데 탭으로.\n탭1 기본정보: 거래처코드, 거래처명\n탭2 담당자: 담당자명, 직책, 이메일\n"
    [entity] = await entities(lexicon, prompt)
    assert labels(entity) == ["거래처코드", "거래처명", "담당자명", "직책", "이메일"]


async def test_header_and_line_in_latin_letters_are_two_parts(lexicon: Lexicon) -> None:  # R1.2
    prompt = "PO 관리. Header 영역에 PO No, Vendor, 총금액 이 있고\nLine 영역에 Line No, 자재코드, 납기일자\n"
    upper, lower = await entities(lexicon, prompt)
    assert [field.name for field in upper.fields] == ["po_no", "vendor", "total_amount"]
    assert labels(lower)[-3:] == ["Line No", "자재코드", "납기일자"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("VOC 화면\nㅇ VOC번호\nㅇ 접수채널(전화/매장)\nㅇ 불만내용\n", ["VOC번호", "접수채널", "불만내용"]),
        ("시험성적서 발행 화면(성적서번호·의뢰업체·합부판정·발행일)", ["성적서번호", "의뢰업체", "합부판정", "발행일"]),
        ("private String bidNo;   // 입찰번호\nprivate String bidTitle; // 입찰명\n목록 화면", ["bidNo", "bidTitle"]),
        ("const columns = [\n { field: 'acctNo', type: 'string' },\n { field: 'txAmt', type: 'number' },\n];\n목록",
         ["acctNo", "txAmt"]),
        ("화면명 | 세미나실 예약 등록\n입력항목 | 세미나실, 예약일, 사용인원\n버튼 | 저장\n",
         ["세미나실", "예약일", "사용인원"]),
        ("GL popup. search by account code / account name, columns account code, account name, currency",
         ["account code", "account name", "currency"]),
        ("shipment list with vessel, port of loading, purpose of visit and gross weight in kg",
         ["vessel", "port of loading", "purpose of visit", "gross weight"]),
    ],
)  # fmt: skip
def test_items_in_many_notations(lexicon: Lexicon, prompt: str, names: list[str]) -> None:  # R1.2
    [entity] = read_sources(prompt, [], lexicon.field_names).model.entities
    assert [field.name for field in entity.fields] == names


async def test_a_list_of_values_in_capitals_is_none_of_fields(lexicon: Lexicon) -> None:
    [entity] = await entities(lexicon, "user 관리 screen. userId, userName, role(ADMIN/USER), lastLoginAt, 사용여부")
    assert [field.name for field in entity.fields] == ["user_id", "user_name", "role", "last_login_at", "use_yn"]


async def test_a_comment_says_the_label_and_the_key(lexicon: Lexicon) -> None:
    prompt = (
        "public class DonorVO {\n  private String donorId; // 헌혈자번호 (PK)\n  private String donorNm; // 헌혈자명\n}"
    )
    [entity] = await entities(lexicon, prompt)
    assert [(field.label, field.key) for field in entity.fields] == [("헌혈자번호", True), ("헌혈자명", False)]
