"""What a prompt wants done on a screen: saving makes it editable, and what no screen does is said."""

import pytest
from app.features.intents.buttons import Buttons, read_buttons
from app.features.intents.schemas import IntentRequest, IntentResponse
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon


async def understand(lexicon: Lexicon, prompt: str) -> IntentResponse:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    return await service.understand(IntentRequest(prompt=prompt))


@pytest.mark.parametrize(
    ("prompt", "buttons"),
    [
        ("버튼: 조회, 저장, 엑셀", Buttons(saves=True)),
        ("하단에 저장, 상신 버튼을 두어 주세요", Buttons(saves=True, unmade=("상신",))),
        ("엑셀 저장 버튼이 있는 조회 화면", Buttons()),
        ("Buttons: Search, New, Save, Print", Buttons(saves=True, unmade=("Print",))),
        ("with approve and reject buttons", Buttons(unmade=("approve", "reject"))),
        ("퇴실처리 버튼 누르면 시각 갱신", Buttons(unmade=("퇴실처리",))),
        ("실사수량만 수정 가능", Buttons(saves=True)),
        ("수정 가능 여부 컬럼", Buttons()),
        ("급여대장 엑셀 업로드해서 등록", Buttons(unmade=("엑셀 업로드",))),
        ("사원 목록 화면", Buttons()),
    ],
)
def test_buttons_are_told_by_what_they_do(prompt: str, buttons: Buttons) -> None:
    assert read_buttons(prompt) == buttons


@pytest.mark.parametrize(
    ("prompt", "pattern"),
    [
        ("조회조건: 부서, 성명\n그리드: 사번, 성명, 부서\n버튼: 조회, 저장", "multi_save"),
        ("조회조건: 부서, 성명\n그리드: 사번, 성명, 부서\n버튼: 조회, 엑셀", "list"),
        ("재고실사 조회 화면. 품번, 품명, 전산수량, 실사수량 나오고 실사수량만 수정 가능", "multi_save"),
        ("Calibration list. Fields: tag, date, result. Buttons: Search, New, Save", "multi_save"),
    ],
)
async def test_a_list_with_a_save_button_can_be_edited(lexicon: Lexicon, prompt: str, pattern: str) -> None:  # R1.2
    assert (await understand(lexicon, prompt)).pattern == pattern


async def test_buttons_are_no_fields_and_what_is_not_made_is_said(lexicon: Lexicon) -> None:
    prompt = "Approval inbox: list of documents. doc no, title, drafter, current step. Buttons: approve, reject."
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    assert [field.name for field in answer.data_model.entities[0].fields] == [
        "doc_no",
        "title",
        "drafter",
        "current_step",
    ]
    [warning] = [item for item in answer.warnings if item.code == "action_not_made"]
    assert warning.message.startswith("approve, reject: ")


async def test_in_a_form_saving_is_applying(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "휴가 신청서 화면, 신청 버튼")
    assert answer.pattern == "form"
    assert not [item for item in answer.warnings if item.code == "action_not_made"]


@pytest.mark.parametrize(
    ("prompt", "pattern"),
    [
        ("회의록 등록. 회의일시, 장소, 참석자, 안건", "form"),
        ("외환 매매 딜 입력. 딜번호, 통화쌍, 계약환율", "form"),
        ("자재 불출 요청서 - 요청번호, 요청부서, 자재코드", "form"),
        ("개발 요청서\n화면명: 교정 이력 조회\n조회조건: 장비번호", "list"),
        ("비밀번호 변경 팝업. 현재 비밀번호, 새 비밀번호", "form"),
        ("고객 목록 화면, 등록 팝업", "list_popup"),
        ("로그인 화면 만들어줘", "form"),
        ("구매 요청서 목록", "list"),
    ],
)
async def test_what_is_entered_one_by_one_is_a_form(lexicon: Lexicon, prompt: str, pattern: str) -> None:  # R1.2
    assert (await understand(lexicon, prompt)).pattern == pattern


async def test_a_password_that_is_typed_twice_is_two_fields(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "비밀번호 변경 팝업. 현재 비밀번호, 새 비밀번호, 새 비밀번호 확인")
    assert answer.data_model is not None
    labels = [field.label for field in answer.data_model.entities[0].fields]
    assert labels[-3:] == ["현재 비밀번호", "새 비밀번호", "새 비밀번호 확인"]


@pytest.mark.parametrize(
    "prompt",
    [
        "ALTER TABLE TB_BATCH_LOG ADD (ERR_MSG VARCHAR2(4000));",
        "ALTER TABLE TB_EMP ADD (EMAIL VARCHAR2(100)); 이거 반영해줘",
        "make it blue",
        'rename the "Title" column to "Subject" and make it required',
        "저장 버튼 누르면 확인 메시지 띄우게 바꿔줘",
        "저장 버튼 누르면 저장하시겠습니까 물어보게 바꿔줘",
    ],
)
async def test_a_change_is_a_change_without_a_screen_too(lexicon: Lexicon, prompt: str) -> None:  # R1.1
    answer = await understand(lexicon, prompt)
    assert (answer.kind, [item.code for item in answer.warnings]) == ("modify", ["no_base"])
