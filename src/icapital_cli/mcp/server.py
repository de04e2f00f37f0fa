"""The server: requests of the protocol in, answers of the tools, resources and prompts out."""

import json
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote

import anyio
from anyio import to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)

from icapital_cli import __version__
from icapital_cli.api import open_facts
from icapital_cli.api.facts import Facts
from icapital_cli.api.wording import worded
from icapital_cli.errors import IcapitalError, UsageError, printable
from icapital_cli.mcp.prompts import PROMPTS, prompt_named
from icapital_cli.mcp.tools import tool_named, tools_of

SCHEME = "icapital://"
HINTS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "Facts about the European Capital of Innovation Award (iCapital), 2014 to today, each with the page that "
    "states it; where sources disagree, a dispute tells who says what. Offline and read-only. Begin with facts "
    "(kind, filters) or show (name); check a draft with verify. Say where something comes from, and say 'not "
    "known' where the facts hold nothing."
)
Given = TypeVar("Given")


def serve(folder: str | None, lang: str | None) -> None:
    """Serve the facts of a folder, or the shipped ones, until the client hangs up."""
    with open_facts(folder, lang=lang):  # facts that cannot be read, or a wrong language, end the program at once
        pass
    anyio.run(_serve, folder, lang)


async def _serve(folder: str | None, lang: str | None) -> None:
    server = build_server(folder, lang)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def build_server(folder: str | None, lang: str | None) -> Server[Any]:
    """Make the server. Each request opens the facts anew in a thread of its own: so many may run at once."""
    asker = _Asker(folder, lang)

    async def list_tools(_context: Any, _params: Any) -> ListToolsResult:
        return ListToolsResult(tools=await asker.ask(_tools))

    async def call_tool(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        return await asker.work(asker.call, params.name, dict(params.arguments or {}))

    async def list_resources(_context: Any, _params: Any) -> ListResourcesResult:
        return ListResourcesResult(resources=await asker.ask(_resources))

    async def list_templates(_context: Any, _params: Any) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[TEMPLATE])

    async def read_resource(_context: Any, params: ReadResourceRequestParams) -> ReadResourceResult:
        text = await asker.ask(lambda facts: _thing(facts, str(params.uri)))
        content = TextResourceContents(uri=params.uri, mime_type="application/json", text=text)
        return ReadResourceResult(contents=[content])

    async def list_prompts(_context: Any, _params: Any) -> ListPromptsResult:
        return ListPromptsResult(prompts=_prompts())

    async def get_prompt(_context: Any, params: GetPromptRequestParams) -> GetPromptResult:
        try:
            prompt = prompt_named(params.name)
            text = prompt.filled(params.arguments or {})
        except IcapitalError as error:
            raise asker.refusal(error) from None
        message = PromptMessage(role="user", content=TextContent(type="text", text=text))
        return GetPromptResult(description=prompt.description, messages=[message])

    return Server(
        "icapital",
        version=__version__,
        title="iCapital facts",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


class _Asker:
    """Asks the facts in worker threads, and turns errors into those of the protocol."""

    def __init__(self, folder: str | None, lang: str | None) -> None:
        self.folder, self.lang = folder, lang

    async def ask(self, question: Callable[[Facts], Given]) -> Given:
        """Answer a question about the facts. Raises MCPError."""
        return await self.work(self._ask, question)

    async def work(self, function: Callable[..., Given], *arguments: Any) -> Given:
        """Call a function in a worker thread, which is left alone when the client no longer waits for the answer."""
        return await to_thread.run_sync(function, *arguments, abandon_on_cancel=True)

    def _ask(self, question: Callable[[Facts], Given]) -> Given:
        try:
            with open_facts(self.folder, lang=self.lang) as facts:
                return question(facts)
        except IcapitalError as error:
            raise self.refusal(error) from None
        except Exception as error:
            raise MCPError(INTERNAL_ERROR, _unexpected(error)) from error

    def refusal(self, error: IcapitalError) -> MCPError:
        """Make the error of the protocol for one of ours, in the language of the server."""
        return MCPError(INVALID_PARAMS, worded(str(error), self.lang), {"candidates": error.candidates})

    def call(self, name: str, arguments: dict[str, Any]) -> CallToolResult:
        """Call a tool; what goes wrong is the answer of the tool, in the words of the command line and its language."""
        lang = arguments.get("lang") or self.lang
        try:
            with open_facts(self.folder, lang=lang) as facts:
                tool = tool_named(facts, name)
                told = tool.answer(facts, tool.checked(arguments))
        except IcapitalError as error:
            text = worded(str(error), lang if isinstance(lang, str) else self.lang)
            return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
        except Exception as error:  # noqa: BLE001 - the server lives on
            return CallToolResult(content=[TextContent(type="text", text=_unexpected(error))], is_error=True)
        return CallToolResult(content=[TextContent(type="text", text=told.text)], structured_content=told.answer)


def _unexpected(error: Exception) -> str:
    return f"unexpected failure: {type(error).__name__}: {printable(str(error))}"


def _tools(facts: Facts) -> list[Tool]:
    return [
        Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.input,
            output_schema=tool.output(facts),
            annotations=HINTS,
        )
        for tool in tools_of(facts).values()
    ]


TEMPLATE = ResourceTemplate(
    uri_template=SCHEME + "{kind}/{id}",
    name="fact",
    title="One fact, city, person or source",
    description="Everything about one thing, as JSON: icapital://cities/espoo, icapital://results/2019-espoo.",
    mime_type="application/json",
)


def _resources(facts: Facts) -> list[Resource]:
    """List the editions and the cities; any other fact is read by its kind and id."""
    editions = [("editions", row["id"], row["label"]) for row in facts.editions()]
    cities = dict.fromkeys(("cities", row["city_id"], row["city"]) for row in facts.cities())
    return [
        Resource(uri=f"{SCHEME}{kind}/{fact_id}", name=fact_id, title=title, mime_type="application/json")
        for kind, fact_id, title in (*editions, *cities)
    ]


def _thing(facts: Facts, uri: str) -> str:
    """Read a thing as JSON. Raises UsageError for what is no address, NotFoundError for a thing that is not there."""
    kind, _, fact_id = unquote(uri.removeprefix(SCHEME)).partition("/")
    if not uri.startswith(SCHEME) or not fact_id:
        raise UsageError(f"{printable(uri)!r} is not an address of a fact: {SCHEME}cities/espoo")
    thing = facts.show(fact_id)
    if thing["id"] != fact_id or kind != thing["kind"]:
        raise UsageError(f"{printable(uri)!r} is not an address of a fact: {SCHEME}{thing['kind']}/{thing['id']}")
    return json.dumps(thing, ensure_ascii=False)


def _prompts() -> list[Prompt]:
    return [
        Prompt(
            name=prompt.name,
            title=prompt.title,
            description=prompt.description,
            arguments=[
                PromptArgument(name=name, description=told, required=True) for name, told in prompt.arguments.items()
            ],
        )
        for prompt in PROMPTS.values()
    ]
