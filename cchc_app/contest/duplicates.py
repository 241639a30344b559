"""Keys by which two slogans are the same text (Article 10): for organisers to look at, nothing is decided by them."""

import unicodedata

from cchc_app.contest.characters import canonical
from cchc_app.contest.text import fold

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def words_key(text: str) -> str:
    """Equal for texts with the same words: case, punctuation and where a syllable's tone is written do not count."""
    return " ".join(_syllable(word) for word in _words(text.casefold()))


def bare_key(text: str) -> str:
    """Equal also when accents differ or are missing."""
    return " ".join(_words(fold(text)))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in canonical(text)).split()


def _syllable(word: str) -> str:
    """Its letters without the tone, then the tone: both ways of writing it give one key."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES[char] for char in decomposed if char in _TONES)
    letters = "".join(char for char in decomposed if char not in _TONES)
    return unicodedata.normalize("NFC", letters) + tones
