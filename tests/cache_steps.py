"""Server of interrupted look-ups: it forks processes that open a folder, and kills, fails or holds them at a step.

A step is what a process does to a folder of caches, as Python audits it (open, rename, remove …), and the first and
the last table that it writes. A request is a line of JSON: `folder`, `caches`, the number of the step to `kill` or
`fail` at, the name of the step to `hold` at, and `processes`. Where they are held, the answer is at first a line that
says so, and any line lets them go on. The answer is a line of JSON: for each process the steps that it took, the
warnings, and the name of a city; null for one that was killed.
"""

import json
import os
import signal
import sqlite3
import sys
import traceback
from errno import ENOSPC

from cached import name_in

from icapital_cli.compiler import cache, compile  # noqa: A004 - loaded once, for every process

ENDS = ("meta", "words")
OF_SQLITE = ("sqlite3", "insert")


class Steps:
    """The steps of this process."""

    def __init__(self, request, hold):
        """Interrupt at the steps of a request."""
        self.taken, self._request, self._hold = [], request, hold

    def take(self, name):
        """Note a step, before it is done, and do there what is asked for."""
        self.taken.append(name)
        number = len(self.taken)
        if number == self._request.get("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if number == self._request.get("fail"):
            full = sqlite3.OperationalError("database or disk is full")
            raise full if name.startswith(OF_SQLITE) else OSError(ENOSPC, "No space left on device")
        self.pause(name)

    def pause(self, name):
        """Wait where that is asked for, the first time."""
        if name == self._request.get("hold") and self.taken.count(name) < 2:
            self._hold()

    def audit(self, event, values):
        """Take what Python is about to do to the folder of caches as a step."""
        paths = (os.fspath(value) for value in values if isinstance(value, (str, os.PathLike)))
        if any(self._request["caches"] in path for path in paths):
            self.take(event)

    def insert(self, connection, table, rows, insert=compile.insert):
        """Take the writing of the first and the last table of a file as a step."""
        if table in ENDS and connection.execute("PRAGMA database_list").fetchone()[2]:
            self.take(f"insert {table}")
        insert(connection, table, rows)


def open_folder(request, hold):
    steps, warnings = Steps(request, hold), []
    os.environ["XDG_CACHE_HOME"] = request["caches"]
    compile.insert = steps.insert
    sys.addaudithook(steps.audit)
    connection = cache.open_folder(request["folder"], warnings.append)
    steps.pause("read")
    return {"steps": steps.taken, "warnings": warnings, "name": name_in(connection)}


def start(request, arrived, go_on):
    """Fork a process; give its id, and where to read what it tells."""

    def hold():
        os.write(arrived, b".")
        os.read(go_on, 1)

    told, tells = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.write(tells, json.dumps(open_folder(request, hold)).encode())
        except Exception:  # noqa: BLE001 - the test is told nothing, and a person why
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(tells)
    return process, told


def answer_of(process, told):
    with open(told, encoding="utf-8") as text:
        answer = json.loads(text.read() or "null")
    os.waitpid(process, 0)
    return answer


def tell(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main():
    for line in sys.stdin:
        request = json.loads(line)
        arrivals, arrived = os.pipe()
        go_on, release = os.pipe()
        started = [start(request, arrived, go_on) for _ in range(request.get("processes", 1))]
        os.close(arrived)
        if "hold" in request:
            held = sum(len(os.read(arrivals, 1)) for _ in started)
            tell(held)
            sys.stdin.readline()
            os.write(release, b"." * held)
        tell([answer_of(*one) for one in started])
        for pipe in (arrivals, go_on, release):
            os.close(pipe)


main()
