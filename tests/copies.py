"""A copy of the tiny base that a test may change, what `check` reports of it, and tables of cases."""

import shutil

import pytest
from conftest import BASE


class Copy:
    """A copy of the tiny base in a folder of its own."""

    def __init__(self, run, folder):
        """Copy the tiny base."""
        self.run, self.folder = run, folder
        shutil.copytree(BASE, folder)

    def change(self, file, old, new):
        """Replace one text by another; it must appear once."""
        text = (self.folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} appears {text.count(old)} times in {file}"
        (self.folder / file).write_text(text.replace(old, new), "utf-8")

    def add(self, text, file="new.yaml"):
        """Add a file, of text or of bytes."""
        (self.folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, file, *texts):
        """Add a file, given its content, or change one, given the old and the new text."""
        if len(texts) == 1:
            self.add(*texts, file)
        else:
            self.change(file, *texts)

    def check(self, *words):
        """Check the copy; its folder is cut from the messages, so that a test can write them out."""
        result = self.run("check", str(self.folder), *words)
        return result._replace(err=result.err.replace(f"{self.folder}/", ""))

    def ask(self, *words, **environment):
        """Query the copy."""
        return self.run(*words, "--facts", str(self.folder), **environment)


def problems(*lines):
    """Return the result of a check that finds these problems, and nothing else."""
    return (4, "", "".join(f"{line}\n" for line in lines))


def table(names, cases):
    """Parametrize a test by a table of cases, each under the sentence that it proves."""
    return pytest.mark.parametrize(names, cases.values(), ids=cases.keys())


def new(text, old="", replacement=""):
    """Return the edit that adds the file `new.yaml` with a text in which one part is replaced; see `Copy.edit`."""
    assert not old or text.count(old) == 1, f"{old!r} appears {text.count(old)} times"
    return ("new.yaml", text.replace(old, replacement) if old else text)
