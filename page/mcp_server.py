"""The assistant as a tool of other programs: the Model Context Protocol.

    python app.py --mcp 7870        then http://127.0.0.1:7870/mcp

A server of its own, beside the page and for this computer only: the programs
that use it log in nowhere, and it changes nothing.
"""

import socket
import threading
from typing import Any

import uvicorn

from index.errors import AssistantError, BadInputError
from page import conversation
from page.desk import Desk
from page.texts import EN

HOST = "127.0.0.1"


def serve_mcp(desk: Desk, port: int) -> uvicorn.Server:
    """Serve in a thread and return; `should_exit` ends it.

    Raises BadInputError if the extra is not installed, OSError if the port is
    taken.
    """
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.server.fastmcp.exceptions import ToolError
    except ImportError as error:
        raise BadInputError(
            "--mcp needs one more package: pip install 'reports-assistant[mcp]'."
        ) from error

    tools = FastMCP("reports", host=HOST, port=port, stateless_http=True)

    @tools.tool()
    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from the government reports, with its evidence.

        question: in English or Vietnamese. history: the earlier questions of
        the conversation, oldest first. Returns the headline (short), the whole
        reply (text), whether the reports do not say it (abstained), and the
        quoted sentences (citations). Quote figures as they stand.
        """
        try:
            return conversation.ask(desk, question, history or (), EN).as_json()
        except AssistantError as error:
            raise ToolError(str(error)) from error

    app = tools.streamable_http_app()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    # Here, so that a taken port is the caller's to hear: uvicorn would exit.
    listening = [socket.create_server((HOST, port))]
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": listening}, daemon=True
    )
    thread.start()
    return server
