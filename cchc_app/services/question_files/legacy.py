"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, as their letters look when read as Western European.

Tables written from the standards: TCVN 5712:1993 (VN3) and the VNI for Windows character set.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# A sheet is taken to be in an old encoding when this share of its accented cells gives itself away.
SHARE_OF_CELLS = 0.2
SHARE_OF_LETTERS = 0.9

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"


class Legacy(StrEnum):
    """The encodings that are known."""

    TCVN3 = "tcvn3"
    VNI = "vni"


def _composed(base: str, *marks: str) -> str:
    return unicodedata.normalize("NFC", base + "".join(marks))


def _tcvn3() -> dict[str, str]:
    table = {
        **{0xA1: "A" + _BREVE, 0xA2: "A" + _CIRCUMFLEX, 0xA3: "E" + _CIRCUMFLEX, 0xA4: "O" + _CIRCUMFLEX},
        **{0xA5: "O" + _HORN, 0xA6: "U" + _HORN, 0xA7: "\u0110", 0xA8: "a" + _BREVE, 0xA9: "a" + _CIRCUMFLEX},
        **{0xAA: "e" + _CIRCUMFLEX, 0xAB: "o" + _CIRCUMFLEX, 0xAC: "o" + _HORN, 0xAD: "u" + _HORN, 0xAE: "\u0111"},
    }
    # Each vowel's codes in the order grave, hook, tilde, acute, dot below.
    vowels = {
        "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9),
        "a" + _BREVE: (0xBB, 0xBC, 0xBD, 0xBE, 0xC6),
        "a" + _CIRCUMFLEX: (0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
        "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1),
        "e" + _CIRCUMFLEX: (0xD2, 0xD3, 0xD4, 0xD5, 0xD6),
        "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
        "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4),
        "o" + _CIRCUMFLEX: (0xE5, 0xE6, 0xE7, 0xE8, 0xE9),
        "o" + _HORN: (0xEA, 0xEB, 0xEC, 0xED, 0xEE),
        "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4),
        "u" + _HORN: (0xF5, 0xF6, 0xF7, 0xF8, 0xF9),
        "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
    }
    for vowel, codes in vowels.items():
        for mark, code in zip((_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), codes, strict=True):
            table[code] = vowel + mark
    return {chr(code): _composed(*letters) for code, letters in table.items()}


def _vni() -> dict[str, str]:
    """Pairs of a vowel and the sign after it, and the letters that stand alone."""
    tones = {0xF8: _GRAVE, 0xFB: _HOOK, 0xF5: _TILDE, 0xF9: _ACUTE, 0xEF: _DOT}
    shapes: dict[tuple[str, int], tuple[str, ...]] = {
        **{("a", 0xEA): (_BREVE,), ("a", 0xE2): (_CIRCUMFLEX,)},
        **{("e", 0xE2): (_CIRCUMFLEX,), ("o", 0xE2): (_CIRCUMFLEX,)},
    }
    for code, mark in {0xE8: _GRAVE, 0xE9: _ACUTE, 0xFA: _HOOK, 0xFC: _TILDE, 0xEB: _DOT}.items():
        shapes["a", code] = (_BREVE, mark)
    for code, mark in {0xE0: _GRAVE, 0xE1: _ACUTE, 0xE5: _HOOK, 0xE3: _TILDE, 0xE4: _DOT}.items():
        shapes |= {(vowel, code): (_CIRCUMFLEX, mark) for vowel in "aeo"}
    table = {chr(0xF4): "o" + _HORN, chr(0xF6): "u" + _HORN, chr(0xF1): "\u0111", chr(0xEE): "y" + _DOT}
    table |= {chr(0xEC): "i" + _GRAVE, chr(0xED): "i" + _ACUTE}
    table |= {chr(0xE6): "i" + _HOOK, chr(0xF3): "i" + _TILDE, chr(0xF2): "i" + _DOT}
    for code, mark in tones.items():
        table |= {vowel + chr(code): vowel + mark for vowel in "aeouy"}
        table |= {chr(0xF4) + chr(code): "o" + _HORN + mark, chr(0xF6) + chr(code): "u" + _HORN + mark}
    table |= {vowel + chr(code): vowel + "".join(marks) for (vowel, code), marks in shapes.items()}
    small = {written: _composed(*letters) for written, letters in table.items()}
    capitals = {written.upper(): letter.upper() for written, letter in small.items()}
    mixed = {w[0].upper() + w[1:]: letter.upper() for w, letter in small.items() if len(w) == 2}
    return small | capitals | mixed


_TABLES = {Legacy.TCVN3: _tcvn3(), Legacy.VNI: _vni()}
_PATTERNS = {
    kind: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True))) for kind, table in _TABLES.items()
}
# Letters that Unicode text in Vietnamese has and neither old encoding can show.
_MODERN = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
# The Western letters that are Vietnamese letters, too: they give nothing away.
_COMMON = frozenset(
    _composed(base, mark)
    for bases, mark in (("AEIOUY", _ACUTE), ("AEIOU", _GRAVE), ("AO", _TILDE), ("AEO", _CIRCUMFLEX))
    for letter in bases
    for base in (letter, letter.lower())
)
_WORD = re.compile(r"[^\s.,;:()/\"'?\-]+")
_ASCII_LETTER = re.compile("[A-Za-z]")


def convert(text: str, kind: Legacy) -> str:
    """`text` in Unicode."""
    table = _TABLES[kind]
    return _PATTERNS[kind].sub(lambda found: table[found[0]], text)


def detect(text: str) -> Legacy | None:
    """The old encoding that a text of some words gives away: letters no Vietnamese word has, inside its words."""
    if text.isascii() or _MODERN.search(text):
        return None
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    telling = [word for word in words if _ASCII_LETTER.search(word) and _tells(word)]
    if not telling or len(telling) * 3 < len(words):
        return None
    foreign = sum(not char.isascii() for char in text)
    for kind in (Legacy.VNI, Legacy.TCVN3):  # a pair of letters says more than one letter
        left = sum(not char.isascii() for char in _PATTERNS[kind].sub("", text))
        if foreign - left >= SHARE_OF_LETTERS * foreign:
            return kind
    return None


def _tells(word: str) -> bool:
    return any("\u00a1" <= char <= "\u00ff" and char not in _COMMON for char in word)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Whether a file as a whole looks like old text, so that one odd cell in a sound file is left alone."""

    kind: Legacy | None

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Suspicion":
        """Judge all texts of a file."""
        accented = [text for text in texts if not text.isascii()]
        found = [kind for text in accented if (kind := detect(text)) is not None]
        if not found or len(found) < SHARE_OF_CELLS * len(accented):
            return cls(None)
        return cls(max(Legacy, key=found.count))

    def converted(self, text: str) -> str | None:
        """The text in Unicode, or None when it is to be left alone.

        In a file under suspicion a short cell needs no telling letter of its own: it only must be convertible.
        """
        if self.kind is None or text.isascii() or _MODERN.search(text):
            return None
        rest = _PATTERNS[self.kind].sub("", text)
        foreign = [char for char in rest if not char.isascii() and char.isalpha()]
        return None if foreign else convert(text, self.kind)
