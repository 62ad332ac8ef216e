"""An engine that replays recorded answers over OpenAI's protocol: good, mediocre or bad ones. It thinks nothing.

`recordings/answers.json` holds specs of golden cases that the built-in engine made. *Good* replays them. *Mediocre*
replays them as weaker models write them: a field lost, types forgotten, an action missing. *Bad* replays talk in place
of a spec, or half of one. *Obedient* takes what its system prompt asks for, so that a template can make it better or
worse. `recordings/written_by_hand.yaml` holds specs of other cases that no engine made: *written* replays those,
*hasty* as somebody writes who has not read the prompt to its end.
"""

import copy
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import yaml

Kind = Literal["good", "mediocre", "bad", "obedient", "written", "hasty"]
RECORDINGS = Path(__file__).parents[1] / "recordings" / "answers.json"
WRITTEN = RECORDINGS.with_name("written_by_hand.yaml")
GOLDEN = Path(__file__).parents[2] / "frameworks" / "xframe5" / "golden"
CAREFULLY, IN_PROSE = "Work carefully, field by field.", "Answer in prose, without any JSON."
_REQUEST = re.compile(r"```+framewright-request\n(.*?)\n```", re.DOTALL)
_TALK = "Certainly! A screen for this purpose usually has a search area, a grid and some buttons."
Spec = dict[str, Any]


@dataclass
class ReplayingEngine:
    """`pause_s`: how long each answer takes; `prompts`: what it was asked, in order."""

    kind: Kind
    specs: Mapping[str, Spec]
    pause_s: float = 0.0
    url: str = ""
    prompts: list[str] = field(default_factory=list)

    def answer(self, messages: list[dict[str, Any]]) -> str:
        found = _REQUEST.search(str(messages[-1]["content"]))
        prompt = json.loads(found[1])["prompt"] if found else ""
        self.prompts.append(prompt)
        time.sleep(self.pause_s)
        spec = self.specs.get(prompt.strip())
        kind = self._kind(str(messages[0]["content"]))
        if spec is None or kind == "bad":
            whole = json.dumps(spec or {}, ensure_ascii=False)
            return _TALK if len(self.prompts) % 3 else f"```json\n{whole[: len(whole) // 2]}"
        change = {"mediocre": weakened, "hasty": hastened}.get(kind)
        return f"```json\n{json.dumps(change(spec) if change else spec, ensure_ascii=False)}\n```"

    def _kind(self, system: str) -> Kind:
        if self.kind != "obedient":
            return self.kind
        return "good" if CAREFULLY in system else "bad" if IN_PROSE in system else "mediocre"


def weakened(spec: Spec) -> Spec:
    """As a weaker model writes it: the last column lost, types forgotten, one action missing."""
    weak = copy.deepcopy(spec)
    lost: set[str] = set()
    for dataset in weak["datasets"]:
        if dataset["role"] in {"list", "detail"} and len(dataset.get("columns") or ()) > 2:
            lost.add(dataset["columns"].pop()["name"])
        for column in dataset.get("columns") or ():
            if column.get("type") in {"date", "decimal", "integer"}:
                column["type"] = "string"
    for region in weak["regions"]:
        for shown in ("fields", "columns", "read_only"):
            region[shown] = [name for name in region.get(shown) or () if name not in lost]
    for rule in weak.get("rules") or ():
        rule["columns"] = [name for name in rule["columns"] if name not in lost]
    saving = [action for action in weak["actions"] if action["id"] == "save"]
    weak["actions"] = [action for action in weak["actions"] if action not in saving or len(weak["actions"]) < 3]
    return weak


def hastened(spec: Spec) -> Spec:
    """As somebody writes in a hurry: no keys, no types, no codes, and columns that nobody asked for."""
    hasty = copy.deepcopy(spec)
    hasty["datasets"] = [item for item in hasty["datasets"] if item["role"] != "code"]
    for dataset in hasty["datasets"]:
        for column in dataset.get("columns") or ():
            column["type"] = "string"
            for member in ("key", "required", "code_group", "scale", "format"):
                column.pop(member, None)
        if dataset["role"] in {"list", "detail"}:
            dataset["columns"] += [
                {"name": name, "label": name, "type": "string"} for name in ("remarks", "created_by")
            ]
    return hasty


@contextmanager
def replaying_engine(kind: Kind, *, pause_s: float = 0.0) -> Iterator[ReplayingEngine]:
    engine = ReplayingEngine(kind, _written() if kind in {"written", "hasty"} else _recorded(), pause_s)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"engine": engine}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    engine.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def recorded_cases() -> list[str]:
    """The golden cases that there are recordings of."""
    return [str(item["case"]) for item in json.loads(RECORDINGS.read_text(encoding="utf-8"))]


def written_cases() -> list[str]:
    """The golden cases that answers were written for by hand."""
    return [str(item["case"]) for item in yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))]


def _recorded() -> dict[str, Spec]:
    recorded = json.loads(RECORDINGS.read_text(encoding="utf-8"))
    return {item["prompt"].strip(): item["spec"] for item in recorded}


def _written() -> dict[str, Spec]:
    """By the prompts of the golden cases as they are now."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in GOLDEN.glob("*.yaml")]
    prompts = {case["id"]: case["prompt"].strip() for file in files for case in file["cases"]}
    written = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
    return {prompts[item["case"]]: item["spec"] for item in written}


class _Handler(BaseHTTPRequestHandler):
    engine: ReplayingEngine

    def do_GET(self) -> None:
        self._send({"object": "list", "data": [{"id": f"replay-{self.engine.kind}", "object": "model"}]})

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = self.engine.answer(request["messages"])
        usage = {"prompt_tokens": len(str(request["messages"])) // 4, "completion_tokens": len(text) // 4}
        usage["total_tokens"] = sum(usage.values())
        if not request.get("stream"):
            message = {"role": "assistant", "content": text}
            choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
            self._send({**self._about("chat.completion"), "choices": choices, "usage": usage})
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(ConnectionError):  # a worker that was killed hears no answer
            for delta, reason in (({"content": text}, None), ({}, "stop")):
                choice = {"index": 0, "delta": delta, "finish_reason": reason}
                self._event({**self._about("chat.completion.chunk"), "choices": [choice]})
            self._event({**self._about("chat.completion.chunk"), "choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")

    def _about(self, kind: str) -> dict[str, Any]:
        return {"id": "r1", "object": kind, "created": 1, "model": f"replay-{self.engine.kind}"}

    def _event(self, chunk: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def _send(self, document: dict[str, Any]) -> None:
        content = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass
