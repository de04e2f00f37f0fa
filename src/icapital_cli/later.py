"""Modules that Typer imports and a look-up never calls: each is imported when somebody first asks it for something.

They are a fifth of what a look-up costs. Only while Typer is imported do the stand-ins take their places; whoever
imports such a module afterwards gets the module itself.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

# The names after a module are those that Typer imports from it: to call, or to compare the type of an option with.
CALLED_BY_FEW = {
    "difflib": ("get_close_matches",),
    "linecache": (),
    "pathlib": ("Path",),
    "platform": (),
    "shutil": ("get_terminal_size",),
    "subprocess": (),
    "tokenize": (),
    "traceback": ("FrameSummary", "StackSummary"),
    "uuid": ("UUID",),
}


class Later(ModuleType):
    """Stands where a module will be."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        """Offer some names that import the module when they are called; any other imports it when it is read."""
        super().__init__(name)
        for offered in names:
            setattr(self, offered, self._caller(offered))

    def _caller(self, offered: str) -> type:
        def call(_cls: type, *values: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), offered)(*values, **named)

        return type(offered, (), {"__new__": call})

    def __getattr__(self, name: str) -> Any:
        """Import the module and ask it. That it has submodules is no reason yet: `from` asks for `__path__` first."""
        if name == "__path__":
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def imports_later() -> Iterator[None]:
    """Let what is imported meanwhile have stand-ins for modules that are not imported yet."""
    stand_ins = {name: Later(name, names) for name, names in CALLED_BY_FEW.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
