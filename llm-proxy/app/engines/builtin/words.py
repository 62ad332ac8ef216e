"""The words that composed screens and answers are made of, in Korean and English."""

from dataclasses import dataclass

from .request_block import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Labels and sentences of one language. `{}` is filled by the caller."""

    search: str
    add: str
    new: str
    delete: str
    save: str
    close: str
    choose: str
    export: str
    detail: str
    conditions: str
    list_of: str
    detail_of: str
    information_of: str
    popup_title: str
    find: str
    basic: str
    more: str
    confirm_save: str
    confirm_delete: str
    date_order: str
    spec_sentence: str
    cannot_modify: str
    cannot_task: str
    cannot_patch: str
    nothing_to_patch: str
    no_data_model: str
    no_citations: str
    sources: str
    answer_intro: str
    no_engine: str
    engine_failed: str


KOREAN = Words(
    search="조회",
    add="추가",
    new="신규",
    delete="삭제",
    save="저장",
    close="닫기",
    choose="선택",
    export="엑셀",
    detail="상세",
    conditions="조회조건",
    list_of="{} 목록",
    detail_of="{} 상세",
    information_of="{} 정보",
    popup_title="{} 등록/수정",
    find="{} 찾기",
    basic="기본 정보",
    more="추가 정보",
    confirm_save="저장하시겠습니까?",
    confirm_delete="삭제하시겠습니까?",
    date_order="{} 항목은 {} 항목보다 늦을 수 없습니다.",
    spec_sentence="'{}' 화면의 명세입니다.",
    cannot_modify="내장 엔진은 이 수정 요청을 규칙으로 처리할 수 없습니다. LLM 엔진을 설정한 뒤 다시 시도해 주세요.",
    cannot_task="내장 엔진은 '{}' 작업을 처리할 수 없습니다. LLM 엔진을 설정한 뒤 다시 시도해 주세요.",
    cannot_patch=(
        "내장 엔진이 규칙으로 처리할 수 있는 수정이 아닙니다. \"'조회'를 '검색'으로 바꿔줘\"처럼 무엇을 무엇으로 "
        "바꿀지 적거나, LLM 엔진을 설정한 뒤 다시 시도해 주세요."
    ),
    nothing_to_patch="보낸 코드에 '{}'이(가) 없어 바꾼 것이 없습니다.",
    no_data_model="데이터 모델과 화면 유형이 없어 화면 명세를 만들 수 없습니다.",
    no_citations="등록된 지식에서 이 질문과 관련된 내용을 찾지 못했습니다.",
    sources="출처",
    answer_intro="등록된 지식에서 찾은 내용입니다.",
    no_engine=(
        "설정된 LLM 엔진이 없어 대화에 답할 수 없습니다. 관리 콘솔의 엔진 메뉴에서 vLLM, Ollama, llama.cpp 또는 OpenAI "
        "호환 서버를 등록하거나, 환경 변수 FRAMEWRIGHT_ENGINE_URL, FRAMEWRIGHT_ENGINE_KIND, FRAMEWRIGHT_ENGINE_MODEL을 "
        "지정한 뒤 다시 시작해 주세요. 화면 생성은 엔진 없이도 동작합니다."
    ),
    engine_failed="요청한 LLM 엔진이 응답하지 않아 대화에 답할 수 없습니다. 원인: {}",
)
ENGLISH = Words(
    search="Search",
    add="Add",
    new="New",
    delete="Delete",
    save="Save",
    close="Close",
    choose="Select",
    export="Excel",
    detail="Detail",
    conditions="Search conditions",
    list_of="{} list",
    detail_of="{} details",
    information_of="{} information",
    popup_title="{} entry",
    find="Find {}",
    basic="Basics",
    more="More",
    confirm_save="Do you want to save?",
    confirm_delete="Do you want to delete?",
    date_order="{} can't be later than {}.",
    spec_sentence="This is the spec of the screen '{}'.",
    cannot_modify="The built-in engine can't make this change by rule. Set an LLM engine and try again.",
    cannot_task="The built-in engine can't serve the task '{}'. Set an LLM engine and try again.",
    cannot_patch=(
        "The built-in engine can't make this change by rule. Say what is to become what, as in "
        "\"rename 'load' to 'fetch'\", or set an LLM engine and try again."
    ),
    nothing_to_patch="The code that was sent has no '{}', so nothing was changed.",
    no_data_model="A screen spec needs a data model and a screen pattern, and the request has none.",
    no_citations="The registered knowledge holds nothing about this question.",
    sources="Sources",
    answer_intro="This is what the registered knowledge says.",
    no_engine=(
        "No LLM engine is set, so there is nobody to chat with. Register a vLLM, Ollama, llama.cpp or "
        "OpenAI-compatible server under Engines in the console, or set FRAMEWRIGHT_ENGINE_URL, "
        "FRAMEWRIGHT_ENGINE_KIND and FRAMEWRIGHT_ENGINE_MODEL and start again. "
        "Screens are generated without an engine too."
    ),
    engine_failed="The LLM engine that was asked for does not answer. Reason: {}",
)


def words_of(language: Language) -> Words:
    return KOREAN if language == "ko" else ENGLISH
