"""Execute the console blocks of Markdown files: `run_docs.py --check|--write FILE...`.

A block begins with ```console; each line `$ command` is run with bash, and its output stands below it. Commands that
need a program, or a module of Python, which is not installed are left as they are. Lines that hold only `…` stand for
any lines. The blocks ```pycon of a document are one session of Python, as a notebook is.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"(^```pycon\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
# Runs the statements of a session that it reads as JSON: prints what each of them printed, as JSON.
SESSION = """
import contextlib, io, json, sys
printed, names = [], {"__name__": "__main__"}
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(source, "<session>", "single"), names)
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""
TIME_LIMIT = 60
IMPORT = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
EXTERNAL = ("jq", "sqlite3", "csvlook", "duckdb", "mlr", "make", "pipx", "pip", "git")


def executed(text: str) -> str:
    """Give a document back with the real output under each command."""
    text = BLOCK.sub(lambda block: block[1] + "".join(_run_block(block[2])) + block[3], text)
    examples = iter(run_session([one for block in PYTHON.finditer(text) for one in statements(block[2])]))
    return PYTHON.sub(lambda block: block[1] + "".join(next(examples) for _ in statements(block[2])) + block[3], text)


def statements(body: str) -> list[tuple[str, str, str]]:
    """Split a block of Python into statements: as it is typed, its source, what is shown below."""
    found = []
    for part in re.split(r"^(?=>>> )", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        typed = [line for number, line in enumerate(lines) if number == 0 or line.startswith("...")]
        source = "".join(line[4:] or "\n" for line in typed)
        found.append(("".join(typed), source, "".join(lines[len(typed) :])))
    return found


def run_session(session: list[tuple[str, str, str]]) -> list[str]:
    """Run the statements up to the first that needs a module which is not installed; the others stay as they are."""
    missing = (n for n, (_, source, _) in enumerate(session) if any(map(_is_missing, IMPORT.findall(source))))
    known = session[: next(missing, len(session))]
    sources = [source for _, source, _ in known]
    with tempfile.TemporaryDirectory() as folder:
        printed = json.loads(_run([sys.executable, "-c", SESSION], Path(folder), json.dumps(sources))) if known else []
    outputs = [_shortened(out, shown) for out, (_, _, shown) in zip(printed, known, strict=True)]
    outputs += [shown for _, _, shown in session[len(known) :]]
    return [typed + shown for (typed, _, _), shown in zip(session, outputs, strict=True)]


def _run_block(body: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for command, shown in commands(body):
            yield f"$ {command}\n"
            yield shown if _lacks(command) else _shortened(output_of(command, Path(folder)), shown)


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Split a block into commands and what is shown below each."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        while command.endswith("\\"):
            more, _, shown = shown.partition("\n")
            command += "\n" + more
        yield command, shown


def _lacks(command: str) -> bool:
    named = [name for name in EXTERNAL if re.search(rf"(?:^|[|&;]\s*){name}\b", command)]
    if any(map(_is_missing, re.findall(r"\bimport (\w+)", command))):
        return True
    return any(name in {"make", "pipx", "pip", "git"} or shutil.which(name) is None for name in named)


def _is_missing(module: str) -> bool:
    return find_spec(module) is None


def output_of(command: str, folder: Path) -> str:
    """Run a command as a reader would in a pipe, in a scratch folder, with the tool on the path."""
    return _run(["/bin/bash", "-c", command], folder, "")


def _run(command: list[str], folder: Path, given: str) -> str:
    scripts = os.path.dirname(sys.executable)  # noqa: PTH120 - the environment's own scripts
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    environment = {**kept, "PATH": f"{scripts}:{os.environ['PATH']}", "LANG": "C.UTF-8", "COLUMNS": "100"}
    environment["ICAPITAL_REPO"] = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(  # noqa: S603 - the commands are those of our own documents
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        input=given.encode(),
        timeout=TIME_LIMIT,
        check=False,
    )
    return done.stdout.decode()


def _shortened(output: str, shown: str) -> str:
    """Keep a cut that the document makes with a line `…`, when the rest still fits."""
    if "\n…\n" in f"\n{shown}":
        head, _, tail = shown.partition("…\n")
        head_lines, tail_lines = head.count("\n"), tail.count("\n")
        lines = output.splitlines(keepends=True)
        if len(lines) > head_lines + tail_lines:
            return "".join([*lines[:head_lines], "…\n", *(lines[-tail_lines:] if tail_lines else [])])
    return output if output.endswith("\n") or not output else output + "\n"


def main(words: list[str]) -> int:
    """Check, or rewrite, the named documents."""
    stale = 0
    for name in words[1:]:
        path = Path(name)
        text = path.read_text("utf-8")
        fresh = executed(text)
        if fresh != text:
            stale += 1
            sys.stderr.write(f"{path}: the shown output is not what the commands print: run make docs\n")
            if words[0] == "--write":
                path.write_text(fresh, "utf-8")
    return 1 if stale and words[0] == "--check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
