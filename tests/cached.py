"""A copy of the tiny base with a cache of its own, and what it answers."""

import sqlite3
from contextlib import closing

from copies import Copy

from icapital_cli.compiler import cache

QUESTION = ("cities", "--year", "2015", "--fields", "city,status", "-f", "tsv")
ANSWER = (0, "city\tstatus\nŁódź\twinner\nNordvik\trunner-up\nBrambury-on-Sea\tfinalist\n", "")


def answer(nordvik="Nordvik", warning=""):
    """Give the answer after Nordvik was renamed; with a warning, it comes from memory."""
    told = warning and f"icapital: the cache cannot be written ({warning}); answering from memory\n"
    return (0, ANSWER[1].replace("Nordvik", nordvik), told)


class CachedCopy(Copy):
    """A copy of the tiny base in a folder, and beside it the folder that the user's caches belong in."""

    def __init__(self, run, folder):
        """Copy the tiny base; nothing is compiled yet."""
        super().__init__(run, folder / "base")
        self.caches = folder / "caches"
        self.cache = self.caches / "icapital"

    def ask(self, *words, **environment):
        """Ask the copy, of its cities in 2015 unless something else is asked, with its own cache."""
        return super().ask(*(words or QUESTION), **{"XDG_CACHE_HOME": str(self.caches)} | environment)

    def compiled(self):
        """Answer once, and give the file that was compiled."""
        assert self.ask() == ANSWER
        (database,) = self.files()
        return database

    def files(self):
        """List what is in the cache."""
        return sorted(self.cache.iterdir())

    def rename(self, old="Nordvik", new="Sørvik"):
        """Rename a city, in one step."""
        cities = self.folder / "cities.yaml"
        text = cities.read_text("utf-8")
        assert text.count(f"name: {old}\n") == 1
        (self.folder / "new").write_text(text.replace(f"name: {old}\n", f"name: {new}\n"), "utf-8")
        (self.folder / "new").replace(cities)

    def open_here(self, monkeypatch):
        """Open the copy in this process; give the name of Nordvik, and what was warned of."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(self.caches))
        warnings = []
        with closing(cache.open_folder(str(self.folder), warnings.append)) as connection:
            return name_in(connection), warnings


def name_in(connection):
    """Read the name of Nordvik in compiled facts."""
    return connection.execute("SELECT json_extract(doc, '$.name') FROM facts WHERE id = 'nordvik'").fetchone()[0]


def is_whole(database):
    """Whether a compiled file is a database without damage."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
