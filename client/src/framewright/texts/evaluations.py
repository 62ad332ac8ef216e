"""Texts of `framewright evaluate` and `framewright bench`."""

TEXTS: dict[str, tuple[str, str]] = {
    "evaluation_started": ("평가 {id}: 생성 {total}건", "Evaluation {id}: {total} generations"),
    "evaluation_progress": ("  {total}건 중 {done}건 완료", "  {done} of {total} done"),
    "evaluation_still": (
        "  {minutes}분 동안 진행이 없습니다. 계속 그러면: framewright evaluate resume {id}",
        "  No progress for {minutes} minutes. If it stays so: framewright evaluate resume {id}",
    ),
    "evaluation_interrupted": (
        "{done}/{total}에서 중단됨 (이유: gateway-worker 로그). 이어서 하려면: framewright evaluate resume {id}",
        "Broken off at {done}/{total}; gateway-worker's log says why. To go on: framewright evaluate resume {id}",
    ),
    "evaluation_variant": ("구성", "variant"),
    "evaluation_head": (
        "            기준=100 [95 %]           점수 [95 %]     유효   p50       실패",
        "    reference=100 [95 %]            score [95 %]    valid  p50       failed",
    ),
    "bench_ok": ("성공", "ok"),
    "bench_failed": ("실패: {reason}", "failed: {reason}"),
    "bench_line": (
        "{step} {n}회  p50 {p50} ms  p95 {p95} ms  실패 {failures}  JSON 실패 {json}",
        "{step} {n} times  p50 {p50} ms  p95 {p95} ms  failures {failures}  JSON failures {json}",
    ),
    "bench_written": ("기록: {path}", "Written to {path}"),
    "bench_in_vain": ("성공한 시도가 없습니다.", "No trial succeeded."),
    "evaluation_report": ("보고서: {path}", "Report: {path}"),
}
