"""A copy of the tiny base that a test may change, and what `check` says of it."""

import shutil

from conftest import BASE


class Copy:
    """A copy of the tiny base in a folder of its own."""

    def __init__(self, run, folder):
        """Copy the tiny base."""
        self.run, self.folder = run, folder
        shutil.copytree(BASE, folder)

    def change(self, file, old, new):
        """Put one text in the place of another, which must stand there once."""
        text = (self.folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.folder / file).write_text(text.replace(old, new), "utf-8")

    def add(self, text, file="new.yaml"):
        """Add a file, of text or of bytes."""
        (self.folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())

    def check(self, *words):
        """Check the copy; the folder is cut from what is said, so that a test can spell it."""
        result = self.run("check", str(self.folder), *words)
        return result._replace(err=result.err.replace(f"{self.folder}/", ""))

    def ask(self, *words, **environment):
        """Ask the copy."""
        return self.run(*words, "--facts", str(self.folder), **environment)


def problems(*lines):
    """Give the result of a check that finds these problems, and nothing else."""
    return (4, "", "".join(f"{line}\n" for line in lines))
