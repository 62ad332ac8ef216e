"""What the command says, in Korean and English."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["ko", "en"]

_TEXTS: dict[str, tuple[str, str]] = {
    "stage.intent": ("의도 파악", "intent"),
    "stage.data_model": ("데이터 모델", "data model"),
    "stage.knowledge": ("지식 검색", "knowledge"),
    "stage.artifacts": ("산출물 정의", "artifacts"),
    "stage.prompt": ("프롬프트 조립", "prompt"),
    "stage.engine": ("생성 엔진", "engine"),
    "stage.relay": ("질문 전달", "questions"),
    "stage.analysis": ("응답 분석", "analysis"),
    "stage.postprocess": ("후처리", "post-processing"),
    "stage.result": ("결과", "result"),
    "fallback": ("대체 동작", "fallback"),
    "reset": ("{stage}: 다시 시도합니다 ({reason})", "{stage}: trying again ({reason})"),
    "warning": ("주의: {message}", "warning: {message}"),
    "characters": ("{count:,}자", "{count:,} characters"),
    "resumed": ("연결이 끊겨 이어서 받습니다.", "The connection was cut: resuming."),
    "answer": ("답변", "Answer"),
    "default": ("기본값", "default"),
    "default_taken": ("시간이 지나 기본값으로 진행합니다.", "Time is over: going on with the default."),
    "written": ("파일 {count}개를 {folder}에 저장했습니다.", "Wrote {count} files to {folder}"),
    "done": ("완료: {seconds:.1f}초, 엔진 {engine}", "Done in {seconds:.1f} s by {engine}"),
    "degraded": (
        "요청한 엔진 대신 {engine} 엔진의 결과입니다.",
        "This result comes from the engine {engine} instead of the one asked for.",
    ),
    "failed": ("실패: {detail}", "Failed: {detail}"),
    "cancelled": ("취소되었습니다.", "Cancelled."),
    "unsupported": ("처리할 수 없는 요청입니다: {reason}", "This request can't be served: {reason}"),
    "alternatives": ("이렇게 요청해 보세요:", "What can be asked instead:"),
    "no_hits": ("찾은 지식이 없습니다.", "Nothing found."),
    "unreachable": (
        "서버에 연결할 수 없습니다: {reason}\n로컬 메시는 `make serve`로 시작합니다.",
        "The mesh can't be reached: {reason}\n`make serve` starts the local one.",
    ),
    "no_key": (
        "키가 거부되었습니다: {reason}\nFRAMEWRIGHT_API_KEY를 설정하거나 .framewright 폴더가 있는 곳에서 실행하세요.",
        "The key was refused: {reason}\nSet FRAMEWRIGHT_API_KEY, or run where the folder .framewright is.",
    ),
    "unsafe": ("파일을 저장하지 않았습니다: {reason}", "No file was written: {reason}"),
    "pack_error": ("오류", "error"),
    "pack_warning": ("주의", "warning"),
    "pack_tried": (
        "오류 {errors}개, 주의 {warnings}개. 확인: 만든 파일 {emitted}개, 지식 {entries}개, 프롬프트 {templates}개.",
        "{errors} errors, {warnings} warnings. Tried: {emitted} emitted files, {entries} entries, {templates} prompts.",
    ),
    "plan_made": ("계획 {plan_id} ({source})", "Plan {plan_id} (by {source})"),
    "by_engine": ("엔진 {engine}", "engine {engine}"),
    "by_rules": ("규칙", "rules"),
    "plan_truncated": (
        "계획이 토큰 한도에서 잘려 여기까지로 닫았습니다.",
        "The plan was cut off at its token limit and closed there.",
    ),
    "plan_next": ("적용하려면: framewright patch", "To apply it: framewright patch"),
    "no_edits": ("수정하지 않았습니다: {reason}", "Nothing was changed: {reason}"),
    "patch_refused": (
        "적용하지 않았습니다. 모든 파일이 그대로입니다.\n{detail}",
        "Not applied; every file is as it was.\n{detail}",
    ),
    "patch_written": ("파일 {count}개를 고쳤습니다 (패치 {patch_id}).", "Changed {count} files (patch {patch_id})."),
    "patch_undo_hint": ("되돌리려면: framewright patch undo", "To take it back: framewright patch undo"),
    "patch_there": ("이미 적용되어 있어 바뀐 것이 없습니다.", "It is applied already; nothing changed."),
    "patch_dry": ("시험 적용입니다. 아무 파일도 쓰지 않았습니다.", "A dry run: no file was written."),
    "patch_undone": ("패치를 되돌렸습니다: {paths}", "Taken back: {paths}"),
    "ledger_not_told": (
        "서버의 기록에는 알리지 못했습니다.",
        "The mesh's ledger could not be told.",
    ),
    "recovered_finished": (
        "중단된 패치를 끝까지 적용했습니다: {paths}",
        "Finished a patch that was interrupted: {paths}",
    ),
    "recovered_taken_back": (
        "중단된 패치를 취소했습니다: {paths}",
        "Took back a patch that was interrupted: {paths}",
    ),
    "recovered_foreign": (
        "그 사이에 다른 곳에서 고친 파일은 그대로 두었습니다: {paths} (원래 내용: {folder})",
        "Files that were changed elsewhere since are left alone: {paths} (what they were: {folder})",
    ),
    "nothing_to_recover": ("복구할 것이 없습니다.", "There is nothing to recover."),
    "stale": ("파일이 그 사이에 바뀌었습니다: {reason}", "Changed in the meantime: {reason}"),
    "diagnostics": ("진단", "diagnostics"),
    "sources": ("출처", "Sources"),
}


class Messages:
    """The texts of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        ko, en = _TEXTS[key]
        return (ko if self.language == "ko" else en).format(**values)

    def stage(self, stage: str) -> str:
        key = f"stage.{stage}"
        return self(key) if key in _TEXTS else stage


def choose_language(stated: str | None, environment: Mapping[str, str]) -> Language:
    """The stated language, or that of LC_ALL, LC_MESSAGES or LANG; English for any other than Korean."""
    locale = stated or next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "ko" if locale.lower().startswith("ko") else "en"
