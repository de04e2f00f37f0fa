"""Rules on what must fit together: time, numbers of an edition, contacts, quotes, names, claims, disputes, places."""

from collections.abc import Iterator
from datetime import UTC, datetime

from icapital_cli.compiler import cldr
from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.registry import at, rule, rule_of_complete_bases
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.values import Date
from icapital_cli.names import name_key

CALL, AFTER = 2, 1  # years before and after an edition in which its steps can be
VAGUE = {"text", "page", "site", "website", "article", "here", "see page", "link"}


@rule
def nothing_is_in_the_future(base: Base) -> Iterator[Violation]:
    """No date is later than today, except the steps of an edition that is still to come."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    for kind, cls in KINDS.items():
        names = [name for name, field in cls.mapping.fields.items() if isinstance(field, Date)]
        for record in base.of_kind[kind] if names and kind != "milestones" else ():
            for name in names:
                value = record.doc.get(name)
                if value and value > today[: len(value)]:
                    yield at(record, (name,), f"{name} {value} is in the future", "dates")
    for record, number, citation in base.citations:
        if citation.get("read_on", "") > today:
            yield at(record, ("citations", number, "read_on"), "read_on is in the future", "dates")


@rule
def editions_are_in_their_years(base: Base) -> Iterator[Violation]:
    """An edition is announced, and its steps are, around its year."""
    for edition in base.of_kind["editions"]:
        date = edition.doc.get("date", "")
        if date and abs(int(date[:4]) - int(edition.id)) > 1:
            yield at(edition, ("date",), f"{date} is not around {edition.id}", "dates")
    for step in base.of_kind["milestones"]:
        year = int(step.doc["edition"])
        if not year - CALL <= int(step.doc["date"][:4]) <= year + AFTER:
            yield at(step, ("date",), f"{step.doc['date']} is not around {year}", "dates")


@rule
def results_are_stated_after_the_ceremony(base: Base) -> Iterator[Violation]:
    """No page that is older than the ceremony states who won."""
    for result in base.of_kind["results"]:
        if base.find("statuses", result.doc["status"]).get("placed") != "yes":
            continue
        day = str(base.find("editions", result.doc["edition"]).get("date", ""))
        for number, citation in enumerate(result.doc["citations"]):
            date = str(base.find("sources", citation["source"]).get("date", ""))
            if "status" in citation.get("states", ()) and date and date < day[: len(date)]:
                what = f"{citation['source']} is dated {date}, before the ceremony of {day}: it cannot state the status"
                yield at(result, ("citations", number, "states"), what, "dates")


@rule
def numbers_of_editions_fit(base: Base) -> Iterator[Violation]:
    """There are at least as many applications as results, and no more countries than applications; ordinals differ."""
    results: dict[str, int] = {}
    for result in base.of_kind["results"]:
        results[result.doc["edition"]] = results.get(result.doc["edition"], 0) + 1
    ordinals: dict[int, str] = {}
    for edition in base.of_kind["editions"]:
        applications, countries = edition.doc.get("applications"), edition.doc.get("applications_countries")
        if applications is not None and applications < results.get(edition.id, 0):
            what = f"{applications} applications are fewer than the {results[edition.id]} results of {edition.id}"
            yield at(edition, ("applications",), what, "counts")
        if applications is not None and countries is not None and countries > applications:
            what = f"{countries} countries are more than {applications} applications"
            yield at(edition, ("applications_countries",), what, "counts")
        ordinal = edition.doc.get("ordinal")
        if ordinal is not None and ordinals.setdefault(ordinal, edition.id) != edition.id:
            yield at(edition, ("ordinal",), f"{ordinals[ordinal]} has the ordinal {ordinal} already", "counts")


@rule
def contacts_agree_with_what_was_printed(base: Base) -> Iterator[Violation]:
    """A phone number is the printed one, and both it and the e-mail address are in the excerpt."""
    for contact in base.of_kind["contacts"]:
        excerpts = " ".join(citation.get("excerpt", "") for citation in contact.doc["citations"])
        phone, printed, email = (contact.doc.get(field, "") for field in ("phone", "phone_printed", "email"))
        if phone and printed and not _digits(phone).endswith(_digits(printed).lstrip("0")):
            yield at(contact, ("phone",), f"{phone} is not the number that was printed, {printed}", "phone")
        if excerpts and printed and printed not in excerpts:
            yield at(contact, ("phone_printed",), f"{printed} is not in the excerpt", "phone")
        if excerpts and email and email not in excerpts:
            yield at(contact, ("email",), f"{email} is not in the excerpt", "email")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@rule
def quotes_agree_with_their_post(base: Base) -> Iterator[Violation]:
    """A quote has the speaker, the city and the edition of the post in which the person spoke."""
    for quote in base.of_kind["quotes"]:
        post = base.find("posts", quote.doc.get("post", ""))
        for field, own in (("person", "speaker"), ("city", "city"), ("edition", "edition")):
            if post and own in quote.doc and quote.doc[own] != post.get(field):
                what = f"{own} {quote.doc[own]} is not that of the post {quote.doc['post']}: {post.get(field)}"
                yield at(quote, (own,), what, "quotes")


@rule
def names_are_distinct(base: Base) -> Iterator[Violation]:
    """No two people, cities or organisations have one name; no two claims of a dispute say the same."""
    for kind, key in (("people", _name), ("organisations", _name), ("cities", _name_and_country)):
        first: dict[str, str] = {}
        for record in base.of_kind[kind]:
            known = first.setdefault(key(record), record.id)
            if known != record.id:
                yield at(record, ("name",), f"{known} has this name already", "names")
    for dispute in base.of_kind["disputes"]:
        said: set[str] = set()
        for number, claim in enumerate(dispute.doc["claims"]):
            says = name_key(str(claim["says"]))
            if says in said:
                yield at(dispute, ("claims", number, "says"), "another claim says the same", "disputes")
            said.add(says)


@rule
def names_of_cities_are_their_own(base: Base) -> Iterator[Violation]:
    """No name of a city, in any language, is a name of another; cities of two countries may have one name."""
    first: dict[str, Record] = {}
    for city in base.of_kind["cities"]:
        for key, name in base.names[city.id].items():
            known = first.setdefault(key, city)
            if known is not city and not _name(known) == _name(city) == key:
                yield _at_name(base, name, city, known)


def _at_name(base: Base, name: str, city: Record, known: Record) -> Violation:
    """Make the violation at the name that two cities have: in the language that gives it to one, or in the fact."""
    for tag, language in base.languages.items():
        for owner, other in ((city, known), (known, city)):
            if name_key(language.cities.get(owner.id, "")) == name_key(name) != _name(owner):
                path = ("cities", owner.id)
                what = f"{name!r} is a name of {other.id} too"
                return Violation(base.translated_in[tag, *path], "", path, what, "names")
    return at(city, ("name",), f"{name!r} is a name of {known.id} too", "names")


def _name(record: Record) -> str:
    return name_key(str(record.doc["name"]))


def _name_and_country(record: Record) -> str:
    return f"{_name(record)} {record.doc['country']}"


@rule
def disputes_touch_their_editions(base: Base) -> Iterator[Violation]:
    """What a dispute touches belongs to one of its editions."""
    for dispute in base.of_kind["disputes"]:
        editions = dispute.doc.get("editions", ())
        for number, target in enumerate(dispute.doc.get("touches", ())):
            touched = base.facts.get(target.partition(".")[0])
            edition = None if touched is None else touched.id if touched.kind == "editions" else _edition(touched.doc)
            if edition and editions and edition not in editions:
                what = f"{target} belongs to {edition}, which is not among the editions of this dispute"
                yield at(dispute, ("touches", number), what, "disputes")


def _edition(doc: Doc) -> str | None:
    return doc.get("edition")


@rule_of_complete_bases
def initiatives_are_of_participants(base: Base) -> Iterator[Violation]:
    """The city of an initiative took part in its edition, or the note says why it is there."""
    took_part = {(result.doc["edition"], result.doc["city"]) for result in base.of_kind["results"]}
    for initiative in base.of_kind["initiatives"]:
        edition, city = initiative.doc["edition"], initiative.doc["city"]
        known = base.find("editions", edition) and base.find("cities", city)
        if known and (edition, city) not in took_part and "note" not in initiative.doc:
            what = f"{city} has no result in {edition}: say in a note why it is here"
            yield at(initiative, ("city",), what, "results")


@rule
def locators_say_a_place(base: Base) -> Iterator[Violation]:
    """A locator leads to a place on the page, not to the page."""
    for record, number, citation in base.citations:
        locator = citation["locator"]
        if name_key(locator) in VAGUE or "://" in locator:
            what = f"{locator[:60]!r} says no place on the page: name a paragraph, a heading, a list …"
            yield at(record, ("citations", number, "locator"), what, "locators")


@rule
def languages_of_sources_exist(base: Base) -> Iterator[Violation]:
    """The language of a source is one that CLDR knows."""
    for source in base.of_kind["sources"]:
        if source.doc["lang"].partition("-")[0] not in cldr.languages():
            yield at(source, ("lang",), f"no language has the tag {source.doc['lang']!r} (BCP 47)", "languages")


@rule
def bodies_are_around_cities(base: Base) -> Iterator[Violation]:
    """A body is around a city, and no city is around itself, not even by way of others."""
    for city in base.of_kind["cities"]:
        passed, heart = {city.id}, city.doc.get("around")
        while heart and heart not in passed:
            passed.add(heart)
            heart = base.find("cities", heart).get("around")
        if heart:
            yield at(city, ("around",), f"{heart} is around itself", "cities")
