"""The registries of formats: of lists, of pages, of briefs, of citations."""

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any

from icapital_cli.errors import no_such

Writer = Callable[..., Any]


class Registry:
    """The functions of formats by name; a docstring is the help of a format.

    The modules that register them are imported one after the other until a format is found: what is not imported costs
    a look-up nothing.
    """

    def __init__(self, noun: str, *modules: str) -> None:
        """Start empty; the noun is for messages."""
        self._noun, self._modules = noun, modules
        self._writers: dict[str, Writer] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self.drawn: dict[str, Writer] = {}  # draw(answer, console), where a format looks better on a terminal

    def register(
        self, *names: str, drawn_by: Writer | None = None, needs: tuple[str, ...] = ()
    ) -> Callable[[Writer], Writer]:
        """Register a function under its names; it `needs` some keys in what it writes."""

        def add(writer: Writer) -> Writer:
            self._writers.update(dict.fromkeys(names, writer))
            self._needs.update(dict.fromkeys(names, needs))
            if drawn_by:
                self.drawn.update(dict.fromkeys(names, drawn_by))
            return writer

        return add

    def names(self, keys: Collection[str] | None = None) -> list[str]:
        """Return the names of all formats, or of those that can write what has these keys.

        They are in the order of the modules, whichever was imported first; those from outside come last.
        """
        modules = [import_module(f"{__package__}.{module}").__name__ for module in self._modules]
        places = {module: place for place, module in enumerate(modules)}
        names = sorted(self._writers, key=lambda name: places.get(self._writers[name].__module__, len(places)))
        return [name for name in names if keys is None or set(self._needs[name]) <= set(keys)]

    def missing(self, name: str, keys: Collection[str]) -> list[str]:
        """Return the keys that a format needs besides these."""
        return [key for key in self._needs.get(name, ()) if key not in keys]

    def __contains__(self, name: object) -> bool:
        """Whether there is a format of that name."""
        for module in self._modules:
            if name in self._writers:
                return True
            import_module(f"{__package__}.{module}")
        return name in self._writers

    def __getitem__(self, name: str) -> Writer:
        """Return the function of a format. Raises UsageError for a name that no format has."""
        if name not in self:
            raise no_such(self._noun, name, self.names())
        return self._writers[name]


LISTS = Registry("format", "table", "structured", "delimited", "markdown", "cards")  # write(view, out)
PAGES = Registry("format", "pages", "html")  # write(page, out)
BRIEFS = Registry("format", "pages", "html")  # write(page, out)
CITATIONS = Registry("style", "citations")  # write(entries), which returns the text
DRAFTS = Registry("format", "drafts")  # write(report, out)
