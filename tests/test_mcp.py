"""The server for assistants, asked by the SDK's own client over standard input and output, in each of its modes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from conftest import BASE, environment_of
from jsonschema import Draft202012Validator

from icapital_cli import open_facts

pytestmark = pytest.mark.doors
mcp = pytest.importorskip("mcp")
stdio = pytest.importorskip("mcp.client.stdio")
versions = pytest.importorskip("mcp_types.version")

ICAPITAL = str(Path(sys.executable).with_name("icapital"))
MODES = ["legacy", "auto", *versions.MODERN_PROTOCOL_VERSIONS]
KINDS = ["cities", "prizes", "initiatives", "quotes", "contacts", "people", "editions", "disputes", "sources", "gaps"]
LARGEST = 15_000  # bytes of the answer for 2019


@pytest.fixture(scope="module")
def ask(home):
    """Run an async function of a connected client: `ask(lambda client: client.list_tools())`."""

    @asynccontextmanager
    async def connected(mode, words):
        parameters = stdio.StdioServerParameters(command=ICAPITAL, args=["mcp", *words], env=environment_of(home, {}))
        async with mcp.Client(stdio.stdio_client(parameters), mode=mode) as client:
            yield client

    def run(question, *, mode="auto", words=()):
        async def answer():
            async with connected(mode, words) as client:
                return await question(client)

        return asyncio.run(answer())

    return run


@pytest.fixture(scope="module")
def call(ask):
    """Call several tools, one after the other, on one connection."""

    def call_tools(*calls, **how):
        async def question(client):
            return [await client.call_tool(name, arguments) for name, arguments in calls]

        return ask(question, **how)

    return call_tools


def text_of(result):
    return "\n".join(part.text for part in result.content)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_of_the_client_is_served(ask, mode):
    async def question(client):
        tools = (await client.list_tools()).tools
        return [tool.name for tool in tools], await client.call_tool("facts", {"kind": "cities", "year": "2019"})

    names, answer = ask(question, mode=mode)

    assert names == ["facts", "show", "search", "cite", "verify"]
    assert not answer.is_error
    assert answer.structured_content["rows"][0]["city"] == "Nantes"


@pytest.fixture(scope="module")
def tools(ask):
    async def question(client):
        return {tool.name: tool for tool in (await client.list_tools()).tools}

    return ask(question)


def test_every_tool_says_that_it_only_reads(tools):
    for tool in tools.values():
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False)
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False)


def test_every_tool_takes_a_language_and_describes_what_it_takes_and_returns(tools):
    for tool in tools.values():
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["properties"]["lang"]["enum"] == ["en", "fi", "sv"]
        assert tool.input_schema["additionalProperties"] is False
        assert all(parameter["description"] for parameter in tool.input_schema["properties"].values())


def test_the_tool_facts_takes_the_filters_of_the_command_line(tools, run):
    """By their names; the kind of a source is `source_kind`, since `kind` names the list."""
    filters = {*tools["facts"].input_schema["properties"]} - {"kind", "query", "limit", "lang"}
    told = {name for kind in KINDS[:9] for name in filters_in(run(kind, "--help").out)}

    assert tools["facts"].input_schema["properties"]["kind"]["enum"] == KINDS
    assert filters == {"source_kind" if name == "kind" else name for name in told}


def filters_in(help_text):
    names = ["year", "city", "country", "category", "status", "award", "speaker", "publisher", "kind", "weight"]
    return [name for name in names if f"--{name} " in help_text]


def test_every_answer_is_valid_by_its_schema(call, tools):
    calls = [*(("facts", {"kind": kind}) for kind in KINDS), ("show", {"name": "espoo"}), ("show", {"name": "2019"})]
    calls += [("search", {"words": "robot"}), ("cite", {"name": "2019-espoo"}), ("verify", {"text": DRAFT})]
    for (name, arguments), answer in zip(calls, call(*calls), strict=True):
        errors = Draft202012Validator(tools[name].output_schema).iter_errors(answer.structured_content)
        assert [error.message for error in errors] == [], (name, arguments)


DRAFT = "In iCapital 2019 Espoo was a runner-up and won EUR 200,000."
LONG = f"{DRAFT} " * (200_000 // (len(DRAFT) + 1))


def test_the_rows_are_those_of_the_command_line_and_each_source_stands_once(call, run):
    (answer,) = call(("facts", {"kind": "cities", "year": "2019"}))
    told = json.loads(run("cities", "--year", "2019", "--json").out)
    rows = answer.structured_content["rows"]
    sources = {source["id"]: source for source in answer.structured_content["sources"]}

    assert len(sources) == len(answer.structured_content["sources"])
    assert len(rows) == len(told)
    for row, whole in zip(rows, told, strict=True):
        assert {key: row[key] for key in whole if key != "sources"} == {
            k: v for k, v in whole.items() if k != "sources"
        }
        cited = {one["id"]: one for one in whole["sources"]}
        assert 1 <= len(row["sources"]) <= min(3, len(cited))
        for place in row["sources"]:
            assert sources[place["id"]] == {key: cited[place["id"]][key] for key in sources[place["id"]]}
            assert cited[place["id"]]["locator"] in place["locator"]
    assert {dispute["id"] for dispute in answer.structured_content["disputes"]} == {
        d for row in rows for d in row["disputes"]
    }


def test_a_step_of_an_edition_is_short_in_a_list_and_whole_on_its_page(call):
    (listed, page) = call(("facts", {"kind": "editions", "year": "2019"}), ("show", {"name": "2019"}))
    steps, whole = (answer.structured_content["rows"][0]["timeline"] for answer in (listed, page))

    assert [{key: step[key] for key in ("id", "date", "summary")} for step in whole] == steps
    assert all(step["sources"] for step in whole)


def test_the_answer_for_2019_is_short(call):
    (answer,) = call(("facts", {"kind": "cities", "year": "2019"}))

    assert len(answer.model_dump_json(by_alias=True, exclude_none=True).encode()) <= LARGEST
    assert "Espoo" in text_of(answer)


def test_unknown_and_not_so_differ(call):
    """A listed gap marks a value as unknown; a value that is merely not there is null."""
    with open_facts() as facts:
        gaps = {target for gap in facts.gaps() for target in gap["about"]}
        edition = next(row["id"] for row in facts.editions() if f"{row['id']}.applications" in gaps)
    (answer, listed) = call(("facts", {"kind": "editions", "year": edition}), ("facts", {"kind": "gaps", "limit": 100}))
    (row,) = answer.structured_content["rows"]

    assert row["applications"] is None
    assert "applications" in row["unknown"]
    assert "note" not in row["unknown"]
    assert {gap for row in listed.structured_content["rows"] for gap in row["about"]} == gaps


def test_a_draft_is_checked(call):
    (answer,) = call(("verify", {"text": DRAFT}))
    verdicts = {row["text"]: row["verdict"] for row in answer.structured_content["rows"]}

    assert "differs" in verdicts.values()
    assert any(row["expected"] == 100000 for row in answer.structured_content["rows"])


def test_an_answer_is_in_the_language_asked_for(call):
    swedish, english = call(
        ("facts", {"kind": "cities", "year": "2019", "lang": "sv"}),
        ("facts", {"kind": "cities", "year": "2019"}),
        words=[],
    )
    (by_option,) = call(("facts", {"kind": "cities", "year": "2019"}), words=["--lang", "sv"])

    assert {row["country"] for row in swedish.structured_content["rows"]} >= {"Frankrike"}
    assert by_option.structured_content == swedish.structured_content
    assert english.structured_content != swedish.structured_content


FRENCH = "La ville de Nantes a remporté le prix iCapital en 2019. " * 6
BAD = [
    ("facts", {"kind": "cities", "status": "winer"}, ["cities", "--status", "winer"]),
    ("facts", {"kind": "cities", "city": "Esboo"}, ["cities", "--city", "Esboo"]),
    ("facts", {"kind": "cities", "query": "Esboo"}, ["cities", "Esboo"]),
    ("facts", {"kind": "cities", "year": "soon"}, ["cities", "--year", "soon"]),
    ("facts", {"kind": "cities", "limit": -1}, ["cities", "--limit", "-1"]),
    ("show", {"name": "Esboo"}, ["show", "Esboo"]),
    ("cite", {"name": "2019-espoo", "style": "bibtx"}, ["cite", "2019-espoo", "--style", "bibtx"]),
    ("search", {"words": "..."}, ["search", "..."]),
    ("verify", {"text": FRENCH}, ["verify", "--text", FRENCH]),
    ("show", {"name": "espoo", "lang": "xx"}, ["show", "espoo", "--lang", "xx"]),
]


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
def test_bad_values_are_tool_errors_in_the_words_of_the_command_line(call, run, lang):
    """In the language of the call, or of the server."""
    by_call = call(*((name, {"lang": lang} | arguments) for name, arguments, _ in BAD))
    by_server = call(*((name, arguments) for name, arguments, _ in BAD), words=["--lang", lang])
    told = [run(*words, *([] if "--lang" in words else ["--lang", lang])).err for _, _, words in BAD]

    assert all(answer.is_error for answer in by_call)
    assert [f"icapital: {text_of(answer)}\n".replace("limit", "--limit") for answer in by_call] == told
    assert [text_of(answer) for answer in by_server] == [text_of(answer) for answer in by_call]


WRONG = [
    ("facts", {}, "missing argument 'kind'"),
    ("facts", {"kind": "citie"}, "no kind is called 'citie'. did you mean 'cities'?"),
    ("facts", {"kind": 5}, "kind takes text, not 5"),
    ("facts", {"kind": "cities", "yaer": "2019"}, "no argument is called 'yaer'. did you mean 'year'?"),
    ("facts", {"kind": "cities", "year": {"from": 2019}}, "year takes a year, not {'from': 2019}"),
    ("facts", {"kind": "cities", "year": True}, "year takes a year, not True"),
    ("facts", {"kind": "cities", "city": [1]}, "city takes text, not 1"),
    ("facts", {"kind": "cities", "limit": -1}, "limit takes a whole number, not '-1'"),
    ("facts", {"kind": "cities", "limit": True}, "limit takes a whole number, not 'True'"),
    ("facts", {"kind": "cities", "limit": 2.5}, "limit takes a whole number, not '2.5'"),
    ("facts", {"kind": "cities", "limit": "many"}, "limit takes a whole number, not 'many'"),
    ("facts", {"kind": "contacts", "year": "2019"}, "contacts has no option year. choose from: query, city"),
    ("show", {"name": ""}, "invalid value for 'name': it is empty"),
    ("show", {"name": None}, "missing argument 'name'"),
    ("show", {"name": "espoo", "lang": ["sv"]}, "lang takes a language tag"),
    ("verify", {"text": 7}, "text takes text, not 7"),
    ("nothing", {}, "no tool is called 'nothing'. choose from: facts, show, search, cite, verify"),
    ("search", {"words": "\N{MATHEMATICAL ITALIC SMALL A}" * 200_000}, ""),
    ("show", {"name": "x" * 200_000}, "no fact is called 'xxx"),
    ("show", {"name": "x" * 1_000_000}, "name takes at most 200000 characters, not 1000000"),
    ("verify", {"text": "Espoo won in 2019." * 50_000}, "text takes at most 200000 characters, not 900000"),
    ("facts", {"kind": "cities", "city": ["espoo"] * 50_000}, "city takes at most 200000 characters, not 250000"),
    ("facts", {"kind": "cities", "year": 10**4000}, "is not a year"),
    ("facts", {"kind": "cities", "city": "[sic]\x1b[31m\u202e" * 1000}, "no city is called '[sic]"),
]


def test_wrong_arguments_are_tool_errors_and_the_server_lives_on(call):
    *answers, last = call(*((name, arguments) for name, arguments, _ in WRONG), ("facts", {"kind": "cities"}))

    for (name, arguments, told), answer in zip(WRONG, answers, strict=True):
        shown = (name, str(arguments)[:80], text_of(answer)[:200])
        assert answer.is_error or not told, shown
        assert told in text_of(answer), shown
        assert len(text_of(answer)) < 2000, shown
        assert "\x1b" not in text_of(answer), shown
    assert not last.is_error


def test_as_much_text_as_one_may_send_is_checked(call):
    """What is sent is bounded, so a check that nobody waits for any more ends by itself."""
    (answer,) = call(("verify", {"text": LONG}))

    assert not answer.is_error
    assert "differs" in {row["verdict"] for row in answer.structured_content["rows"]}


def test_many_calls_at_once_are_answered_each_by_itself(ask):
    years = ["2014", "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024-25"]

    async def question(client):
        return await asyncio.gather(*(client.call_tool("facts", {"kind": "cities", "year": year}) for year in years))

    answers = ask(question)

    assert [{row["edition"] for row in answer.structured_content["rows"]} for answer in answers] == [{y} for y in years]


def test_a_long_answer_is_cut_and_says_so(call):
    (answer,) = call(("facts", {"kind": "cities", "limit": 2}))

    assert len(answer.structured_content["rows"]) == 2
    assert f" of {answer.structured_content['left_out'] + 2}; " in text_of(answer)


EMPTY = [
    ("facts", {"kind": "cities", "year": "1999"}, ["cities", "--year", "1999"]),
    ("facts", {"kind": "cities", "city": "espoo", "status": "winner"}, ["cities", "-c", "espoo", "--status", "winner"]),
    ("search", {"words": "zeppelin"}, ["search", "zeppelin"]),
    ("verify", {"text": "Hello."}, ["verify", "--text", "Hello."]),
]


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
def test_an_empty_answer_says_what_there_is(call, run, lang):
    """In the words of the command line."""
    answers = call(*((name, {"lang": lang} | arguments) for name, arguments, _ in EMPTY))
    told = [run(*words, "--lang", lang).err.removeprefix("icapital: ") for _, _, words in EMPTY]

    assert [answer.structured_content["rows"] for answer in answers] == [[]] * len(EMPTY)
    assert [f"{text_of(answer).splitlines()[-1]}\n" for answer in answers] == told


def test_a_thing_is_a_resource(ask, run):
    async def question(client):
        templates = (await client.list_resource_templates()).resource_templates
        listed = (await client.list_resources()).resources
        return templates, listed, [(await client.read_resource(resource.uri)).contents[0] for resource in listed[:3]]

    templates, listed, contents = ask(question)

    assert [template.uri_template for template in templates] == ["icapital://{kind}/{id}"]
    assert "icapital://cities/espoo" in [str(resource.uri) for resource in listed]
    for resource, content in zip(listed, contents, strict=False):
        assert content.mime_type == "application/json"
        assert json.loads(content.text) == json.loads(run("show", resource.name, "--json").out)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("icapital://cities/2019-espoo", "icapital://results/2019-espoo"),
        ("icapital://cities/esboo", "(espoo)"),
        ("icapital://cities", "is not an address"),
        ("https://example.org/espoo", "is not an address"),
        ("icapital://cities/%00%1b", ""),
    ],
)
def test_an_address_that_is_none_is_an_error_in_words(ask, address, told):
    async def question(client):
        with pytest.raises(mcp.MCPError) as raised:
            await client.read_resource(address)
        return str(raised.value), await client.call_tool("facts", {"kind": "editions"})

    error, after = ask(question)

    assert told in error
    assert not after.is_error


def test_the_prompts_carry_what_they_are_given(ask):
    async def question(client):
        prompts = (await client.list_prompts()).prompts
        check = await client.get_prompt("check_text", {"text": "Espoo {city} won."})
        brief = await client.get_prompt("brief_on_city", {"city": "Esbo"})
        return prompts, check.messages[0].content.text, brief.messages[0].content.text

    prompts, check, brief = ask(question)

    assert {prompt.name: [one.name for one in prompt.arguments] for prompt in prompts} == {
        "check_text": ["text"],
        "brief_on_city": ["city"],
    }
    assert check.endswith("Espoo {city} won.")
    assert "page on Esbo and" in brief


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("brief_on_city", {}, "missing argument 'city'"),
        ("brief_on_city", {"city": " "}, "missing argument 'city'"),
        ("brief_on_city", {"city": "Espoo", "town": "x"}, "no argument is called 'town'"),
        ("brief_on_town", {}, "no prompt is called 'brief_on_town'. did you mean 'brief_on_city'?"),
    ],
)
def test_a_prompt_that_lacks_something_is_an_error_in_words(ask, name, given, told):
    async def question(client):
        with pytest.raises(mcp.MCPError) as raised:
            await client.get_prompt(name, given)
        return str(raised.value)

    assert told in ask(question)


def test_it_says_who_it_is_and_how_to_use_it(ask):
    async def question(client):
        return client.server_info, client.instructions

    info, instructions = ask(question)

    assert (info.name, info.title) == ("icapital", "iCapital facts")
    assert "verify" in instructions


def test_the_facts_of_a_folder_are_served(call):
    (answer,) = call(("facts", {"kind": "cities"}), words=["--facts", str(BASE)])

    assert "Łódź" in {row["city"] for row in answer.structured_content["rows"]}


def served(home, *words, stdin=subprocess.PIPE):
    command = [ICAPITAL, "mcp", *words]
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment_of(home, {})
    )


def message(method, number=None, **params):
    body = {"jsonrpc": "2.0", "method": method, "params": params} | ({"id": number} if number is not None else {})
    return json.dumps(body).encode() + b"\n"


HELLO = message(
    "initialize", 1, protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "test", "version": "1"}
) + message("notifications/initialized")


def test_a_client_that_hangs_up_ends_the_server_without_a_word(home):
    with served(home) as server:
        out, err = server.communicate(HELLO, timeout=60)

    assert server.returncode == 0
    assert json.loads(out.splitlines()[0])["result"]["serverInfo"]["name"] == "icapital"
    assert err == b""


def test_calls_that_are_given_up_leave_the_server_to_answer_others(home):
    with served(home) as server:
        server.stdin.write(HELLO)
        for number in range(2, 6):
            server.stdin.write(message("tools/call", number, name="verify", arguments={"text": LONG}))
            server.stdin.write(message("notifications/cancelled", requestId=number))
        for number in range(6, 16):
            server.stdin.write(message("tools/call", number, name="facts", arguments={"kind": "editions"}))
        server.stdin.flush()
        answers = {}
        while not {*range(6, 16)} <= {*answers}:
            answer = json.loads(server.stdout.readline())
            answers[answer.get("id")] = answer
        server.stdin.close()
        server.wait(timeout=60)

    assert not any(answers[number]["result"].get("isError") for number in range(6, 16))


def test_a_client_that_hangs_up_amid_a_call_leaves_no_server_behind(home):
    """Its end of both pipes goes away while the server works."""
    with served(home) as server:
        server.stdin.write(HELLO)
        server.stdin.flush()
        server.stdout.readline()
        server.stdin.write(message("tools/call", 2, name="verify", arguments={"text": LONG}))
        server.stdin.flush()
        server.stdout.close()
        server.stdin.close()
        server.wait(timeout=60)
        told = server.stderr.read()

    assert b"Traceback" not in told


@pytest.mark.parametrize(
    "line", [b"nonsense\n", b"{}\n", b"\xff\xfe\n", b"[]\n", b'{"jsonrpc":"2.0","id":9,"method":"no"}\n']
)
def test_a_line_that_is_no_request_does_not_end_the_server(home, line):
    with served(home) as server:
        asked = HELLO + line + message("tools/call", 2, name="facts", arguments={"kind": "editions"})
        server.stdin.write(asked)
        server.stdin.flush()
        for _ in range(3):
            answer = json.loads(server.stdout.readline())
            if answer.get("id") == 2:
                break
        server.stdin.close()
        server.wait(timeout=60)

    assert answer["id"] == 2
    assert not answer["result"].get("isError")


def test_an_interrupt_ends_the_server_at_once(home):
    with served(home) as server:
        server.stdin.write(HELLO)
        server.stdin.flush()
        server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
        told = server.stderr.read()

    assert server.returncode == -signal.SIGINT
    assert told == b""


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--lang", "xx"], 2, "no language is called 'xx'"),
        (["--facts", "/no/such/folder"], 4, "no folder '/no/such/folder'"),
    ],
)
def test_facts_that_cannot_be_served_are_one_line_at_the_start(home, words, code, told):
    with served(home, *words) as server:
        out, err = server.communicate(b"", timeout=60)

    assert (server.returncode, out) == (code, b"")
    assert told in err.decode()
    assert err.count(b"\n") == 1


def test_without_the_sdk_one_line_says_how_to_install_it(home):
    code = """
import sys
class Missing:
    def find_spec(name, *_):
        if name == "mcp": raise ModuleNotFoundError("No module named 'mcp'", name="mcp")
sys.meta_path.insert(0, Missing)
sys.argv = ["icapital", "mcp"]
from icapital_cli.__main__ import run
run()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment_of(home, {}), check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "icapital: icapital mcp needs the extra mcp: pip install 'icapital-cli[mcp]'\n"


def test_the_package_is_a_program_by_its_own_name(home):
    """Clients start a package by its name: `uvx icapital-cli mcp`."""
    program = Path(sys.executable).with_name("icapital-cli")
    done = subprocess.run(
        [program, "--version"], capture_output=True, text=True, env=environment_of(home, {}), check=False
    )

    assert done.stdout.startswith("icapital ")


def test_a_hundred_calls_do_not_let_the_server_grow(home):
    """Cycles are collected again, which a single look-up does without."""
    if not os.path.exists("/proc/self/status"):  # noqa: PTH110
        pytest.skip("needs /proc")
    with served(home) as server:
        server.stdin.write(HELLO)
        server.stdin.flush()
        server.stdout.readline()
        sizes = []
        for number in range(2, 302):
            server.stdin.write(
                message("tools/call", number, name="facts", arguments={"kind": "cities", "city": "espoo"})
            )
            server.stdin.flush()
            server.stdout.readline()
            if number in {101, 301}:
                status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
                sizes.append(int(status.partition("VmRSS:")[2].split()[0]))
        server.stdin.close()
        server.wait(timeout=60)

    assert sizes[1] < sizes[0] + 20_000  # kB
