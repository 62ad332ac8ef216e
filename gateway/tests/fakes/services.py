"""Fake intent-service, rag-service, postprocess-service."""

import hashlib
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from chassis.errors import FieldError, NotFound, ServiceError, Unprocessable, problem_response

from ..samples import HITS, QUESTIONS, SPEC, intent, repository_file_of
from .base import FakeService
from .patching import add_patching


class FakeIntent(FakeService):
    """Says `generate`, unless the prompt has one of a few words in it."""

    name = "intent-service"

    def __init__(self) -> None:
        super().__init__()

        @self.app.post("/v1/intents")
        async def intents(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/intents", body))
            if body.get("framework") == "nonesuch":
                error = Unprocessable("bad framework", errors=[FieldError("framework", "there is no such framework")])
                return problem_response(error, instance="/v1/intents")
            return self.answer(body)

        @self.app.post("/v1/questions")
        async def questions(request: Request) -> Any:
            self.calls.append(("/v1/questions", await request.json()))
            return {"questions": self.proposed, "source": "engine" if self.proposed else "fixed"}

    def reset(self) -> None:
        super().reset()
        self.proposed: list[dict[str, Any]] = []

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        prompt = body["prompt"]
        if "weather" in prompt or "날씨" in prompt:
            return intent(
                kind="unsupported",
                reason="화면과 관계없는 요청입니다",
                data_model=None,
                pattern=None,
                screen=None,
                alternatives=["목록 화면 만들어줘"],
            )
        if prompt.endswith("?"):
            return intent(kind="question", data_model=None, pattern=None, screen=None)
        if body.get("base") or "바꿔" in prompt:
            return intent(kind="modify", data_model=None, pattern=None)
        if prompt == "화면 만들어줘":
            return intent(needs_clarification=True, questions=QUESTIONS)
        return intent()


class FakeRag(FakeService):
    name = "rag-service"

    def __init__(self) -> None:
        super().__init__()

        @self.app.post("/v1/search")
        async def search(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/search", body))
            return {"hits": HITS, "threshold": 0.35, "considered": 40, "warnings": []}

        @self.app.get("/v1/repositories/{repository_id}/files")
        async def repository_file(repository_id: str, path: str, request: Request) -> Any:
            self.calls.append(("/v1/repositories/files", {"user": request.headers.get("x-user-id"), "path": path}))
            content = self.files.get((repository_id, path))
            if content is None:
                return problem_response(NotFound("not indexed", code="file_not_indexed"), instance="/v1/repositories")
            return repository_file_of(repository_id, path, content)

        @self.app.api_route("/v1/repositories{below:path}", methods=["GET", "POST", "DELETE"])
        async def repositories(below: str, request: Request) -> Any:
            self.calls.append((f"{request.method} /v1/repositories{below}", (await request.body()).decode()))
            state = {"state": self.repository_state} if self.repository_state and request.method == "GET" else {}
            return JSONResponse({"id": "0123456789abcdef", **state}, 202 if request.method == "POST" else 200)

        @self.app.post("/v1/packs/lint")
        async def lint_pack(request: Request) -> Any:
            self.calls.append(("/v1/packs/lint", await request.json()))
            found = [{"severity": "error", "file": "knowledge/a.yaml", "message": "kind", "line": 3}]
            return {"findings": found, "entries": 5, "templates": 2}

        @self.app.post("/v1/prompts")
        async def prompts(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/prompts", body))
            if self.prompts_fail is not None:
                return problem_response(self.prompts_fail, instance="/v1/prompts")
            return {
                "messages": [
                    {"role": "system", "content": "You design screens."},
                    {"role": "user", "content": body["prompt"]},
                ],
                "artifacts": [{"kind": "screen_xml", "path": "TaskList.xml", "language": "xml"}],
                "templates": [{"id": "demo/spec", "version": "1", "source": "pack"}],
                "tokens": {"total": 12, "limit": 4096},
                "cut": [],
                "response_schema": None,
                "hits_used": ["k1"],
                "warnings": [],
            }

    def reset(self) -> None:
        super().reset()
        self.prompts_fail: ServiceError | None = None
        self.files: dict[tuple[str, str], str] = {}
        self.repository_state = ""
        """How far every repository is, where that is set."""


class FakePostprocess(FakeService):
    name = "postprocess-service"
    content = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<screen id="TaskList"/>\r\n'

    def __init__(self) -> None:
        super().__init__()

        @self.app.post("/v1/analyses")
        async def analyses(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/analyses", body))
            if "SPEC" in body["answer"]:
                title = body["answer"].partition("SPEC:")[2].strip() or SPEC["title"]
                return {"status": "ok", "reason": None, "spec": {**SPEC, "title": title}, "files": [], "problems": []}
            status = "empty" if not body["answer"].strip() else "not_a_spec"
            problems = [{"path": "datasets", "code": "missing", "message": "field required"}]
            return {"status": status, "reason": "no spec in it", "spec": None, "files": [], "problems": problems}

        @self.app.post("/v1/artifacts")
        async def artifacts(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/artifacts", body))
            if (body.get("spec") or {}).get("title") == "dangling":
                error = Unprocessable(
                    "unresolved", errors=[FieldError("regions.0.dataset", "there is no such dataset")]
                )
                return problem_response(error, instance="/v1/artifacts")
            return {
                "spec": body.get("spec"),
                "artifacts": [self.artifact()],
                "fixes": [],
                "diagnostics": [],
                "warnings": [],
            }

        @self.app.post("/v1/previews")
        async def previews(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/previews", body))
            return {"html": f"<!DOCTYPE html><title>{body['spec']['title']}</title>"}

        @self.app.post("/v1/packs/lint")
        async def lint_pack(request: Request) -> Any:
            body = await request.json()
            self.calls.append(("/v1/packs/lint", body))
            found = [{"severity": "warning", "file": "README.md", "message": "missing", "line": None}]
            return {"findings": found, "emitted": 28}

        add_patching(self)

    def artifact(self) -> dict[str, Any]:
        data = self.content.encode()
        return {
            "path": "TaskList.xml",
            "kind": "screen_xml",
            "language": "xml",
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "content": self.content,
            "diagnostics": [],
            "fixes": [{"rule": "unknown_reference", "message": "고쳤습니다", "line": None}],
        }
