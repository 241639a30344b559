"""What changed between two wordings, word by word."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that share a fate."""

    change: Change
    text: str


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """Both wordings in one: kept pieces, removed ones before what was added in their place.

    Without the added pieces it reads `before`, without the removed ones `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.KEPT, "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece(Change.REMOVED, "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece(Change.ADDED, "".join(new[new_start:new_end])))
    return tuple(pieces)
