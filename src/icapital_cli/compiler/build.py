"""Compile the facts that the wheel carries."""

from pathlib import Path

from icapital_cli.compiler.compile import compile_folder
from icapital_cli.compiler.files import find_files


def build_database(folder: Path, database: Path) -> None:
    """Compile a fact base into a new file; equal facts give equal bytes. Raises ManyProblemsError."""
    connection = compile_folder(folder, find_files(folder))
    connection.execute("VACUUM")  # lays the pages out anew, in one order
    database.write_bytes(connection.serialize())
