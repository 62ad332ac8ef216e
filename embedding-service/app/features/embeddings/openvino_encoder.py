"""The packaged default model on OpenVINO: twice torch's speed for one sentence, and a start without it."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bert_graph import build_graph
from .encoder import Tokens
from .model_files import fingerprint_of
from .openvino_import import import_openvino
from .presets import prefixes_for

_LANES = 2  # queries and bulk work: a stream of one thread for each, so that neither waits for the other
_MAX_TOKENS = 256  # the model's sentence_bert_config.json


class OpenVinoEncoder:
    """One compiled graph; each thread that encodes has an inference request of its own."""

    def __init__(self, model: str, folder: Path, *, precision: str) -> None:
        from safetensors import safe_open
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        with safe_open(folder / "model.safetensors", framework="np") as file:
            # One by one: the event loop runs between them.
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
        graph = build_graph(weights, config)
        hints: dict[str, Any] = {"INFERENCE_NUM_THREADS": _LANES, "NUM_STREAMS": _LANES}
        if precision != "auto":
            hints["INFERENCE_PRECISION_HINT"] = {"float32": "f32", "bfloat16": "bf16"}[precision]
        self._compiled: Any = import_openvino().Core().compile_model(graph, "CPU", hints)
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._requests = threading.local()
        self.model = model
        self.dimension = int(config["hidden_size"])
        self.prefixes = prefixes_for(model)
        self.fingerprint = fingerprint_of(model, folder, "")

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        return [_cut(item.ids) for item in self._tokenizer.encode_batch_fast(list(texts))]

    def encode(self, sequences: Sequence[list[int]]) -> NDArray[np.float32]:
        longest = max(map(len, sequences))
        ids = np.zeros((len(sequences), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(sequences):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        result = self._request().infer([ids, mask])
        vectors: NDArray[np.float32] = np.array(next(iter(result.values())), dtype=np.float32)
        return vectors

    def _request(self) -> Any:
        if not hasattr(self._requests, "one"):
            self._requests.one = self._compiled.create_infer_request()
        return self._requests.one


def _cut(ids: list[int]) -> Tokens:
    """What the model reads of a text: its first tokens, with the closing mark at the end."""
    if len(ids) <= _MAX_TOKENS:
        return Tokens(ids, truncated=False)
    return Tokens([*ids[: _MAX_TOKENS - 1], ids[-1]], truncated=True)
