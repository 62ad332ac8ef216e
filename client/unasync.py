"""Makes `framewright._sync` out of `framewright._async`: one client, kept by hand once. `--check` says what is stale.

The same way as httpcore and psycopg go: words are replaced, and the result is committed and formatted.
"""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent / "src" / "framewright"
NOTE = "# Made by client/unasync.py from framewright._async: change that, and run it.\n"
WORDS = (
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bAsyncGenerator\[(\w+), None\]", r"Generator[\1, None, None]"),
    (r"\bAsyncGenerator\b", "Generator"),
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"\bimport asyncio\b", "import time"),
    (r"\b__a(enter|exit)__\b", r"__\1__"),
    (r"\baclosing\b", "closing"),
    (r"\ba(close|read|iter_bytes)\b", r"\1"),
    (r"\bhttpx\.AsyncClient\b", "httpx.Client"),
    (r"\bAsync(Client|Connection|Sessions|Repositories|Patches|Order)\b", r"\1"),
)


def synchronous(text: str) -> str:
    """The module as it is without `await`."""
    for pattern, replacement in WORDS:
        text = re.sub(pattern, replacement, text)
    return NOTE + text


def made() -> dict[Path, str]:
    """Each file of `_sync`, with what it has to hold."""
    files = {}
    for source in sorted((PACKAGE / "_async").glob("*.py")):
        command = [sys.executable, "-m", "ruff"]
        name = str(PACKAGE / "_sync" / source.name)
        text = synchronous(source.read_text(encoding="utf-8"))
        for step in (["check", "--fix-only", "--quiet", "--select", "I"], ["format", "--quiet"]):
            text = subprocess.run(  # noqa: S603 - the linter of this environment
                [*command, *step, "--stdin-filename", name, "-"], input=text, capture_output=True, text=True, check=True
            ).stdout
        files[PACKAGE / "_sync" / source.name] = text
    return files


def main() -> int:
    stale = [path for path, text in made().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        print("\n".join(f"stale: {path}" for path in stale))
        return 1 if stale else 0
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
