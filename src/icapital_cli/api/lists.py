"""The lists of the Python API, one method for each. Made from the model by tools/make_api.py."""

from collections.abc import Iterable
from typing import Any

from icapital_cli.api.rows import Contact, Dispute, Edition, Gap, Initiative, Post, Prize, Quote, Result, Source

Names = str | Iterable[str] | None  # one name, or several: any of them
Years = int | str | Iterable[int | str] | None


class Lists:
    """A method for each list. A filter takes one value or several, of which any may fit; `query` any name or id."""

    def _rows(self, kind: str, query: str | None, /, **filters: Names | Years) -> list[Any]:
        """Select and read the rows of a kind."""
        raise NotImplementedError

    def cities(  # noqa: PLR0913 - one for each filter
        self,
        query: str | None = None,
        *,
        year: Years = None,
        city: Names = None,
        country: Names = None,
        category: Names = None,
        status: Names = None,
    ) -> list[Result]:
        """Which city reached what, in which edition.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code; `category`: the name or id of one of the categories;
        `status`: the name or id of one of the statuses.
        """
        return self._rows("results", query, year=year, city=city, country=country, category=category, status=status)

    def prizes(  # noqa: PLR0913 - one for each filter
        self,
        query: str | None = None,
        *,
        year: Years = None,
        city: Names = None,
        country: Names = None,
        category: Names = None,
        status: Names = None,
        award: Names = None,
    ) -> list[Prize]:
        """Prizes awarded to cities, and what for.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code; `category`: the name or id of one of the categories;
        `status`: the name or id of one of the statuses; `award`: the name or id of one of the awards.
        """
        return self._rows(
            "prizes", query, year=year, city=city, country=country, category=category, status=status, award=award
        )

    def initiatives(
        self, query: str | None = None, *, year: Years = None, city: Names = None, country: Names = None
    ) -> list[Initiative]:
        """What the cities do, with figures and partners.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code.
        """
        return self._rows("initiatives", query, year=year, city=city, country=country)

    def quotes(
        self,
        query: str | None = None,
        *,
        year: Years = None,
        city: Names = None,
        country: Names = None,
        speaker: Names = None,
    ) -> list[Quote]:
        """Who said what, word for word.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code; `speaker`: a person by name or id.
        """
        return self._rows("quotes", query, year=year, city=city, country=country, speaker=speaker)

    def contacts(self, query: str | None = None, *, city: Names = None) -> list[Contact]:
        """Whom to call, as a public press release printed it that day.

        `city`: a city by any of its names, or its id.
        """
        return self._rows("contacts", query, city=city)

    def people(
        self, query: str | None = None, *, year: Years = None, city: Names = None, country: Names = None
    ) -> list[Post]:
        """Officials and mayors, and what they were at the time.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code.
        """
        return self._rows("posts", query, year=year, city=city, country=country)

    def editions(self, query: str | None = None, *, year: Years = None) -> list[Edition]:
        """The runs of the award: date, place, applications, winners.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`.
        """
        return self._rows("editions", query, year=year)

    def disputes(
        self,
        query: str | None = None,
        *,
        year: Years = None,
        city: Names = None,
        country: Names = None,
        weight: Names = None,
    ) -> list[Dispute]:
        """Where sources disagree: what each says, whom we follow, and why.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `city`: a city by any of its names, or its id;
        `country`: a country by any of its names, or its code; `weight`: `open`, `settled`, `slip`.
        """
        return self._rows("disputes", query, year=year, city=city, country=country, weight=weight)

    def sources(
        self, query: str | None = None, *, year: Years = None, publisher: Names = None, kind: Names = None
    ) -> list[Source]:
        """The pages behind it all.

        `year`: `2019`, `"2017..2020"`, or a label such as `"2024-25"`; `publisher`: a publisher, or a part of its name;
        `kind`: `official`, `press-release`, `news`, `reference`.
        """
        return self._rows("sources", query, year=year, publisher=publisher, kind=kind)

    def gaps(self, query: str | None = None) -> list[Gap]:
        """What nobody was found to state: what, why, since when."""
        return self._rows("gaps", query)
