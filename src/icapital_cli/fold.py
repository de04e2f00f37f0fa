"""One spelling for every way to write a name: without case, without diacritics."""

from unicodedata import combining, normalize

# NFKD leaves these letters whole: a stroke, a ligature or a missing dot is no combining mark.
WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "’": "'", "–": "-"}
)


def fold(text: str) -> str:
    """Fold a text so that two spellings of one name become equal: `Łódź` and `LODZ` give `lodz`."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = normalize("NFKD", text.casefold().translate(WHOLE))
    return " ".join("".join(c for c in plain if not combining(c)).translate(WHOLE).split())
