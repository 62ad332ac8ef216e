"""`/`: what Ollama's clients ask before anything else; a browser is led to the console."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def heartbeat(request: Request) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/console/", status_code=302, headers={"Vary": "Accept"})
    return PlainTextResponse("Ollama is running", headers={"Vary": "Accept"})
