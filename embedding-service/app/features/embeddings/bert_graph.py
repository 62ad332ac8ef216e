"""all-MiniLM-L6-v2 as an OpenVINO graph, built from its weights: no torch, no transformers, a start in a second."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .openvino_import import import_openvino

Weights = Mapping[str, NDArray[np.float32]]
_MASKED = -1e9


def build_graph(weights: Weights, config: Mapping[str, Any]) -> Any:
    """An OpenVINO model of a BERT encoder: `input_ids`, `attention_mask` (batch × length) → one unit vector a row.

    Pooled by the mean over what is not masked, as the model was trained (sentence-transformers, `1_Pooling`).
    """
    ov = import_openvino()
    ops = ov.opset13

    ids = ops.parameter([-1, -1], np.int64, name="input_ids")
    mask = ops.parameter([-1, -1], np.int64, name="attention_mask")
    real = ops.convert(mask, "f32")
    parts = _Parts(ops, weights, eps=float(config["layer_norm_eps"]), heads=int(config["num_attention_heads"]))
    hidden = parts.embeddings(ids)
    bias = ops.multiply(
        ops.subtract(np.float32(1), ops.unsqueeze(real, np.array([1, 2], dtype=np.int64))), np.float32(_MASKED)
    )
    for layer in range(int(config["num_hidden_layers"])):
        hidden = parts.layer(hidden, bias, f"encoder.layer.{layer}")
    weight = ops.unsqueeze(real, np.int64(2))
    total = ops.reduce_sum(ops.multiply(hidden, weight), np.int64(1))
    mean = ops.divide(total, ops.reduce_sum(weight, np.int64(1)))
    unit = ops.normalize_l2(mean, np.array([1], dtype=np.int64), 1e-12, "max")
    return ov.Model([unit], [ids, mask], "encoder")


class _Parts:
    """The pieces of a BERT encoder (Devlin et al., 2019), named as in the weights' file."""

    def __init__(self, ops: Any, weights: Weights, *, eps: float, heads: int) -> None:
        self._ops = ops
        self._weights = weights
        self._eps = eps
        self._heads = heads

    def embeddings(self, ids: Any) -> Any:
        """Words, positions, and the first token type, summed and normed."""
        ops = self._ops
        words = ops.gather(self._constant("embeddings.word_embeddings.weight"), ids, np.int64(0))
        length = ops.gather(ops.shape_of(ids), np.int64(1), np.int64(0))
        places = ops.range(np.int64(0), length, np.int64(1), "i64")
        positions = ops.gather(self._constant("embeddings.position_embeddings.weight"), places, np.int64(0))
        kind = ops.constant(self._weights["embeddings.token_type_embeddings.weight"][0])
        return self._norm(ops.add(ops.add(words, positions), kind), "embeddings.LayerNorm")

    def layer(self, hidden: Any, bias: Any, name: str) -> Any:
        ops = self._ops
        query, key, value = (self._split(self._linear(hidden, f"{name}.attention.self.{part}")) for part in _SELF)
        mixed = ops.scaled_dot_product_attention(query, key, value, bias)
        joined = ops.reshape(
            ops.transpose(mixed, np.array([0, 2, 1, 3])), np.array([0, 0, -1], dtype=np.int64), special_zero=True
        )
        attended = self._norm(
            ops.add(self._linear(joined, f"{name}.attention.output.dense"), hidden),
            f"{name}.attention.output.LayerNorm",
        )
        wide = ops.gelu(self._linear(attended, f"{name}.intermediate.dense"), "erf")
        return self._norm(ops.add(self._linear(wide, f"{name}.output.dense"), attended), f"{name}.output.LayerNorm")

    def _split(self, hidden: Any) -> Any:
        """Batch × length × width to batch × heads × length × width of a head."""
        size = self._weights["embeddings.word_embeddings.weight"].shape[1] // self._heads
        shape = np.array([0, 0, self._heads, size], dtype=np.int64)
        return self._ops.transpose(self._ops.reshape(hidden, shape, special_zero=True), np.array([0, 2, 1, 3]))

    def _linear(self, hidden: Any, name: str) -> Any:
        product = self._ops.matmul(hidden, self._constant(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return self._ops.add(product, self._constant(f"{name}.bias"))

    def _norm(self, hidden: Any, name: str) -> Any:
        normed = self._ops.mvn(hidden, np.array([-1], dtype=np.int64), True, self._eps, "inside_sqrt")
        return self._ops.add(
            self._ops.multiply(normed, self._constant(f"{name}.weight")), self._constant(f"{name}.bias")
        )

    def _constant(self, name: str) -> Any:
        return self._ops.constant(self._weights[name])


_SELF = ("query", "key", "value")
