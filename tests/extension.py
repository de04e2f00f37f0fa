"""An extension from outside: a kind, a column type, a list format, a citation style, a rule and a command.

As a program it compiles a folder into a file, answers from that, and serves runs as `server.py` does:
`python extension.py FOLDER FILE`. The tool is loaded first, so that nothing depends on the order of imports.
"""

import runpy
import sys
from datetime import date
from pathlib import Path

from icapital_cli.cli import app, manpage
from icapital_cli.cli.options import command, takes
from icapital_cli.compiler.compile import compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.compiler.rules.registry import at, rule
from icapital_cli.formats.registry import CITATIONS, LISTS
from icapital_cli.model.composites import Text
from icapital_cli.model.fact import CITY, LANG, YEAR, ColumnSpec, Fact, Filter, ListCommand, PageSpec
from icapital_cli.model.values import Integer, Ref, Word
from icapital_cli.store import database
from icapital_cli.views.column_types import ColumnType, column_type


class Festival(Fact, kind="festivals"):
    """A festival in the year of an award."""

    command = ListCommand(
        "festivals",
        place=10,
        options=("year", "city", "country", "genre", "host"),
        summary="Festivals in the year of an award.",
        examples=("icapital festivals --genre music",),
    )
    page = PageSpec(sentence=("name", "city", "year", "genre", "stars"))
    order = ("edition",)
    name = Text(proper=True)
    city = Ref("cities")
    edition = Ref("editions")
    host = Ref("people", optional=True)
    genre = Word("music", "parade", "theatre")
    stars = Integer()
    names = ("name",)
    filters = {"year": Filter("edition"), "city": Filter("city"), "genre": Filter("genre"), "host": Filter("host")}
    columns = (
        ColumnSpec("name", "name", "name", shown=True),
        *CITY,
        YEAR,
        ColumnSpec("genre", "genre", "choice", shown=True),
        ColumnSpec("stars", "stars", "stars", shown=True),
        LANG,
    )


@column_type("stars")
class Stars(ColumnType):
    """A rating of one to five stars."""

    json_schema = {"type": "integer", "minimum": 1, "maximum": 5}
    is_unbreakable = True

    def format(self, value, row, column, localizer):  # noqa: ARG002 - as every column type has it
        """Draw the stars."""
        return "★" * value


@LISTS.register("org", needs=("stars",))
def as_org(view, out):
    """Write headings of Org mode."""
    for row in view.rows:
        out.write(f"* {row.values['name']} {view.cell(row, view.columns[view.field_names.index('stars')])}\n")


@CITATIONS.register("footnote")
def as_footnote(entry):
    """Write a footnote."""
    return f"{entry.publisher}, {entry.title} ({entry.fact})."


@rule
def stars_are_five_at_most(base):
    """A festival has one to five stars."""
    for record in base.of_kind["festivals"]:
        if not 1 <= record.doc["stars"] <= 5:
            yield at(record, ("stars",), "must be 1 to 5 stars", "stars")


@command("manual")
@takes()
def manual():
    """Write the manual page.

    \b
    icapital manual
    """
    sys.stdout.write(manpage.manual(date(2026, 1, 1)))


def completing(main):
    """Wrap the entry point: a completion ends by SystemExit, which a fork of the server would not see."""

    def run_to_the_end():
        try:
            return main()
        except SystemExit as done:
            sys.stdout.flush()
            return done.code or 0

    return run_to_the_end


if __name__ == "__main__":
    compile_folder(Path(sys.argv[1]), find_files(Path(sys.argv[1])), sys.argv[2]).close()
    database.SHIPPED, app.main = sys.argv[2], completing(app.main)
    runpy.run_path(str(Path(__file__).with_name("server.py")))
