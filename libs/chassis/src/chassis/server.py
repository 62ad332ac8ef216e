"""`python -m chassis.server app.main:create_app --port 8003`: runs a service, the same way everywhere."""

import argparse
import gc
import os
from pathlib import Path
from typing import Any

import uvicorn

GRACE_S = 20
GC_THRESHOLD = 50_000
"""Allocations between two collections: Python's 700 costs a start a tenth of its time, and finds nothing."""
MAX_FRAME_BYTES = 1024 * 1024
WIRE: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": MAX_FRAME_BYTES,
    "ws_per_message_deflate": False,
    "proxy_headers": False,
}
"""How bytes are read. A larger frame closes its WebSocket (1009); compression would cost each idle one its buffers;
a service that believes proxies says itself which."""


def _watched() -> dict[str, Any]:
    """What a development server looks at: the service, the libraries of PYTHONPATH, and the packs beside it."""
    own = Path.cwd()
    folders = [own, *(Path(part) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part)]
    packs = Path(os.environ.get("FRAMEWRIGHT_PACKS_DIR", "../frameworks"))
    found = [str(folder) for folder in (*folders, packs) if folder.is_dir()]
    return {"reload": True, "reload_dirs": found, "reload_includes": ["*.py", "*.yaml", "*.yml", "*.json", "*.j2"]}


def main() -> None:
    parser = argparse.ArgumentParser(description="Run a Framewright service.")
    parser.add_argument("factory", help="module:function that returns the application")
    parser.add_argument("--host", default=os.environ.get("FRAMEWRIGHT_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--reload", action="store_true", help="restart when a source file changes (development)")
    arguments = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD, 10, 10)
    uvicorn.run(
        arguments.factory,
        factory=True,
        host=arguments.host,
        port=arguments.port,
        **(_watched() if arguments.reload else {}),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_S,
        **WIRE,
    )


if __name__ == "__main__":
    main()
