"""Server of test runs: it has loaded the tool once, and forks a process for each command that it is asked to run.

A request is a line of JSON on standard input: words, environment, folder, standard input. The answer is a line of JSON:
exit code, standard output, standard error.
"""

import json
import os
import sys
import tempfile

from icapital_cli.cli import commands  # noqa: F401 - loaded once, for every run
from icapital_cli.cli.app import main
from icapital_cli.compiler import cache, compile  # noqa: A004, F401 - the same


def run_in_fork(request):
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(request["stdin"].encode("utf-8", "surrogateescape"))
        given.seek(0)
        child = os.fork()
        if child == 0:
            code = 70
            try:
                for number, file in enumerate((given, out, err)):
                    os.dup2(file.fileno(), number)
                os.environ.clear()
                os.environ.update(request["environment"])
                os.chdir(request["folder"])
                sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - the child's
                sys.argv = ["icapital", *request["words"]]
                code = main()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        for file in (out, err):
            file.seek(0)
        texts = [file.read().decode("utf-8", "surrogateescape") for file in (out, err)]
    return [os.waitstatus_to_exitcode(status), *texts]


for line in sys.stdin:
    sys.stdout.write(json.dumps(run_in_fork(json.loads(line))) + "\n")
    sys.stdout.flush()
