"""The MCP server: the tools under the names and words by which agents choose them, with the official SDK."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import Field

from chassis.errors import ServiceError, Unauthenticated

from ...core.access import TOOLS, check
from ...core.guard import user_in
from ...core.identity import User
from ...core.leaving import broken_off_once
from ...core.wire_fields import Plain
from .tools import MAX_FILES, MAX_PROMPT, CheckedFile, Edit, ToolFile, Tools, refusal

INSTRUCTIONS = (
    "Framewright writes working screens of enterprise frameworks that no public model knows (xFrame5 by default) out of"
    " a short prompt, Korean or English. Search the knowledge before you write such code yourself; generate whole"
    " screens; validate files after every change."
)
Framework = Annotated[
    Plain | None, Field(max_length=100, description="A framework pack's name; the default one unless set.")
]


def session_manager(tools: Tools) -> StreamableHTTPSessionManager:
    """Stateless: each request stands for itself, so that any replica serves it."""
    server = _server(tools)
    server.streamable_http_app(
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # the guard checks origins
    )
    return server.session_manager


def _server(tools: Tools) -> MCPServer:
    server = MCPServer("framewright", title="Framewright", instructions=INSTRUCTIONS)

    @server.tool(title="Generate a screen")
    async def generate(
        prompt: Annotated[
            Plain,
            Field(
                max_length=MAX_PROMPT,
                description="What to make, Korean or English, with fields or DDL where there are any.",
            ),
        ],
        context: Context,
        framework: Framework = None,
        mode: Literal["spec", "direct", "auto"] = "spec",
        base_generation_id: Annotated[str | None, Field(max_length=36, description="The generation to change.")] = None,
    ) -> dict[str, Any]:
        """Generates a screen's files from a prompt, or changes an earlier generation; gives paths and contents."""

        async def told(steps: int, said: str) -> None:
            await context.report_progress(steps, message=said)

        return await _answered(
            "generate",
            context,
            lambda user: tools.generate(
                user, prompt, framework=framework, mode=mode, base=base_generation_id, told=told
            ),
        )

    @server.tool(title="Search the knowledge")
    async def search(
        query: Annotated[str, Field(min_length=1, max_length=2_000)],
        context: Context,
        index: Annotated[
            Literal["knowledge", "code"], Field(description="The framework's knowledge, or the company's indexed code.")
        ] = "knowledge",
        framework: Framework = None,
        limit: Annotated[int, Field(ge=1, le=20)] = 5,
    ) -> dict[str, Any]:
        """Finds components, properties, events, API, examples, rules and wrong forms of a framework, or code."""
        return await _answered(
            "search",
            context,
            lambda user: tools.search(user, query, index=index, framework=framework, limit=limit),
        )

    @server.tool(title="Check files")
    async def validate(
        files: Annotated[list[CheckedFile], Field(min_length=1, max_length=MAX_FILES)],
        context: Context,
        framework: Framework = None,
    ) -> dict[str, Any]:
        """Checks a screen's files against the framework, mends what is safe to mend, and names what is still wrong."""
        return await _answered("validate", context, lambda user: tools.validate(user, files, framework=framework))

    @server.tool(title="Apply edits")
    async def patch(
        files: Annotated[list[ToolFile], Field(max_length=MAX_FILES)],
        edits: Annotated[list[Edit], Field(min_length=1, max_length=200)],
        context: Context,
    ) -> dict[str, Any]:
        """Applies search-and-replace edits to files, all or none; an ambiguous edit is refused with places."""
        return await _answered("patch", context, lambda user: tools.patch(user, files, edits))

    return server


async def _answered(
    tool: str, context: Context[Any, Any], call: Callable[[User], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    request = context.request_context.request
    user = user_in(request.scope) if request is not None else None
    if user is None:
        raise ToolError(refusal(Unauthenticated("This needs an API key or an access token.")))
    try:
        check(TOOLS[tool], user)
        return await broken_off_once(call(user))
    except ServiceError as error:
        raise ToolError(refusal(error)) from error
