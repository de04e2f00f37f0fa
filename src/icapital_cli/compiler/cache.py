"""The cache of compiled fact bases: one file for each state of a folder, private to the user.

A base is compiled into a temporary file, which replaces what was there in a single step. So a kill or a full disk
leaves the old or nothing, and two processes that compile at once do the same work twice, no more. A cache that cannot
be used is reported once; the answer then comes from memory.
"""

import gc
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from icapital_cli import __version__
from icapital_cli.compiler.files import Files, find_files, fingerprint
from icapital_cli.errors import FactsError, printable
from icapital_cli.store.database import open_database
from icapital_cli.store.schema import FORMAT

TRIES = 5
CLOCK = 20_000_000  # nanoseconds: within them a file system may give two changes one time
KEY = 24  # hexadecimal digits that tell a folder, and as many that tell its state
OLD = 90 * 24 * 3600  # seconds after which a state is compiled anew, for its folder may be gone
ABANDONED = 3600  # seconds after which a temporary file belongs to no process
PACKAGE = Path(__file__).parent.parent
COMPILING = ("compiler", "model", "store")  # packages on which a compiled base depends

Warn = Callable[[str], None]


def open_folder(name: str, warn: Warn) -> sqlite3.Connection:
    """Open the facts of a folder, compiled from its present state.

    Raises FactsError when there is no such folder, ManyProblemsError when its facts have problems.
    """
    folder = Path(name)
    if not is_folder(folder):
        raise FactsError(f"no folder {printable(name)!r}")
    folder = folder.resolve()
    files = find_files(folder)
    try:
        cached = cache_folder() / _file_name(folder, files)
        connection = _open_cached(cached)
    except OSError as error:
        return _compiled_in_memory(folder, error, warn)
    return connection or _compiled_to_cache(folder, cached.parent, warn)


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name; a name that no file can have has none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def forget(folder: str) -> None:
    """Remove what the cache holds of a folder."""
    with suppress(OSError, FactsError):
        _remove_states(cache_folder(), Path(folder).resolve())


def cache_folder() -> Path:
    """Return the cache folder, which is the user's alone. Raises OSError when there can be none."""
    import platformdirs

    try:
        cache = platformdirs.user_cache_path("icapital")
    except (RuntimeError, KeyError) as error:
        raise OSError(None, "there is no home folder") from error
    if not cache.is_absolute():
        raise OSError(None, "there is no home folder")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = cache.lstat()
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "geteuid") and found.st_uid != os.geteuid()):
        raise OSError(None, "the cache folder is a link, or somebody else's")
    if found.st_mode & 0o077:
        cache.chmod(0o700)
    return cache


def _file_name(folder: Path, files: Files) -> str:
    modules = (path for part in COMPILING for path in (PACKAGE / part).rglob("*.py"))
    edited = max((path.stat().st_mtime_ns for path in modules), default=0)  # a checkout keeps its version
    state = sha256(f"{__version__} {FORMAT} {edited} {fingerprint(files)}".encode()).hexdigest()
    return f"{_folder_key(folder)}-{state[:KEY]}.db"


def _folder_key(folder: Path) -> str:
    return sha256(os.fsencode(folder)).hexdigest()[:KEY]


def _open_cached(path: Path) -> sqlite3.Connection | None:
    if not path.is_file() or path.is_symlink():
        return None
    try:
        connection = open_database(os.fspath(path))
        version = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except (FactsError, sqlite3.Error):  # removed meanwhile, or damaged
        return None
    return connection if version == (__version__,) else None


def _remove_states(cache: Path, folder: Path, keep: str = "") -> None:
    """Remove the other states of a folder, what a killed process left an hour ago, and what is of old folders."""
    for path in cache.glob("*-*"):
        with suppress(FileNotFoundError):  # removed meanwhile, by another process
            age = time.time() - path.lstat().st_mtime
            own = path.name.startswith(f"{_folder_key(folder)}-") and (path.suffix != ".tmp" or age > ABANDONED)
            if path.name != keep and (own or age > OLD):
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        import shutil  # noqa: PLC0415 - only a broken cache needs it

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _compiled_in_memory(folder: Path, error: OSError, warn: Warn) -> sqlite3.Connection:
    warn(f"the cache cannot be written ({error.strerror or type(error).__name__}); answering from memory")
    return compile_stable(folder, ":memory:", warn)[0]


def _compiled_to_cache(folder: Path, cache: Path, warn: Warn) -> sqlite3.Connection:
    temporary = ""
    try:
        handle, temporary = mkstemp(prefix=f"{_folder_key(folder)}-", suffix=".tmp", dir=cache)
        os.close(handle)
        connection, files = compile_stable(folder, temporary, warn)
        if files is not None:
            name = _file_name(folder, files)
            if (cache / name).is_dir():
                _remove(cache / name)
            Path(temporary).replace(cache / name)
            _remove_states(cache, folder, keep=name)
    except (OSError, sqlite3.OperationalError) as error:
        reason = error if isinstance(error, OSError) else OSError(None, str(error))
        return _compiled_in_memory(folder, reason, warn)
    finally:
        with suppress(OSError):
            if temporary:
                Path(temporary).unlink(missing_ok=True)
    return connection


def compile_stable(folder: Path, target: str, warn: Warn) -> tuple[sqlite3.Connection, Files | None]:
    """Compile one state of a folder into `target`, an empty file or `:memory:`: an open connection, and the files.

    The files are None when they kept changing while they were read. Raises FactsError when the base has problems.
    """
    from icapital_cli.compiler.compile import compile_folder  # noqa: PLC0415 - a cached answer does without YAML

    collecting = gc.isenabled()
    gc.disable()  # nodes and facts make no cycles, and the collector would walk them all again and again
    try:
        for attempt in range(1, TRIES + 1):
            before = _settled(folder)
            try:
                connection = compile_folder(folder, before, target, f"{folder}/")
            except FactsError:
                if attempt == TRIES or _is_unchanged(folder, before):
                    raise
                continue  # what is wrong may be wrong in no single state
            if _is_unchanged(folder, before):
                return connection, before
            if attempt < TRIES:
                connection.close()
                if target != ":memory:":
                    os.truncate(target, 0)
    finally:
        if collecting:
            gc.enable()
    warn("the facts keep changing while they are read; this answer may mix two states")
    return connection, None


def _is_unchanged(folder: Path, files: Files) -> bool:
    return fingerprint(find_files(folder)) == fingerprint(files)


def _settled(folder: Path) -> Files:
    """List the files once the last change is older than the clock of the file system can tell apart."""
    files = find_files(folder)
    young = max(found.st_ctime_ns for _, found in files) + CLOCK - time.time_ns()
    if 0 < young <= CLOCK:
        time.sleep(young / 1e9)
        return find_files(folder)
    return files
