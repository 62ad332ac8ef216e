"""Threads of the numeric libraries: one each, waiting without spinning, set before they are imported."""

import os

_DEFAULTS = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "KMP_BLOCKTIME": "0",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def calm_numeric_threads() -> None:
    """Two spinning threads on shared cores cost eight times the time of one: an operator's own values are kept."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
