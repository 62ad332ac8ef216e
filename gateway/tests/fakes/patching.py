"""The fake postprocess-service's plans and patches: the first line that an edit names, replaced."""

import hashlib
import json
from typing import Any

from fastapi import Request

from chassis.errors import Unprocessable, problem_response

from .base import FakeService


def add_patching(service: FakeService) -> None:
    @service.app.post("/v1/plans")
    async def plans(request: Request) -> Any:
        body = await request.json()
        service.calls.append(("/v1/plans", body))
        answer = body.get("answer") or ""
        files = [{"path": file["path"], "language": "python", "sha256": _sha(file["content"]),
                  "lines": file["content"].count("\n")} for file in body["files"]]  # fmt: skip
        place = {"path": files[0]["path"], "symbol": "load", "first_line": 1, "last_line": 2}
        text = body["files"][0]["content"].rstrip("\n")
        return {
            "steps": [f"step of {answer}" if answer else body["intent"]],
            "targets": [place],
            "snippets": [{**place, "language": "python", "text": text}],
            "files": [{**file, "symbols": []} for file in files],
            "source": "engine" if answer.startswith("{") else "rules",
            "truncated": bool(answer) and not answer.endswith("}"),
        }

    @service.app.post("/v1/patches")
    async def patches(request: Request) -> Any:
        body = await request.json()
        service.calls.append(("/v1/patches", body))
        edits = body.get("edits") or _read(body.get("answer") or "")
        if not edits:
            return _refused("no_edits", None, "", [])
        contents = {file["path"]: file["content"] for file in body["files"]}
        changed = dict(contents)
        for number, edit in enumerate(edits):
            path = edit["path"]
            if "content" in edit:
                changed[path] = edit["content"]
            elif edit["search"] not in changed.get(path, ""):
                return _refused("not_found", number, path, edits)
            else:
                changed[path] = changed[path].replace(edit["search"], edit["replace"])
        files = [
            {"path": path, "operation": "modify" if path in contents else "create", "language": "python",
             "encoding": "utf-8", "base_sha256": _sha(contents[path]) if path in contents else None,
             "sha256": _sha(content), "content": content, "diff": f"--- a/{path}\n", "checked": True}
            for path, content in changed.items()
            if contents.get(path) != content
        ]  # fmt: skip
        applied = [{**edit, "matched": "exact", "at": 1, "line": None} for edit in edits]
        return {"edits": applied, "files": files, "warnings": []}


def _read(answer: str) -> list[dict[str, Any]]:
    start = answer.find("{")
    return json.loads(answer[start:])["edits"] if start >= 0 else []


def _refused(code: str, number: int | None, path: str, edits: list[dict[str, Any]]) -> Any:
    places = [{"line": 1, "text": "def load():"}]
    failures = [{"edit": number, "path": path, "code": code, "message": f"because of {code}", "places": places}]
    error = Unprocessable(f"because of {code}", code=code, extra={"failures": failures, "edits": edits})
    return problem_response(error, instance="/v1/patches")


def _sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
