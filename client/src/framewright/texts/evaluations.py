"""Texts of `framewright evaluate` and `framewright bench`."""

TEXTS: dict[str, tuple[str, str]] = {
    "evaluation_started": ("평가 {id}: 생성 {total}건", "Evaluation {id}: {total} generations"),
    "evaluation_progress": ("  {total}건 중 {done}건 완료", "  {done} of {total} done"),
    "evaluation_variant": ("구성", "variant"),
    "evaluation_head": (
        "            기준=100 [95 %]           점수 [95 %]     유효   p50       실패",
        "    reference=100 [95 %]            score [95 %]    valid  p50       failed",
    ),
    "evaluation_report": ("보고서: {path}", "Report: {path}"),
}
