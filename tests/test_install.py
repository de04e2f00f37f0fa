"""What installing leaves, where completions are written, and starts that are quiet in any environment."""

import shutil
import signal
import subprocess
import sys
import zipfile
from importlib.metadata import files  # noqa: TID253 - the ban is for the tool, whose start it slows
from pathlib import Path

import pytest
from conftest import BASE, environment_of

import icapital_cli

PACKAGE = Path(icapital_cli.__file__).parent
# Sends an interrupt when a module is imported for the first time.
INTERRUPTED = """
import _signal, os, sys
_signal.signal(_signal.SIGINT, {handler})
class Interrupt:
    def find_spec(name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), _signal.SIGINT)
sys.meta_path.insert(0, Interrupt)
sys.argv = ["icapital", "cities", "--json"]
from icapital_cli.__main__ import run
run()
"""
SHELLS = {
    "bash": ("XDG_DATA_HOME", ".local/share", "bash-completion/completions/icapital"),
    "zsh": ("XDG_DATA_HOME", ".local/share", "zsh/site-functions/_icapital"),
    "fish": ("XDG_CONFIG_HOME", ".config", "fish/completions/icapital.fish"),
}
DRAWN = [
    ["--version"],
    ["--help"],
    ["cities", "--help"],
    ["cities", "--json"],
    ["cities", "-f", "csv", "--excel"],
    ["show", "vantaa"],
    ["brief", "vantaa", "-f", "html"],
    ["about"],
    ["completion", "bash"],
    ["cities", "--facts", str(BASE)],
    ["check", str(BASE)],
]


def start(home, code, *by, **environment):
    """Run Python code in a process: exit code, standard error."""
    given = environment_of(home, environment)
    done = subprocess.run([sys.executable, *by, "-c", code], capture_output=True, text=True, env=given, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "icapital_cli/facts.db",
        "icapital_cli/py.typed",
        "share/bash-completion/completions/icapital",
        "share/fish/vendor_completions.d/icapital.fish",
        "share/man/man1/icapital.1",
        "share/zsh/site-functions/_icapital",
    ],
)
def test_the_wheel_carries(name):
    assert any(str(file).endswith(name) for file in files("icapital-cli"))


@pytest.mark.parametrize("shell", SHELLS)
def test_the_completions_in_the_wheel_are_those_that_the_command_prints(run, shell):
    name = Path(SHELLS[shell][2]).name
    shipped = next(file for file in files("icapital-cli") if file.name == name and "share" in file.parts)

    assert shipped.locate().read_text("utf-8") == run("completion", shell).out


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("variable", ["set", "unset", "relative"])
def test_a_completion_is_installed_where_its_shell_looks(run, tmp_path, shell, variable):
    """A relative path in the variable is ignored, as the XDG Base Directory Specification says."""
    name, default, path = SHELLS[shell]
    environment = {"set": {name: str(tmp_path / "own")}, "unset": {}, "relative": {name: "own"}}[variable]
    file = tmp_path / ("own" if variable == "set" else default) / path

    code, out, err = run("completion", shell, "--install", HOME=str(tmp_path), **environment)

    assert (code, out) == (0, "")
    assert err.startswith(f"icapital: wrote {file}")
    assert file.read_text("utf-8") == run("completion", shell).out
    assert list(file.parent.iterdir()) == [file]


def test_an_older_completion_is_replaced(run, tmp_path):
    run("completion", "fish", "--install", HOME=str(tmp_path))
    file = tmp_path / ".config" / SHELLS["fish"][2]
    file.write_text("older", "utf-8")

    run("completion", "fish", "--install", HOME=str(tmp_path))

    assert "_ICAPITAL_COMPLETE" in file.read_text("utf-8")


def test_zsh_is_told_the_line_that_its_start_needs(run, tmp_path):
    err = run("completion", "zsh", "--install", HOME=str(tmp_path / "a b")).err

    assert err.endswith(f"~/.zshrc, above compinit: fpath=('{tmp_path}/a b/.local/share/zsh/site-functions' $fpath)\n")


@pytest.mark.parametrize(
    ("shell", "folder", "expected"),
    [
        ("powershell", "", (2, "powershell has no folder of completions: add this line to the file $PROFILE: ")),
        ("tcsh", "", (2, "no shell is called 'tcsh'. choose from: bash, zsh, fish, powershell\n")),
        ("fish", "relative", (1, "there is no home folder: set HOME or XDG_CONFIG_HOME\n")),
        ("bash", "/dev/null", (1, f"cannot write '/dev/null/.local/share/{SHELLS['bash'][2]}': Not a directory\n")),
    ],
)
def test_a_completion_that_cannot_be_installed_is_one_line(run, tmp_path, shell, folder, expected):
    result = run("completion", shell, "--install", HOME=folder or str(tmp_path))

    assert (result.code, result.out) == (expected[0], "")
    assert result.err.startswith(f"icapital: {expected[1]}")
    assert result.err.count("\n") == 1


def test_a_completion_that_a_folder_is_in_the_way_of_leaves_no_file_behind(run, tmp_path):
    file = tmp_path / ".config" / SHELLS["fish"][2]
    file.mkdir(parents=True)

    assert run("completion", "fish", "--install", HOME=str(tmp_path)).code == 1
    assert list(file.parent.iterdir()) == [file]


@pytest.fixture(scope="module")
def zipped(tmp_path_factory):
    """The package inside a zip file, as a wheel is."""
    path = tmp_path_factory.mktemp("zip") / "icapital.whl"
    with zipfile.ZipFile(path, "w") as packed:
        for file in PACKAGE.rglob("*"):
            if file.suffix in {".py", ".db"}:
                packed.write(file, f"icapital_cli/{file.relative_to(PACKAGE)}")
    return path


@pytest.mark.parametrize("words", ['["cities"]', '["--help"]', '["show", "espoo"]'])
def test_from_a_zip_file_it_says_that_it_must_be_installed(home, zipped, words):
    code = f"import sys; sys.argv[1:] = {words}; from icapital_cli.__main__ import run; run()"

    told = "icapital: icapital cannot answer from inside a zip file: install it with pip first\n"
    assert start(home, code, PYTHONPATH=str(zipped)) == (4, told)


def test_without_what_it_needs_it_says_that_it_must_be_installed(home, zipped):
    code = f"import sys; sys.path.insert(0, {str(zipped)!r}); from icapital_cli.__main__ import run; run()"

    told = "icapital: there is no module 'typer': install icapital with pip first\n"
    assert start(home, code, "-S") == (1, told)


@pytest.fixture
def checkout(home, tmp_path):
    """Run a command as an editable install does: from a checkout, which has no compiled facts."""
    shutil.copytree(PACKAGE, tmp_path / "src/icapital_cli", ignore=shutil.ignore_patterns("facts.db", "__pycache__"))
    shutil.copytree(BASE, tmp_path / "facts")

    def run_in_checkout(*words):
        given = environment_of(home, {"PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"})
        command = [sys.executable, "-m", "icapital_cli", *words]
        return subprocess.run(command, capture_output=True, text=True, env=given, check=False, cwd=home)

    return run_in_checkout


def test_an_editable_install_answers_from_the_edited_facts(checkout, tmp_path):
    before = checkout("cities", "--fields", "city", "-f", "plain").stdout
    cities = tmp_path / "facts/cities.yaml"
    cities.write_text(cities.read_text("utf-8").replace("name: Łódź", "name: Edited"), "utf-8")

    after = checkout("cities", "--fields", "city", "-f", "plain").stdout

    assert "Łódź" in before
    assert after == before.replace("Łódź", "Edited")


def test_an_editable_install_lists_its_commands_and_says_where_its_facts_are(checkout, tmp_path):
    assert "  cities " in checkout("--help").stdout
    assert f"Facts: {tmp_path}/facts\n" in checkout("about").stdout


@pytest.mark.parametrize("words", DRAWN, ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_nothing_warns_where_warnings_are_errors(process, tmp_path, words, unbuffered):
    """Python warns of an encoding that is left to the locale (PEP 597), and of files that are left open."""
    strict = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error", "PYTHONUNBUFFERED": unbuffered}

    result = process(*words, HOME=str(tmp_path), **strict)

    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    "module", ["icapital_cli.cli.app", "typer", "enum", "sqlite3", "icapital_cli.formats.structured"]
)
def test_an_interrupt_during_the_start_ends_it_without_a_traceback(home, module):
    code = INTERRUPTED.format(handler="_signal.default_int_handler", module=module)

    assert start(home, code) == (-signal.SIGINT, "")


def test_an_interrupt_that_the_caller_ignores_stays_ignored(home):
    code = INTERRUPTED.format(handler="_signal.SIG_IGN", module="typer")

    assert start(home, code) == (0, "")
