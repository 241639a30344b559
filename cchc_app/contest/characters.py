"""Repairs every typed or imported text needs before it is judged: composed, nothing invisible, plain spaces."""

import unicodedata

# Look-alikes of D with stroke from other alphabets, as old fonts and imports leave them.
_LOOK_ALIKES = str.maketrans({"\u00d0": "\u0110", "\u0189": "\u0110", "\u00f0": "\u0111", "\u0256": "\u0111"})


def canonical(text: str) -> str:
    """`text` in NFC, without zero-width characters and soft hyphens, with single plain spaces and none at the ends."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).translate(_LOOK_ALIKES).split())


def ascii_digits(text: str) -> str:
    """`text` with the decimal digits of any script (full-width ones, for example) as 0 to 9."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)
