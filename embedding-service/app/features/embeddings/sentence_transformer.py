"""The embedding model by sentence-transformers and torch, one thread for each call."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .encoder import Tokens
from .model_files import fingerprint_of, packaged_folder
from .presets import prefixes_for

CPU_INFO = Path("/proc/cpuinfo")
_BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


class SentenceTransformerEncoder:
    """Any Hugging Face model by name; the default one from its package where that is installed."""

    def __init__(self, model: str, *, token: str | None, device: str, precision: str = "auto") -> None:
        folder = packaged_folder(model)
        if folder is not None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        self._torch = torch
        self._model = SentenceTransformer(str(folder or model), device=device, token=token)
        self._model.eval()
        if precision == "bfloat16" or (precision == "auto" and device == "cpu" and computes_bfloat16(CPU_INFO)):
            self._model.bfloat16()
        self._tokenizer: Any = self._model.tokenizer
        self._max_tokens = int(self._model.max_seq_length or 512)
        self.model = model
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.prefixes = prefixes_for(model)
        self.fingerprint = fingerprint_of(model, folder, self._revision())

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        found: list[list[int]] = self._ids(list(texts), truncation=False)
        long = [place for place, ids in enumerate(found) if len(ids) > self._max_tokens]
        if long:
            cut = self._ids([texts[place] for place in long], truncation=True, max_length=self._max_tokens)
            for place, ids in zip(long, cut, strict=True):
                found[place] = ids
        too_long = set(long)
        return [Tokens(ids, place in too_long) for place, ids in enumerate(found)]

    def encode(self, sequences: Sequence[list[int]]) -> NDArray[np.float32]:
        batch = self._tokenizer.pad({"input_ids": list(sequences)}, return_tensors="pt").to(self._model.device)
        with self._torch.inference_mode():
            vectors = self._model(dict(batch))["sentence_embedding"]
            unit = self._torch.nn.functional.normalize(vectors.float(), dim=1)
        result: NDArray[np.float32] = unit.cpu().numpy()
        return result

    def _ids(self, texts: list[str], **options: Any) -> list[list[int]]:
        ids: list[list[int]] = self._tokenizer(
            texts, padding=False, return_attention_mask=False, return_token_type_ids=False, verbose=False, **options
        )["input_ids"]
        return ids

    def _revision(self) -> str:
        config = getattr(self._model[0], "auto_model", None)
        return str(getattr(getattr(config, "config", None), "_commit_hash", "") or "")


def computes_bfloat16(cpu_info: Path) -> bool:
    """Whether the processor has instructions for it: without them it is slower than float32."""
    if not cpu_info.is_file():
        return False
    lines = cpu_info.read_text(encoding="utf-8", errors="replace").splitlines()
    flags = next((line for line in lines if line.lower().startswith(("flags", "features"))), "")
    return bool(_BFLOAT16_FLAGS & set(flags.split()))
