"""Requests of Ollama's native API, with the options that R4.4 adds. Unknown members are passed by."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Images = list[str] | None
KeepAlive = float | str | None
Format = dict[str, Any] | Literal["", "json"] | None


class Options(BaseModel):
    """Ollama's options; those that R4.4 adds may stand here or beside `options`."""

    model_config = ConfigDict(extra="allow")

    num_predict: int | None = None
    temperature: float | None = Field(None, ge=0)
    stop: str | list[str] | None = None


class OllamaRequest(BaseModel):
    """Members of both kinds of request."""

    model_config = ConfigDict(extra="ignore")

    model: str = "default"
    stream: bool = True
    format: Format = None
    options: Options | None = None
    think: bool | str | None = None
    keep_alive: KeepAlive = None
    system: str | None = None
    num_predict: int | None = Field(None, description="Tokens of the answer; 24 unless set.")
    max_time: float | None = Field(None, gt=0, le=3600, description="Seconds for the answer; 20 unless set.")
    stop_think: bool | None = Field(None, description="The answer ends where the model starts to think again.")
    clean: bool | None = Field(None, description="Whether the answer is cleaned up; whole answers are unless set.")
    ctx_chars: int | None = Field(None, ge=1, description="Characters of the prompt; OLLAMA_CTX_CHARS unless set.")


class GenerateRequest(OllamaRequest):
    prompt: str = ""
    suffix: str | None = None
    raw: bool | None = None
    images: Images = None


class OllamaMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "user", "assistant", "tool"]
    content: str | None = ""
    thinking: str | None = None
    images: Images = None
    tool_calls: list[dict[str, Any]] | None = None
    tool_name: str | None = None
    tool_call_id: str | None = None


class ChatRequest(OllamaRequest):
    messages: list[OllamaMessage] = []
    tools: list[dict[str, Any]] | None = None


class ShowRequest(BaseModel):
    model: str = ""
    name: str = ""


class EmbedRequest(BaseModel):
    model: str = ""
    input: str | Annotated[list[str], Field(max_length=2048)] = ""
    truncate: bool = True


class OldEmbedRequest(BaseModel):
    """`/api/embeddings`, which Ollama keeps for its older clients."""

    model: str = ""
    prompt: str = ""
