"""What the gateway sends and reads, held against the API documents that the other services commit."""

from pathlib import Path
from typing import Any, cast, get_args

import orjson
import pytest
from app.core.clients.admin import AdminClient, PublishedSettings, Revocations, VerifiedBrowser, VerifiedKey
from app.core.clients.evaluations import EvaluationItems, EvaluationsClient, EvaluationState, Taken
from app.core.clients.intent import IntentAnswer, QuestionsAnswer
from app.core.clients.llm import Engines
from app.core.clients.postprocess import Analysis, Emission, Preview
from app.core.clients.rag import PromptAnswer, RepositoryFile, RepositoryState, SearchAnswer
from app.features.auth.schemas import (
    LoginRequest,
    PasswordRequest,
    ProfileRequest,
    RefreshRequest,
    RegisterRequest,
    RegistrationResponse,
    TokenResponse,
)
from app.features.search.schemas import SearchRequest
from app.features.search.service import search
from app.pipeline.pipeline import Pipeline
from pydantic import BaseModel

from ..samples import QUESTIONS, intent
from .fakes import FakeServices, draft, limits

ROOT = Path(__file__).parents[3]

READ: list[tuple[str, str, str, type[BaseModel]]] = [
    ("intent-service", "post", "/v1/intents", IntentAnswer),
    ("intent-service", "post", "/v1/questions", QuestionsAnswer),
    ("rag-service", "post", "/v1/search", SearchAnswer),
    ("rag-service", "get", "/v1/repositories/{repository_id}", RepositoryState),
    ("rag-service", "get", "/v1/repositories/{repository_id}/files", RepositoryFile),
    ("rag-service", "post", "/v1/prompts", PromptAnswer),
    ("llm-proxy", "get", "/v1/engines", Engines),
    ("postprocess-service", "post", "/v1/analyses", Analysis),
    ("postprocess-service", "post", "/v1/artifacts", Emission),
    ("postprocess-service", "post", "/v1/previews", Preview),
    ("admin-service", "post", "/internal/keys/verify", VerifiedKey),
    ("admin-service", "get", "/internal/revocations", Revocations),
    ("admin-service", "post", "/internal/evaluations/{evaluation_id}/begin", EvaluationState),
    ("admin-service", "post", "/internal/evaluations/{evaluation_id}/next", EvaluationItems),
    ("admin-service", "post", "/internal/evaluations/{evaluation_id}/items/{number}", Taken),
    ("admin-service", "post", "/internal/auth/login", TokenResponse),
    ("admin-service", "post", "/internal/auth/browser/verify", VerifiedBrowser),
    ("admin-service", "get", "/internal/auth/registration", RegistrationResponse),
    ("admin-service", "get", "/internal/settings", PublishedSettings),
]
OURS_ALONE = {"token_type"}


def document(service: str) -> dict[str, Any]:
    path = ROOT / service / "openapi.json"
    if not path.exists():
        pytest.skip(f"{service} is not in this checkout")
    loaded: dict[str, Any] = orjson.loads(path.read_bytes())
    return loaded


def resolved(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return resolved(option, whole)
    if "$ref" in schema:
        found: dict[str, Any] = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def members_missing(model: type[BaseModel], schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Members that we read and the provider does not document, in the model and the models inside it."""
    schema = resolved(schema, whole)
    if schema.get("type") == "array":
        schema = resolved(schema["items"], whole)
    properties = schema.get("properties")
    if properties is None:
        return []
    missing = []
    for name, field in model.model_fields.items():
        if name not in properties:
            missing += [] if name in OURS_ALONE else [f"{at}{name}"]
            continue
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                missing += members_missing(inner, properties[name], whole, f"{at}{name}.")
    return missing


@pytest.mark.parametrize(("service", "method", "path", "model"), READ)
def test_what_is_read_is_documented(service: str, method: str, path: str, model: type[BaseModel]) -> None:
    whole = document(service)
    answer = whole["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
    assert members_missing(model, answer, whole) == []


def check_sent(service: str, path: str, body: dict[str, Any], *, method: str = "post") -> None:
    whole = document(service)
    content = whole["paths"][path][method]["requestBody"]["content"]["application/json"]
    schema = resolved(content["schema"], whole)
    assert set(schema.get("required", ())) <= set(body), path
    assert set(body) <= set(schema["properties"]), path


@pytest.mark.parametrize(
    ("service", "path"),
    [("intent-service", "/v1/intents"), ("rag-service", "/v1/search"), ("rag-service", "/v1/prompts"),
     ("llm-proxy", "/v1/chat/completions"), ("postprocess-service", "/v1/analyses"),
     ("postprocess-service", "/v1/artifacts")],
)  # fmt: skip
async def test_what_is_sent_is_documented(service: str, path: str) -> None:
    services = FakeServices()
    await Pipeline(services.upstreams(), limits()).run(draft(), services.sink)
    check_sent(service, path, services.sent[path][0])


async def test_a_vague_prompt_is_sent_on_as_documented() -> None:  # R2.5
    services = FakeServices()
    services.intent = intent(needs_clarification=True, questions=QUESTIONS)
    await Pipeline(services.upstreams(), limits()).run(draft(interactive=True), services.sink)
    check_sent("intent-service", "/v1/questions", services.sent["/v1/questions"][0])
    assert services.sink.of("question")


class FakeAdmin:
    """Notes the bodies that it is sent, by path; it stands for itself as the one that forwards."""

    def __init__(self) -> None:
        self.sent: dict[str, dict[str, Any]] = {}
        self.forwarding = self

    async def request_json(self, method: str, path: str, *, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        self.sent[path] = body
        return {"status": "running", "items": []}


async def test_what_the_job_of_an_evaluation_sends_is_documented() -> None:
    admin = FakeAdmin()
    evaluations = EvaluationsClient(cast("AdminClient", admin))
    await evaluations.begin("e1", "r")
    await evaluations.next_items("e1", "r", 2)
    await evaluations.take("e1", 1, "r", generation_id=None, record={})
    await evaluations.take_judgement("e1", 1, "r", "7")
    await evaluations.interrupt("e1", "r")
    assert len(admin.sent) == 5
    for path, body in admin.sent.items():
        documented = path.replace("/e1/", "/{evaluation_id}/").replace("/items/1", "/items/{number}")
        check_sent("admin-service", documented, body)


async def test_what_people_send_is_documented() -> None:
    services, login = FakeServices(), LoginRequest(email="a@b", password="p")
    await search(services, SearchRequest(query="x"), services.user)
    check_sent("rag-service", "/v1/search", services.sent["/v1/search"][0])
    check_sent("admin-service", "/internal/auth/login", {**login.model_dump(exclude={"cookie"}), "client": "::1"})
    register = RegisterRequest(email="a@b", password="p").model_dump(exclude={"cookie"}) | {"client": "::1"}
    for path in ("/internal/auth/register", "/internal/auth/browser/register"):
        check_sent("admin-service", path, register)
    password = PasswordRequest(current_password="a", new_password="b").model_dump()
    check_sent("admin-service", "/internal/auth/password", password)
    check_sent("admin-service", "/internal/auth/me", ProfileRequest(name="n").model_dump(), method="patch")
    check_sent("admin-service", "/internal/auth/me", {"password": "p"}, method="delete")
    check_sent("admin-service", "/internal/auth/browser/verify", {"token": "t"})
    check_sent("admin-service", "/internal/auth/refresh", RefreshRequest(refresh_token="r").model_dump())
