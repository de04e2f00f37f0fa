"""The list commands: one factory makes them all, so that nine kinds cannot drift apart."""

from collections.abc import Callable
from typing import Any

from icapital_cli.asked import open_facts, put, remark, shape_of
from icapital_cli.options import OUTPUT, command, joined, number, takes
from icapital_cli.query import select
from icapital_cli.view import view_of


def lister(kind: str, *filters: str) -> Callable[..., None]:
    """Make the command that lists the facts of one kind."""

    @takes("words", *filters, *OUTPUT)
    def listing(
        *, words: list[str] | None, limit: str | None, sort: str | None, fields: str | None, **asked: Any
    ) -> None:
        count, shape = number(limit, "--limit"), shape_of(asked)
        with open_facts(asked, shape) as index:
            most = count if sort is None else None
            found = select(index, kind, joined(words), most, **{name: asked[name] for name in filters})
            view = view_of(index, kind, found, numbered=asked["sources"])
            view = view.sorted_by(sort).only(fields).limited(count).noted()
            put(view, shape, asked)
            remark(index, view, asked | {"fields": fields, "shape": shape})

    return listing


# command: (kind of fact, its own filters, help: what it answers, then examples)
LISTS = {
    "cities": (
        "results",
        "year city country category status",
        """Which city reached what, in which edition.

    \b
    icapital cities --year 2019
    icapital cities --status winner
    icapital cities espoo --lang fi
    icapital cities --country sweden --json
    """,
    ),
    "prizes": (
        "prizes",
        "year city country category award",
        """Prizes awarded to cities, and what for.

    \b
    icapital prizes espoo
    icapital prizes --year 2021
    icapital prizes --award intelligent-community
    """,
    ),
    "initiatives": (
        "initiatives",
        "year city",
        """What the cities do, with figures and partners.

    \b
    icapital initiatives espoo --year 2019
    icapital initiatives --year 2024-25 --fields name,city,figures -f csv
    """,
    ),
    "quotes": (
        "quotes",
        "year city speaker",
        """Who said what, word for word.

    \b
    icapital quotes --speaker "Jukka Mäkelä"
    icapital quotes --lang fi
    icapital quotes --json
    """,
    ),
    "contacts": (
        "contacts",
        "city",
        """Whom to call, as a public press release printed it that day.

    \b
    icapital contacts --lang sv
    icapital contacts espoo --json
    """,
    ),
    "people": (
        "posts",
        "year city",
        """Officials and mayors, and what they were at the time.

    \b
    icapital people --year 2019
    icapital people espoo --lang sv
    """,
    ),
    "editions": (
        "editions",
        "year",
        """The runs of the award: date, place, applications, winners.

    \b
    icapital editions
    icapital editions --year 2017..2020 --json
    """,
    ),
    "disputes": (
        "disputes",
        "year city",
        """Where sources disagree: what each says, whom we follow, and why.

    \b
    icapital disputes --year 2021
    icapital disputes espoo --lang sv
    """,
    ),
    "sources": (
        "sources",
        "year publisher kind",
        """The pages behind it all.

    \b
    icapital sources --kind official
    icapital sources --publisher espoo --json
    """,
    ),
}
for _name, (_kind, _filters, _help) in LISTS.items():
    _command = lister(_kind, *_filters.split())
    _command.__doc__ = _help
    command(_name)(_command)
