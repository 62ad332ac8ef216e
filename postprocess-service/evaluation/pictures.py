"""`python -m evaluation.pictures OUT`: pictures of the patterns, from our own preview, light and dark, for the docs.

`CHROMIUM` names a Chromium; without one the pages are written as HTML, and it says so.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from app.core.frameworks import Frameworks
from app.features.previews.schemas import PreviewRequest
from app.features.previews.service import PreviewService
from app.packs.loader import PackLoader

SERVICE = Path(__file__).parents[1]
SCREENS = {
    "list": "employee_list_pages", "form": "staff_form_options", "list_popup": "task_list_popup",
    "list_detail": "employee_list_detail", "master_detail": "order_tabs", "multi_save": "product_multi_save",
    "popup_picker": "product_popup_picker",
}  # fmt: skip
MARGIN = 44
LIMIT_S = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--themes", nargs="*", choices=("light", "dark"), default=["light", "dark"])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("SKIPPED: no Chromium (CHROMIUM names one); the pages are written as HTML")
    service = PreviewService(Frameworks(PackLoader([SERVICE.parent / "frameworks"])))
    for pattern, fixture in SCREENS.items():
        spec = json.loads((SERVICE / "tests" / "fixtures" / f"{fixture}.json").read_text(encoding="utf-8"))
        for theme in arguments.themes:
            html = service.create(PreviewRequest(spec=spec, theme=theme)).html
            page = arguments.out / f"{pattern}-{theme}.html"
            page.write_text(html, encoding="utf-8")
            if chromium is not None:
                photograph(chromium, page, html)
                page.unlink()
            print(f"{pattern} {theme}", flush=True)
    return 0


def photograph(chromium: str, page: Path, html: str) -> Path:
    """A PNG of the page beside it, as large as what is drawn on it."""
    sizes = [
        (int(width), int(height)) for width, height in re.findall(r'"paper" style="width:(\d+)px;height:(\d+)px', html)
    ]
    width = max(width for width, _ in sizes) + MARGIN
    height = sum(height + MARGIN for _, height in sizes) + 36 * (len(sizes) - 1)
    picture = page.with_suffix(".png")
    command = [
        chromium, "--headless", "--disable-gpu", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}",
        f"--screenshot={picture}", page.resolve().as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_S)  # noqa: S603 - our own page
    return picture


if __name__ == "__main__":
    sys.exit(main())
