"""Texts of `framewright plan` and `framewright patch`."""

TEXTS: dict[str, tuple[str, str]] = {
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
    "repository_unknown": (
        (
            "{name}: 그 이름으로 색인된 저장소가 없거나 여럿입니다.\n"
            "이름, 이름@브랜치, id로 지정하세요: framewright index --list"
        ),
        (
            "{name}: no repository is indexed by that name, or several are.\n"
            "Give a name, name@branch or id: framewright index --list"
        ),
    ),
    "stale": ("파일이 그 사이에 바뀌었습니다: {reason}", "Changed in the meantime: {reason}"),
}
