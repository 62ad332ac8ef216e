"""Chat for engines that have completions alone: the messages as the text that the model was trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .usage import text_of


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """How a family of models marks turns. `system` is empty where the family has no such turn.

    The system text then stands at the head of the first user turn.
    """

    user: str
    assistant: str
    system: str
    opening: str
    stop: tuple[str, ...]


CHATML = ChatTemplate(
    user="<|im_start|>user\n{}<|im_end|>\n",
    assistant="<|im_start|>assistant\n{}<|im_end|>\n",
    system="<|im_start|>system\n{}<|im_end|>\n",
    opening="<|im_start|>assistant\n",
    stop=("<|im_end|>",),
)
MISTRAL = ChatTemplate(user="[INST] {} [/INST]", assistant=" {}</s>", system="", opening="", stop=("</s>", "[INST]"))
GEMMA = ChatTemplate(
    user="<start_of_turn>user\n{}<end_of_turn>\n",
    assistant="<start_of_turn>model\n{}<end_of_turn>\n",
    system="",
    opening="<start_of_turn>model\n",
    stop=("<end_of_turn>",),
)
LLAMA3 = ChatTemplate(
    user="<|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>",
    assistant="<|start_header_id|>assistant<|end_header_id|>\n\n{}<|eot_id|>",
    system="<|start_header_id|>system<|end_header_id|>\n\n{}<|eot_id|>",
    opening="<|start_header_id|>assistant<|end_header_id|>\n\n",
    stop=("<|eot_id|>",),
)
HARMONY = ChatTemplate(
    user="<|start|>user<|message|>{}<|end|>",
    assistant="<|start|>assistant<|channel|>final<|message|>{}<|end|>",
    system="<|start|>developer<|message|># Instructions\n\n{}<|end|>",
    opening="<|start|>assistant<|channel|>final<|message|>",
    stop=("<|return|>", "<|end|>"),
)
_FAMILIES = (
    ("gpt-oss", HARMONY),
    ("mistral", MISTRAL),
    ("mixtral", MISTRAL),
    ("gemma", GEMMA),
    ("llama-3", LLAMA3),
    ("llama3", LLAMA3),
)


def template_for(model: str) -> ChatTemplate:
    """By the family in the model's name; ChatML (Qwen and many others) where it is none of those known."""
    name = model.lower()
    return next((template for family, template in _FAMILIES if family in name), CHATML)


def render_chat(messages: Sequence[dict[str, Any]], template: ChatTemplate) -> str:
    """The prompt that stands for the messages, up to where the model goes on."""
    parts: list[str] = []
    waiting: list[str] = []
    for message in messages:
        text = text_of(message.get("content"))
        role = message.get("role")
        if role in {"system", "developer"}:
            if template.system:
                parts.append(template.system.replace("{}", text))
            else:
                waiting.append(text)
        elif role == "assistant":
            parts.append(template.assistant.replace("{}", text))
        else:
            parts.append(template.user.replace("{}", "\n\n".join([*waiting, text])))
            waiting = []
    if waiting:
        parts.append(template.user.replace("{}", "\n\n".join(waiting)))
    return "".join(parts) + template.opening
