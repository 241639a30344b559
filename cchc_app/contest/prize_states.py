"""How far a list of prizes has come. A safeguard, not an article of the rules: two people before anything is public."""

from enum import StrEnum


class ListState(StrEnum):
    """Where a version of a list stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
