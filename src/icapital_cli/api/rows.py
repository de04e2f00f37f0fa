"""The rows of each list, as the JSON of the command line has them. Made from the model by tools/make_api.py."""

from typing import Any, Literal, NotRequired, TypedDict

Thing = dict[str, Any]  # what `show` returns: the keys of its kind, and kind, title, related
Sums = dict[str, Any]  # a row of `stats`: group, group_id, count, a key for each status, prize_eur, disputed, unknown
Comparison = dict[str, Any]  # a row of `compare`: measure, group, and a value under the id of each thing


class Citation(TypedDict):
    """A source that states a fact, and the place on it."""

    id: str
    publisher: str
    title: str
    url: str | None
    date: str | None
    locator: str
    excerpt: str | None
    read_on: str | None


class Claim(TypedDict):
    """What one side of a dispute says."""

    says: str
    sources: list[Citation]


class Figure(TypedDict):
    """A number, its unit, and what it counts."""

    value: float
    unit: str
    of: str
    qualifier: NotRequired[str]


class Step(TypedDict):
    """A dated step of an edition."""

    id: str
    date: str
    summary: str
    sources: list[Citation]
    disputes: list[str]


class Match(TypedDict):
    """A passage that a search finds."""

    kind: str
    id: str
    title: str
    snippet: str
    lang: str
    sources: list[Citation]
    disputes: list[str]


class Language(TypedDict):
    """A language, and how complete it is."""

    tag: str
    name: str
    labels: str
    texts: str
    complete: str


class Checked(TypedDict):
    """A claim of a draft, and what the facts say of it."""

    id: int
    file: str
    line: int
    column: int
    verdict: Literal["agrees", "differs", "disputed", "rounded", "unknown", "not-read"]
    text: str
    subject: str | None
    property: str | None
    read: Any
    expected: Any
    fact: str | None
    explanation: str | None
    sources: list[Citation]
    disputes: list[str]


class Result(TypedDict):
    """Which city reached what, in which edition."""

    id: str
    year: int
    edition: str
    city: str
    city_id: str
    country: str
    country_code: str
    category: str
    status: str
    rank: int | None
    prize_eur: int | None
    reason: str | None
    lang: str | None
    note: str | None
    amount: int | None
    sources: list[Citation]
    disputes: list[str]


class Prize(TypedDict):
    """A prize awarded to a city, and what for."""

    id: str
    award: str
    year: int
    city: str
    city_id: str
    country: str
    country_code: str
    category: str | None
    status: str
    amount: int | None
    currency: str | None
    purpose: str | None
    lang: str | None
    award_id: str
    purpose_by: str | None
    purpose_on: str | None
    sources: list[Citation]
    disputes: list[str]


class Initiative(TypedDict):
    """What a city does, as the sources describe it."""

    id: str
    name: str
    city: str
    city_id: str
    year: int
    summary: str
    basis: Literal["official-reason", "own-account", "press-account"] | None
    since: str | None
    partners: list[str]
    figures: list[Figure]
    lang: str | None
    since_note: str | None
    note: str | None
    sources: list[Citation]
    disputes: list[str]


class Quote(TypedDict):
    """What someone said, in the words that a source printed."""

    id: str
    text: str
    lang: str | None
    original_lang: str
    translated: bool
    speaker: str
    speaker_id: str
    role: str | None
    organisation: str | None
    city: str | None
    city_id: str | None
    date: str | None
    year: int | None
    occasion: str | None
    parallel: list[str]
    note: str | None
    original: str
    sources: list[Citation]
    disputes: list[str]


class Contact(TypedDict):
    """Whom to call, as a public press release printed it on the day `as_of`."""

    id: str
    name: str
    role: str
    organisation: str
    city: str | None
    city_id: str | None
    phone: str | None
    email: str | None
    as_of: str
    lang: str | None
    sources: list[Citation]
    disputes: list[str]


class Post(TypedDict):
    """What a person was at the time of an edition."""

    id: str
    name: str
    role: str | None
    organisation: str
    city: str | None
    city_id: str | None
    year: int
    lang: str | None
    person_id: str
    sources: list[Citation]
    disputes: list[str]


class Edition(TypedDict):
    """One run of the award."""

    id: str
    year: int
    label: str
    date: str | None
    event: str | None
    place: str | None
    organiser: str | None
    commissioner: str | None
    applications: int | None
    winners: list[str]
    ordinal: int | None
    commissioner_role: str | None
    applications_countries: int | None
    applications_note: str | None
    jury: str | None
    note: str | None
    lang: str | None
    timeline: list[Step]
    edition: str
    sources: list[Citation]
    disputes: list[str]


class Dispute(TypedDict):
    """Where sources contradict each other: what each says, which we follow, and why."""

    id: str
    year: int | None
    topic: str
    severity: Literal["high", "medium", "low"]
    weight: Literal["open", "settled", "slip"]
    claims: list[Claim]
    believed: str
    why: str
    lang: str | None
    years: list[str]
    touches: list[str]
    sources: list[Citation]
    disputes: list[str]


class Source(TypedDict):
    """A page that facts are taken from."""

    id: str
    title: str
    publisher: str
    url: str | None
    date: str | None
    lang: str
    kind: Literal["official", "press-release", "news", "reference"]
    cited: int
    reprint_of: str | None
    draws_on: str | None
    origin: str | None
    note: str | None
    disputes: list[str]


class Gap(TypedDict):
    """What nobody was found to state: what, why, since when."""

    id: str
    what: str
    why: str
    since: str
    about: list[str]
    lang: str | None
    sources: list[Citation]
    disputes: list[str]
