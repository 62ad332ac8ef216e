"""A WebSocket passes the rings with its trace, and without being counted as a request."""

import json

from fastapi import FastAPI, WebSocket
from websockets.sync.client import connect

from chassis.testing import running
from chassis.tracing import current_trace_id


def test_a_websocket_has_a_trace(app: FastAPI):
    @app.websocket("/ws")
    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_json({"trace_id": current_trace_id()})
        await websocket.close()

    headers = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    with (
        running(app) as url,
        connect(f"{url.replace('http', 'ws')}/ws", additional_headers=headers, proxy=None) as peer,
    ):
        assert json.loads(peer.recv()) == {"trace_id": "0af7651916cd43dd8448eb211c80319c"}
