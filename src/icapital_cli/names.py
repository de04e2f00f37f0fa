"""Fold names for comparison: without case, without diacritics."""

from unicodedata import combining, normalize

# NFKD leaves these letters whole: a stroke, a ligature or a missing dot is no combining mark.
WHOLE = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "–": "-"}


class Letters(dict[int, str]):
    """Folds a letter the first time that it is met, and remembers it: `str.translate` does the rest in C."""

    def __missing__(self, code: int) -> str:
        """Fold one letter; a combining mark folds to nothing, half of a surrogate pair to the sign for no letter."""
        if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates of UTF-16, which no UTF-8 has
            return "\N{REPLACEMENT CHARACTER}"
        plain = normalize("NFKD", normalize("NFKD", chr(code)).casefold())
        self[code] = "".join(WHOLE.get(c, c) for c in plain if not combining(c))
        return self[code]


LETTERS = Letters()


def fold(text: str) -> str:
    """Fold a text so that two spellings of one name become equal: `Łódź` and `LODZ` give `lodz`."""
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(LETTERS)


def name_key(name: str) -> str:
    """Fold a name for looking it up: hyphens and spaces are alike, as in `aix marseille`."""
    return " ".join(_plain(name).replace("-", " ").split())
