"""Claims about people: their titles, their names, whom they speak for, and how to reach them."""

import re
from collections.abc import Iterator
from typing import Any

from icapital_cli.compiler.phrases import split
from icapital_cli.names import fold
from icapital_cli.store.facts import Doc
from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict, unclear, weigh
from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

BEFORE_A_NAME = (
    *("city", "organisation", "organisation-of-city", "list", "filler", "place.before", "country", "nationality"),
    *("link", "same-year"),
)
BETWEEN = (
    *("city", "organisation", "organisation-of-city", "list", "place.before", "filler", "and", "city.noun", "link"),
    *("same-year", "earlier", "become", "city.generic", "nationality"),
)
NOT_A_PERSON = ("city", "country", "award", "title", "organisation", "initiative", "role")
NEAR = 4  # words between a title and a name
# Compiled where it is looked for: few texts have such a name, and compiling takes longer than reading a page.
UNKNOWN_NAME = r"[^\W\d_a-zåäö][\w’'-]+(?: (?:de|la|van|der|von|den|di|da|le|Mc|O))*(?: [^\W\d_a-zåäö][\w’'-]+){1,2}"
BEGINNING = 3  # letters with which a name begins that two spellings of it share
ONLY = "mayor"  # the title of which a city has one at a time
ALIKE = 0.75  # of two names, one of which is taken for a misspelling of the other


def claims_of(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield the claims on titles, names and organisations."""
    people = [*sentence.of("person"), *_surnames(sentence, state)]
    state.meet(mention.value for mention in people)
    for mention in people:
        role = _role_near(sentence, mention, people)
        is_one = role is None or not _has_other_role(sentence, mention, role)
        given: dict[str, Any] = {
            "person": mention.value,
            "edition": state.edition,
            "city": _city_near(sentence, mention),
        }
        if role:
            given |= _time_of(sentence, state, (mention.first, mention.last))
            words = (min(role.first, mention.first), max(role.last, mention.last))
            given |= {"words": _spelled(sentence, role), "field": _field_of(sentence, role)}
            yield Claim(
                "role",
                role.value,
                given,
                words,
                (role.first, role.last),
                is_one and _is_title_of(sentence, role, mention),
            )
        for organisation in sentence.of("organisation"):
            if 0 < organisation.first - mention.last <= 1 and not role:
                yield Claim(
                    "organisation",
                    organisation.value,
                    given,
                    (mention.first, organisation.last),
                    (organisation.first, organisation.last),
                )
    known = {number for m in people for number in range(m.first, m.last)}
    for role in sentence.of("role"):
        found = _unknown_name(sentence, role, known)
        if found and not any(_likeness(fold(found[0]), _spelled(sentence, m).casefold()) >= ALIKE for m in people):
            name, first, last = found
            given = {
                "role": role.value,
                "edition": state.edition,
                "city": _city_near(sentence, role) or state.city_before(),
            }
            given["is_near"] = _city_near(sentence, role) is not None
            yield Claim("person", name, given, (min(role.first, first), max(role.last, last)), (first, last))


def _has_other_role(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """Whether a person has a second title, so that the first is only an address: `Councillor X, Leader of ...`."""
    return any(
        0 <= other.first - person.last <= 1 and "," in sentence.gap(person.last - 1, other.first)
        for other in sentence.of("role")
        if other.first != role.first
    )


def _time_of(sentence: Sentence, state: State, span: tuple[int, int]) -> dict[str, Any]:
    """Return the edition in which somebody has a title, whether it is said, and whether he gives the award."""
    dating = state.edition_of(sentence, None, span, is_said=True)
    edition, is_told = dating.edition, dating.is_explicit and dating.is_bound
    if not sentence.years and not sentence.is_new_paragraph and state.last_edition:
        edition, is_told = state.last_edition, False
    start, end = sentence.clause(span[0])
    gives = bool(sentence.within(start, end, "announce", "award", "prize", "contest"))
    return {"edition": edition, "is_told": is_told, "gives": gives, "editions": () if is_told else state.editions}


def _is_title_of(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a title is now that of a person: beside the name, of no unknown body, and not one of an earlier time."""
    low, high = (role.last, person.first) if role.last <= person.first else (person.last, role.first)
    start, end = sentence.clause(role.first)
    after = sentence.strangers_in(role.last, min(end, role.last + NEAR)) - set(range(person.first, person.last))
    return not (after or sentence.names_stranger(low, high) or sentence.within(start, end, "earlier"))


def _spelled(sentence: Sentence, mention: Mention) -> str:
    words = sentence.words
    return words.text[words.starts[mention.first] : words.ends[mention.last - 1]]


def _field_of(sentence: Sentence, role: Mention) -> str | None:
    """Return the unknown word before a title that says of what it is: `Education Secretary`."""
    number = role.first - 1
    is_field = number in sentence.strangers and sentence.words.between(number) == " "
    return sentence.words.folded[number] if is_field else None


def _surnames(sentence: Sentence, state: State) -> Iterator[Mention]:
    """Yield the people who were named in full before, and now by surname."""
    taken = {number for m in sentence.of("person") for number in range(m.first, m.last)}
    surnames = state.surnames
    if not surnames or state.like_surnames.isdisjoint(sentence.words.folded[sentence.first : sentence.last]):
        return
    for number in range(sentence.first, sentence.last):
        word = sentence.words.folded[number]
        forms = (word, *sentence.vocabulary.bases(word))
        if surnames.keys().isdisjoint(forms) or number in taken or not sentence.words.is_capital(number):
            continue
        for form in forms:
            if len(surnames.get(form, ())) == 1:
                before = (
                    number > sentence.first
                    and sentence.words.is_capital(number - 1)
                    and sentence.words.between(number - 1) == " "
                )
                is_other = before and not any(m.last == number for m in sentence.of("role"))
                if not is_other:
                    yield Mention("person", next(iter(surnames[form])), number, number + 1)
                break


def _role_near(sentence: Sentence, mention: Mention, people: list[Mention]) -> Mention | None:
    """Return the title that stands with a name: right before it, or after a comma."""
    for role in sentence.of("role")[::-1]:
        between = sentence.gap(role.last - 1, mention.first) if role.last <= mention.first else ""
        if (
            role.last <= mention.first
            and mention.first - role.last <= NEAR
            and not any(role.last <= other.first < mention.first for other in people)
        ):
            covered = sentence.consists_of(role.last, mention.first, *BETWEEN)
            is_labelled = sentence.gap(mention.first - 1, mention.first).strip() == ":"
            if covered or is_labelled or between.strip() in {"", ","}:
                return role
    for role in sentence.of("role"):
        if 0 <= role.first - mention.last <= NEAR and not any(
            mention.last <= other.first < role.first for other in people
        ):
            between = sentence.gap(mention.last - 1, role.first)
            if between.strip().startswith((",", "(", "–", "-")) or sentence.consists_of(
                mention.last, role.first, "become", "list", "filler", "city", "city.noun"
            ):
                return role
    return None


def _city_near(sentence: Sentence, mention: Mention) -> str | None:
    near = [
        m for m in sentence.of("city") if abs(m.first - mention.last) <= NEAR or abs(mention.first - m.last) <= NEAR
    ]
    return str(min(near, key=lambda m: abs(m.first - mention.first)).value) if near else None


def _unknown_name(sentence: Sentence, role: Mention, known: set[int]) -> tuple[str, int, int] | None:
    """Return the name that follows a title, where the facts have no such name: `the Mayor of Espoo, Jukka Mäkinen`."""
    words, number = sentence.words, role.last
    while number < sentence.last and (step := sentence.starting(number, *BEFORE_A_NAME)):
        number = step.last
    if number >= sentence.last or number - role.last > NEAR or number in known:
        return None
    if number == role.last and sentence.gap(role.last - 1, number).strip(" ,"):
        return None
    found = re.compile(UNKNOWN_NAME).match(words.text, words.starts[number])
    last = words.at(found.end()) if found else number
    if not found or last > sentence.last or not known.isdisjoint(range(number, last)):
        return None
    return None if sentence.within(number, last, *NOT_A_PERSON) else (found[0], number, last)


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a title, a name or an organisation."""
    return {"role": _judge_role, "person": _judge_name, "organisation": _judge_organisation}[claim.property](
        knowledge, claim
    )


def _judge_role(knowledge: Knowledge, claim: Claim) -> Verdict:
    posts = knowledge.posts_of(claim.given["person"])
    edition = claim.given["edition"]
    posts = sorted(posts, key=lambda post: post["edition"] != edition)
    roles = [(post, roles_in(knowledge, post)) for post in posts]
    said = fold(claim.given["words"])
    for post, (classes, texts) in roles:
        is_chair = claim.value == CHAIR and any(one.endswith(CHAIR) for one in classes)
        if claim.value in classes or is_chair or said in texts:
            agrees = Verdict(AGREES, _role_text(post), post["id"])
            if _is_of_another_field(knowledge, claim, texts):
                return unclear(agrees)
            other = _successor(knowledge, claim, post)
            if other is None:
                return agrees
            differs = Verdict(DIFFERS, knowledge.kind("people")[other["person"]]["name"], other["id"], "name")
            is_told = claim.given["is_told"] and (claim.value == ONLY or claim.given["gives"])
            return differs if is_told else unclear(differs)
    contacts = [c for c in knowledge.kind("contacts").values() if c["person"] == claim.given["person"]]
    for contact in contacts:
        if any(said in text for text in knowledge.versions(contact["id"], "role", contact)):
            return Verdict(AGREES, _role_text(contact), contact["id"])
    known = [(post, found) for post, found in roles if found[0]]
    if not known:
        return Verdict(UNKNOWN, None, posts[0]["id"] if posts else claim.given["person"], "no-role")
    post = known[0][0]
    return weigh(knowledge, post["id"], ("role",), claim.value, Verdict(DIFFERS, _role_text(post), post["id"], "value"))


def _is_of_another_field(knowledge: Knowledge, claim: Claim, texts: set[str]) -> bool:
    """Whether only the kind of a title is that of a post: `Education Secretary`, and the end of a compound."""
    said, field = fold(claim.given["words"]), claim.given["field"]
    is_compound = not classes_of(knowledge, said)
    return (is_compound and not any(said in text for text in texts)) or (
        field is not None and not any(field in text for text in texts)
    )


def _successor(knowledge: Knowledge, claim: Claim, post: Doc) -> Doc | None:
    """Return who had a post, of which there is one at a time, in the edition of a claim, where it was somebody else.

    A commissioner who gives the award is that of the edition; a mayor may be the one before, or the one after.
    """
    edition, person = claim.given["edition"], claim.given["person"]
    if edition not in knowledge.editions:
        return None
    if claim.value == "commissioner":
        other = knowledge.editions[edition].get("commissioner")
        near = {knowledge.editions[one].get("commissioner") for one in claim.given["editions"]}
        return None if other in {None, person} or person in near else {"person": other, "id": edition}
    own = {str(one["edition"]) for one in knowledge.posts_of(person) if one.get("city") == post.get("city")}
    if claim.value != ONLY or not post.get("city") or edition in own:
        return None
    low, high = sorted((str(post["edition"]), edition))
    for holder, posts in knowledge.posts.items():
        for one in posts if holder != person else ():
            is_near = one.get("city") == post["city"] and low <= str(one["edition"]) <= high
            if is_near and ONLY in roles_in(knowledge, one)[0]:
                return one
    return None


CHAIR = "chair"  # of a council or a board, where it is not said of which


def _role_text(post: Doc) -> Any:
    role = post.get("role")
    return (role.get("en") or next(iter(role.values()))) if isinstance(role, dict) else role


def roles_in(knowledge: Knowledge, post: Doc) -> tuple[set[str], set[str]]:
    """Return the kinds of title that the text of a post is, in any language, and its texts."""
    if post["id"] not in knowledge.roles:
        texts = knowledge.versions(post["id"], "role", post)
        knowledge.roles[post["id"]] = ({value for text in texts for value in classes_of(knowledge, text)}, texts)
    return knowledge.roles[post["id"]]


def classes_of(knowledge: Knowledge, text: str) -> set[str]:
    """Return the kinds of title that are in a text; `deputy mayor` is no mayor."""
    words = split(text)
    found: set[str] = set()
    number = 0
    while number < len(words):
        longest, best = 0, set[str]()
        for rest, value in knowledge.titles.get(words[number], []) + knowledge.title_stems(words[number]):
            if words[number + 1 : number + 1 + len(rest)] == rest and len(rest) + 1 >= longest:
                best = best | {value} if len(rest) + 1 == longest else {value}
                longest = len(rest) + 1
        found |= best
        number += max(1, longest)
    return found


def _judge_name(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a name that the facts do not have, by who held the post, or bears nearly that name."""
    told, city = fold(claim.value), claim.given["city"]
    holders = [
        post
        for posts in knowledge.posts.values()
        for post in posts
        if post.get("city") == city and claim.given["role"] in roles_in(knowledge, post)[0]
    ]
    holders.sort(key=lambda post: post["edition"] != claim.given["edition"])
    everyone = knowledge.kind("people")
    near = _nearest(knowledge, told)
    if near and _sound(told) == _sound(fold(everyone[near]["name"])):
        return unclear(Verdict(UNKNOWN, everyone[near]["name"], near))
    if near and not any(
        claim.given["role"] in roles_in(knowledge, post)[0] or post.get("city") == city
        for post in knowledge.posts_of(near)
    ):
        near = None
    for post in holders:
        name = fold(everyone[post["person"]]["name"])
        shares = told.split()[-1] == name.split()[-1]
        is_holder = claim.given["role"] == ONLY and claim.given["is_near"] and post["edition"] == claim.given["edition"]
        if shares or _likeness(told, name) >= ALIKE or is_holder:
            return Verdict(DIFFERS, everyone[post["person"]]["name"], post["id"], "name")
    if near:
        post = (knowledge.posts_of(near) or [{"id": near}])[0]
        return Verdict(DIFFERS, everyone[near]["name"], post["id"], "name")
    if claim.given["role"] == "commissioner" and claim.given["edition"] in knowledge.editions:
        person = knowledge.editions[claim.given["edition"]].get("commissioner")
        known = everyone[person]["name"] if person else ""
        if set(told.split()) & set(fold(known).split()):
            return Verdict(DIFFERS, known, claim.given["edition"], "name")
    return Verdict(UNKNOWN, None, None, "no-person")


def _sound(name: str) -> str:
    """Spell a name as its transliterations have in common: `Andrij Sadovyj`, `Andriy Sadovyi`."""
    return name.translate(ALIKE_LETTERS)


ALIKE_LETTERS = str.maketrans("jyw", "iiv")


def _nearest(knowledge: Knowledge, told: str) -> str | None:
    """Return the person whose name is spelled most like one that the facts do not have, if any is alike."""
    if told not in knowledge.alike:
        begins = {word[:BEGINNING] for word in told.split()}
        names = {person: fold(doc["name"]) for person, doc in knowledge.kind("people").items()}
        near = [p for p, name in names.items() if any(word[:BEGINNING] in begins for word in name.split())]
        best = max(near, key=lambda person: _likeness(told, names[person]), default=None)
        knowledge.alike[told] = best if best and _likeness(told, names[best]) >= ALIKE else None
    return knowledge.alike[told]


def _likeness(one: str, other: str) -> float:
    if not set(one) & set(other) or abs(len(one) - len(other)) > FEW:
        return 0
    from difflib import SequenceMatcher  # noqa: PLC0415 - only an unknown name needs it

    return SequenceMatcher(None, one, other).ratio()


FEW = 5


def _judge_organisation(knowledge: Knowledge, claim: Claim) -> Verdict:
    posts = knowledge.posts_of(claim.given["person"])
    for post in posts:
        if post["organisation"] == claim.value:
            return Verdict(AGREES, claim.value, post["id"])
    if not posts:
        return Verdict(UNKNOWN)
    return Verdict(UNKNOWN, posts[0]["organisation"], posts[0]["id"], "other-post")
