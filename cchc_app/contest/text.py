"""Search keys and Vietnamese order of text, independent of any database's locale.

Order as in the Unicode CLDR rules for Vietnamese: letters first (a with breve, a with circumflex, d with stroke, ...
are letters of their own), then tones (level, grave, hook, tilde, acute, dot below), then case (small first).
"""

import unicodedata

from cchc_app.contest.characters import canonical

# A letter that is the base letter plus a mark: base, mark -> place after the base letter.
_OWN_LETTERS = {
    ("a", "\u0306"): 1,  # breve
    ("a", "\u0302"): 2,  # circumflex
    ("e", "\u0302"): 1,
    ("o", "\u0302"): 1,
    ("o", "\u031b"): 2,  # horn
    ("u", "\u031b"): 1,
}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_D_STROKE = "\u0111"
# Both sort before digits and letters; the end of a level before the end of a word, so that prefixes come first.
_LEVEL_END = "!"
_WORD_END = "-0"


def fold(text: str) -> str:
    """The search key of `text`: no accents, small letters, d for d with stroke, single spaces."""
    decomposed = unicodedata.normalize("NFD", canonical(text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace(_D_STROKE, "d")


def collation_key(text: str) -> str:
    """A printable ASCII key: keys in byte order are texts in Vietnamese order. Signs only separate words."""
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for word in _words(text):
        if primary:
            primary.append(_WORD_END)
        for char in word:
            letter, tone = _letter_and_tone(char.lower())
            primary.append(letter)
            tones.append(str(tone))
            cases.append("1" if char.isupper() else "0")
    return _LEVEL_END.join("".join(level) for level in (primary, tones, cases))


def name_collation_key(full_name: str) -> str:
    """The key by which lists of people are sorted: given name (the last word), then family name, then middle names."""
    words = full_name.split()
    parts = [words[-1:], words[:1] if len(words) > 1 else [], words[1:-1]]
    # A space sorts before everything inside a key: each part is compared as a whole before the next one.
    return " ".join(collation_key(" ".join(part)) for part in parts)


def _words(text: str) -> list[str]:
    bases = (char for char in canonical(text) if not unicodedata.combining(char))  # marks no letter composes with
    return "".join(char if char.isalnum() else " " for char in bases).split()


def _letter_and_tone(char: str) -> tuple[str, int]:
    """Two characters that sort as the letter does, and its tone."""
    if char == _D_STROKE:
        return "d1", 0
    base, *marks = unicodedata.normalize("NFD", char)
    if not base.isascii():
        return f"~{ord(base):06x}", 0
    place = max((_OWN_LETTERS.get((base, mark), 0) for mark in marks), default=0)
    tone = max((_TONES.get(mark, 0) for mark in marks), default=0)
    return f"{base}{place}", tone
