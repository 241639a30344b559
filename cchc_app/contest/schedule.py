"""Windows of time and the phase they are in. Source: Article 1 of the regulations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Where an instant stands to a window."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open span `[opens_at, closes_at)` of aware instants. ValueError unless it has a length.

    Half-open (Article 1): a window that closes on 11/11 at 00:00 does not contain 11/11.
    """

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        if self.opens_at.tzinfo is None or self.closes_at.tzinfo is None:
            raise ValueError("a window needs aware instants")
        if self.closes_at <= self.opens_at:
            raise ValueError("a window must close after it opens")


def phase(*, window: Window, now: datetime) -> Phase:
    """The phase of `window` at `now` (Article 1)."""
    if now < window.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < window.closes_at else Phase.CLOSED


def open_index(*, windows: Sequence[Window], now: datetime) -> int | None:
    """Index of the first open window, or None. Windows are in order and do not overlap."""
    return _first(windows, now, Phase.OPEN)


def next_index(*, windows: Sequence[Window], now: datetime) -> int | None:
    """Index of the first window not yet opened, or None."""
    return _first(windows, now, Phase.UPCOMING)


def last_closed_index(*, windows: Sequence[Window], now: datetime) -> int | None:
    """Index of the window that closed most recently, or None."""
    backwards = _first(windows[::-1], now, Phase.CLOSED)
    return None if backwards is None else len(windows) - 1 - backwards


def _first(windows: Sequence[Window], now: datetime, wanted: Phase) -> int | None:
    return next((i for i, window in enumerate(windows) if phase(window=window, now=now) is wanted), None)
