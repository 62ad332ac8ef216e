"""What the pipeline says to people, in Korean and English."""

import re

_HANGUL = re.compile(r"[\uac00-\ud7a3\u3131-\u318e]")

_TEXTS: dict[str, tuple[str, str]] = {
    "intent.generate": ("화면 생성 요청입니다", "A request to generate a screen"),
    "intent.modify": ("이전 결과를 수정하는 요청입니다", "A request to modify an earlier result"),
    "intent.question": ("질문입니다", "A question"),
    "intent.unsupported": ("지원하지 않는 요청입니다", "A request that can't be served"),
    "data_model": ("개체 {entities}개, 필드 {fields}개", "{entities} entities, {fields} fields"),
    "knowledge": ("지식 {hits}건을 찾았습니다", "{hits} pieces of knowledge found"),
    "artifacts": ("만들 파일: {files}", "Files to make: {files}"),
    "artifacts.default": ("만들 파일: 기본 구성", "Files to make: the default set"),
    "prompt": ("프롬프트 {messages}개 메시지", "A prompt of {messages} messages"),
    "relay": ("질문에 대한 답: {answer}", "Answer to the question: {answer}"),
    "relay.default": ("답이 없어 기본값을 사용합니다", "No answer came; the default is used"),
    "engine": ("{engine} 응답 {characters}자", "{engine} answered with {characters} characters"),
    "analysis": ("화면 명세를 확인했습니다", "The screen spec was read"),
    "analysis.files": ("파일 {files}개를 읽었습니다", "{files} files were read"),
    "analysis.answer": ("답변을 확인했습니다", "The answer was read"),
    "postprocess": ("파일 {files}개, 수정 {fixes}건", "{files} files, {fixes} fixes"),
    "engine_said": ("엔진의 설명: {text}", "The engine said: {text}"),
    "part_asked": (
        "오류가 남은 부분 {parts}곳을 엔진에 다시 묻습니다.",
        "The engine is asked again for {parts} parts with errors.",
    ),
    "part_not_mended": (
        "오류가 남은 부분을 엔진이 고치지 못했습니다. ({reason})",
        "The engine did not mend the parts with errors. ({reason})",
    ),
    "result": ("결과가 준비되었습니다", "The result is ready"),
    "knowledge_unavailable": (
        "지식 검색을 사용할 수 없어 지식 없이 진행합니다. ({reason})",
        "The knowledge search is not available; going on without knowledge. ({reason})",
    ),
    "prompt_unavailable": (
        "프롬프트 템플릿을 사용할 수 없어 기본 프롬프트로 진행합니다. ({reason})",
        "The prompt templates are not available; going on with a bare prompt. ({reason})",
    ),
    "question_default": (
        "질문할 수 없는 호출이므로 기본값으로 진행합니다: {question}",
        "This caller can't be asked; going on with the default: {question}",
    ),
    "question_timeout": (
        "답변 시간이 지나 기본값으로 진행합니다: {question}",
        "No answer came in time; going on with the default: {question}",
    ),
    "engine_fallback": (
        "요청한 엔진 대신 {engine} 엔진이 답했습니다. ({reason})",
        "The engine {engine} answered in place of the one asked for. ({reason})",
    ),
    "engine_failed": (
        "엔진이 실패하여 내장 엔진으로 진행합니다. ({reason})",
        "The engine failed; going on with the built-in one. ({reason})",
    ),
    "engine_answer_unusable": (
        "엔진의 답을 사용할 수 없어 내장 엔진으로 만들었습니다. ({reason})",
        "The engine's answer could not be used; the built-in engine made the result. ({reason})",
    ),
    "direct_needs_a_model": (
        "내장 엔진은 파일을 직접 쓰지 않으므로 화면 명세에서 파일을 만듭니다.",
        "The built-in engine writes no files itself; they are made from a screen spec.",
    ),
    "spec_unusable": (
        "엔진의 화면 명세를 사용할 수 없어 파일을 직접 쓰게 합니다. ({reason})",
        "The engine's screen spec could not be used; it is asked for the files themselves. ({reason})",
    ),
    "no_base": (
        "수정할 대상이 없습니다. base_generation_id에 이전 생성의 ID를 지정하거나 수정할 파일을 첨부하세요.",
        "There is nothing to modify: name the earlier generation in base_generation_id, or attach the files.",
    ),
    "code_changed": ("보낸 파일 가운데 {files}개를 수정했습니다", "{files} of the files sent were changed"),
    "code_unchanged": (
        "보낸 코드를 수정하지 못했습니다. {reason}",
        "The code that was sent could not be changed. {reason}",
    ),
    "modify_failed": (
        "엔진이 수정된 화면 명세를 만들지 못했습니다. ({reason}) 다른 엔진을 설정하거나 명세를 직접 수정하세요.",
        "The engine gave no valid modified spec. ({reason}) Set another engine, or edit the spec itself.",
    ),
    "modify_unchanged": (
        "엔진 {engine}의 답이 원래 화면과 같아 수정되지 않았습니다. 다른 엔진을 설정하거나 명세를 직접 수정하세요.",
        "The engine {engine} gave the original screen back unmodified. Set another engine, or edit the spec itself.",
    ),
    "engine_useless": (
        "엔진 {engine}이 사용할 수 있는 답을 주지 않았습니다. ({reason})",
        "The engine {engine} gave no usable answer. ({reason})",
    ),
    "stopped": (
        "게이트웨이가 중지되어 생성이 끝나지 못했습니다. 다시 요청하세요.",
        "The gateway was stopped before the generation ended. Ask again.",
    ),
    "taken_over": (
        "생성을 실행하던 게이트웨이가 사라져 다른 게이트웨이가 처음부터 이어서 진행합니다.",
        "The gateway that ran this generation is gone; another one does it again from the start.",
    ),
    "retrying": (
        "생성이 실패하여 {seconds}초 뒤에 다시 시도합니다 ({attempt}/{attempts}). ({reason})",
        "The generation failed; it is tried again in {seconds} s ({attempt} of {attempts}). ({reason})",
    ),
    "deadline": (
        "요청한 시간 안에 생성이 끝나지 못했습니다. (단계: {stage})",
        "The generation did not end within the time that the request gave it. (stage: {stage})",
    ),
    "orphaned": (
        "생성을 실행하던 게이트웨이가 사라져 생성이 끝났습니다. 다시 요청하세요.",
        "The gateway that ran this generation is gone, so the generation was ended. Ask again.",
    ),
}


def language_of(text: str) -> str:
    """The language of a prompt as far as its script tells: `ko` or `en`."""
    return "ko" if _HANGUL.search(text) else "en"


def say(language: str, key: str, **values: object) -> str:
    """The text of `key` in the language; English for any but Korean."""
    korean, english = _TEXTS[key]
    return (korean if language == "ko" else english).format(**values)
