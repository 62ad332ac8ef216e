"""The test of a connection: what an engine's server says of itself, held against what is set."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ...core.clients.engines import EngineReply, EngineUnreachable
from ...db.serving import BUILTIN

_MESSAGES = {
    "address_refused": ("The address may not be called from here.", "이 주소는 호출할 수 없습니다."),
    "unreachable": ("The server can't be reached.", "서버에 연결할 수 없습니다."),
    "timed_out": ("The server gave no answer within 5 seconds.", "서버가 5초 안에 응답하지 않았습니다."),
    "too_large": ("The answer is too large for a list of models.", "모델 목록 응답이 너무 큽니다."),
    "unauthorized": ("The server refuses the API key.", "서버가 API 키를 거부했습니다."),
    "loading": ("The server is still loading its model.", "서버가 아직 모델을 불러오는 중입니다."),
    "not_a_model_server": (
        "The answer is no list of models: check the URL.",
        "모델 목록이 아닙니다. URL을 확인하세요.",
    ),
    "model_missing": ("The server does not have the model: {model}.", "서버에 이 모델이 없습니다: {model}."),
    "smaller_window": (
        "The server grants {window} tokens of context, less than what is set.",
        "서버의 컨텍스트는 {window} 토큰으로, 설정보다 작습니다.",
    ),
    "secret_unreadable": (
        "The key can't be decrypted: the encryption key has changed. Enter it again.",
        "암호화 키가 바뀌어 API 키를 읽을 수 없습니다. 다시 입력하세요.",
    ),
}


class Asks(Protocol):
    async def get(self, url: str, *, api_key: str | None) -> EngineReply: ...


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Literal["error", "warning"]
    code: str
    message: str
    message_ko: str


@dataclass(slots=True)
class ProbeResult:
    server: str | None = None
    models: list[str] = field(default_factory=list)
    context_window: int | None = None
    latency_ms: float | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def add(self, severity: Literal["error", "warning"], code: str, **values: object) -> None:
        english, korean = _MESSAGES[code]
        self.findings.append(Finding(severity, code, english.format(**values), korean.format(**values)))


@dataclass(frozen=True, slots=True)
class ProbeTarget:
    kind: str
    base_url: str | None
    model: str
    context_window: int
    api_key: str | None


async def probe(client: Asks, target: ProbeTarget) -> ProbeResult:
    """Asks for the models, in the dialect of the engine's kind; never raises for what a server may do."""
    result = ProbeResult()
    if target.kind == BUILTIN or not target.base_url:
        result.server, result.models, result.context_window = BUILTIN, [target.model], target.context_window
        return result
    root = target.base_url.rstrip("/")
    bare = root.removesuffix("/v1")
    url = f"{bare}/api/tags" if target.kind == "ollama" else f"{bare}/v1/models"
    try:
        reply = await client.get(url, api_key=target.api_key)
        result.latency_ms = round(reply.ms, 1)
        if not _accepted(result, reply):
            return result
        cards = _cards(reply.document)
        if cards is None:
            result.add("error", "not_a_model_server")
            return result
        result.models = [name for name, _ in cards][:200]
        await _describe(client, bare, target, result)
    except EngineUnreachable as error:
        result.add("error", error.code)
        return result
    _compare(result, target, cards)
    return result


def _accepted(result: ProbeResult, reply: EngineReply) -> bool:
    if reply.status in {401, 403}:
        result.add("error", "unauthorized")
    elif reply.status == 503:
        result.add("error", "loading")
    elif reply.status != 200:
        result.add("error", "not_a_model_server")
    else:
        return True
    return False


def _cards(document: Any) -> list[tuple[str, int | None]] | None:
    """Names and context windows of OpenAI's `data[]` (vLLM's and llama-server's members too) or Ollama's `models[]`."""
    if not isinstance(document, dict):
        return None
    cards = document.get("data") if isinstance(document.get("data"), list) else document.get("models")
    if not isinstance(cards, list):
        return None
    found: list[tuple[str, int | None]] = []
    for card in cards:
        if not isinstance(card, dict):
            continue
        name = card.get("id") or card.get("name")
        meta = card.get("meta")
        window = card.get("max_model_len") or (meta.get("n_ctx") if isinstance(meta, dict) else None)
        if isinstance(name, str):
            found.append((name, window if isinstance(window, int) else None))
    return found


async def _describe(client: Asks, bare: str, target: ProbeTarget, result: ProbeResult) -> None:
    """The server's name and version, where its kind says them."""
    path = {"ollama": "/api/version", "vllm": "/version"}.get(target.kind)
    if path is None:
        return
    reply = await client.get(bare + path, api_key=target.api_key)
    version = reply.document.get("version") if isinstance(reply.document, dict) else None
    result.server = f"{target.kind} {version}" if isinstance(version, str) else target.kind


def _compare(result: ProbeResult, target: ProbeTarget, cards: list[tuple[str, int | None]]) -> None:
    wanted = {target.model, f"{target.model}:latest"}
    match = next((card for card in cards if card[0] in wanted), None)
    if match is None:
        only_one = target.kind == "llamacpp" and len(cards) == 1
        result.add("warning" if only_one else "error", "model_missing", model=target.model)
        match = cards[0] if only_one else None
    if match and match[1]:
        result.context_window = match[1]
        if match[1] < target.context_window:
            result.add("warning", "smaller_window", window=match[1])
