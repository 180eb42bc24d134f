"""The assistant as a tool of other programs, called as such programs do."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from index.errors import IndexMissingError
from page.desk import Desk
from page.mcp_server import serve_mcp

if TYPE_CHECKING:
    from mcp import ClientSession

    from answer.assistant import Assistant
    from tests.page.conftest import Site

pytest.importorskip("mcp")
QUESTION = "what was the online records rate in 2024"


def call(url: str, do: "Callable[[ClientSession], Awaitable[Any]]") -> Any:
    """What *do* finds out in a session of its own."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> Any:
        async with (
            streamable_http_client(url) as (reads, writes, _),
            ClientSession(reads, writes) as session,
        ):
            await session.initialize()
            return await do(session)

    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(run())).result()


def test_the_tool_answers_with_its_evidence(site: "Site") -> None:
    """`python app.py --mcp PORT`: the same Answer as the API, quote and all."""

    async def ask(session: "ClientSession") -> Any:
        (tool,) = (await session.list_tools()).tools
        assert tool.name == "ask"
        assert "history" in (tool.description or "")
        first = await session.call_tool("ask", {"question": QUESTION})
        more = {"question": "And in 2022?", "history": [QUESTION]}
        return first, await session.call_tool("ask", more)

    first, second = call(site.mcp, ask)

    assert not first.isError
    answer = first.structuredContent
    assert answer["short"] == "45%"
    assert "45%" in answer["citations"][0]["quote"]
    assert second.structuredContent["short"] == "52.80%"


def test_bad_input_is_told_and_ends_nothing(site: "Site") -> None:
    """The program hears why, and may ask again in the same session."""

    async def ask(session: "ClientSession") -> Any:
        wrong = [
            await session.call_tool("ask", arguments)
            for arguments in ({"question": " "}, {"question": "x" * 2000}, {})
        ]
        return wrong, await session.call_tool("ask", {"question": QUESTION})

    wrong, right = call(site.mcp, ask)

    assert all(result.isError for result in wrong)
    assert "at most 1000 characters" in wrong[0].content[0].text
    assert right.structuredContent["short"] == "45%"


def test_a_web_page_elsewhere_cannot_use_it(site: "Site") -> None:
    """A browser that was lured to another name for this computer is refused."""
    request = urllib.request.Request(
        site.mcp,
        data=b"{}",
        headers={"Host": "evil.example", "Content-Type": "application/json"},
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    with refused.value as reply:
        assert reply.code == 421


def test_a_taken_port_is_the_callers_to_hear(site: "Site") -> None:
    """Said at the start, not in a thread that nobody watches."""

    def nothing() -> "Assistant":
        raise IndexMissingError

    with pytest.raises(OSError, match="in use"):
        serve_mcp(Desk(nothing), urlsplit(site.mcp).port or 0)
