"""`/console/…`: what Vite built, each file with the right age; every path of the app itself is its one page."""

from pathlib import Path, PurePath

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FOR_GOOD = "public, max-age=31536000, immutable"
"""The names of built files hold their hash."""
_ASK_EACH_TIME = "no-cache"
_NOT_BUILT = """<!doctype html><html lang="ko"><meta charset="utf-8"><title>Framewright</title>
<h1>콘솔이 아직 빌드되지 않았습니다</h1><p>저장소에서 <code>make console</code>을 실행하세요.</p>
<div lang="en"><h1>The console is not built yet</h1><p>Run <code>make console</code> in the repository.</p></div>
"""


def setup_console(app: FastAPI, folder: Path) -> None:
    @app.get("/console", include_in_schema=False)
    async def to_the_folder() -> RedirectResponse:
        return RedirectResponse("/console/", 308)

    app.mount("/console", ConsoleFiles(folder), name="console")


class ConsoleFiles(StaticFiles):
    """The folder may be built while the service runs: it is looked at with every request."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._page = folder / "index.html"

    async def check_config(self) -> None:
        """No error where nothing was built: the answer says what to do."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not self._page.is_file():
            return HTMLResponse(_NOT_BUILT, 404, headers={"Cache-Control": "no-store"})
        if path != "." or scope["method"] not in {"GET", "HEAD"}:
            try:
                response = await super().get_response(path, scope)
            except HTTPException as error:
                if error.status_code != 404 or PurePath(path).suffix:
                    raise
            else:
                hashed = PurePath(path).parts[0] == "assets"
                response.headers["Cache-Control"] = _FOR_GOOD if hashed else _ASK_EACH_TIME
                return response
        response = self.file_response(self._page, self._page.stat(), scope)
        response.headers["Cache-Control"] = _ASK_EACH_TIME
        return response
