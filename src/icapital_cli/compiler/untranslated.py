"""What of a language file is still the English of its template: it counts as missing, and falls back as what is."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icapital_cli.compiler.parser import Record, Translations

LONG = 8  # words from which the language of a text can be told
# Words that a longer text of a language hardly does without.
COMMON_WORDS = """\
en the of and to in a for with that by on is as at from it was its are not be
sv och i att en av för som på med det den är till ett de om har inte från vid
fi ja on ei se että joka sekä oli mutta kun myös ovat tai jotka sen sitä niin kuin vain hän
"""
COMMON = {tag: frozenset(words) for tag, *words in map(str.split, COMMON_WORDS.splitlines())}


def original_of(value: Any) -> Any:
    """Return the text to translate: the English one, else the first that was published; of claims, what they say."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()))
        return value.get("text", value) if isinstance(value, dict) else value
    return [item["says"] if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value


def english_words(text: str) -> int:
    """Count the words of a longer text that are common in English; none where its language cannot be told."""
    words = text.lower().split()
    return sum(map(COMMON["en"].__contains__, words)) if len(words) >= LONG else 0


def forget_untranslated(language: "Translations", english: dict[str, str], facts: "dict[str, Record]") -> None:
    """Remove the longer texts of a language that are the English ones, word for word; names and quotes may be."""
    for pairs, source in ((language.labels, english.get), (language.terms, lambda term: term.removeprefix("# "))):
        for key in [key for key, text in pairs.items() if _is_untranslated(text, source(key))]:
            del pairs[key]
    for fact_id, texts in language.texts.items():
        doc = facts[fact_id].doc if fact_id in facts else {}
        for field in [field for field, text in texts.items() if _is_untranslated(text, original_of(doc.get(field)))]:
            del texts[field]


def _is_untranslated(ours: Any, original: Any) -> bool:
    """Whether a text, or all of a list, is the original; an English original has several words common in English."""
    text = " ".join(map(str, ours)) if isinstance(ours, list) else str(ours)
    return bool(ours == original) and english_words(text) > 1
