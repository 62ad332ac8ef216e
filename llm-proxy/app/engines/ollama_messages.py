"""OpenAI's messages as Ollama's."""

from typing import Any

import orjson

from .usage import text_of


def ollama_message(message: dict[str, Any]) -> dict[str, Any]:
    """OpenAI's message as Ollama's: text and pictures apart, arguments of tools as objects."""
    content = message.get("content")
    role = "system" if message.get("role") == "developer" else message.get("role")
    result: dict[str, Any] = {"role": role, "content": text_of(content)}
    images = message.get("images") or _images(content)
    if images:
        result["images"] = images
    thinking = message.get("reasoning_content") or message.get("thinking")
    if thinking:
        result["thinking"] = thinking
    if message.get("tool_calls"):
        result["tool_calls"] = [{"function": _function(call.get("function") or {})} for call in message["tool_calls"]]
    for name in ("tool_call_id", "tool_name"):
        if message.get(name):
            result[name] = message[name]
    return result


def _function(function: dict[str, Any]) -> dict[str, Any]:
    arguments = function.get("arguments")
    if isinstance(arguments, str):
        try:
            arguments = orjson.loads(arguments)
        except orjson.JSONDecodeError:
            arguments = {}
    return {"name": function.get("name", ""), "arguments": arguments or {}}


def _images(content: Any) -> list[str]:
    """Pictures that are in the message itself; Ollama fetches none by address."""
    if not isinstance(content, list):
        return []
    urls = [str((part.get("image_url") or {}).get("url", "")) for part in content if isinstance(part, dict)]
    return [url.partition("base64,")[2] for url in urls if url.startswith("data:") and "base64," in url]
