"""The order of individuals. Source: Article 9 of the regulations.

Every entry gets a rank key: the values of the tie-break chain as decimals of fixed width, joined with ".", each turned
so that smaller is better. Plain byte order of the keys is the order of the board, on every database, and the number of
rivals ahead is a count of smaller keys on an index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cchc_app.contest.regulations import MAX_POINTS, TieBreak
from cchc_app.contest.timing import to_millis

SEPARATOR = "."
WIDTHS = {
    TieBreak.SCORE: 6,
    TieBreak.PREDICTION: 11,
    TieBreak.TIME_USED: 11,
    TieBreak.FINISHED_AT: 14,
    TieBreak.ATTEMPT_ID: 12,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finished paper is ranked by. `prediction_error` is None when there is none or it is not known yet."""

    attempt_id: int
    points: int
    time_used_ms: int
    finished_at: datetime
    prediction_error: int | None = None


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step of the chain for one entry: the own value, how many rivals it puts ahead, whether it fixed the rank."""

    step: TieBreak
    value: int | datetime | None
    ahead: int
    decisive: bool


def rank_key(*, entry: Entry, chain: tuple[TieBreak, ...]) -> str:
    """The sortable key of `entry`: ASCII, ascending bytes are better first. ValueError if a value does not fit."""
    return SEPARATOR.join(_field(step, entry) for step in chain)


def overall_entry(entries: Sequence[Entry]) -> Entry:
    """One person's entry on the overall board (Article 9.3): points, times and known prediction errors added up.

    The finish is the latest one, the attempt id the smallest. ValueError without entries.
    """
    errors = [entry.prediction_error for entry in entries if entry.prediction_error is not None]
    return Entry(
        attempt_id=min(entry.attempt_id for entry in entries),
        points=sum(entry.points for entry in entries),
        time_used_ms=sum(entry.time_used_ms for entry in entries),
        finished_at=max(entry.finished_at for entry in entries),
        prediction_error=sum(errors) if errors else None,
    )


def prefix(*, rank_key: str, steps: int) -> str:
    """The first `steps` fields of a key, without a separator at the end; empty for 0."""
    return SEPARATOR.join(rank_key.split(SEPARATOR)[:steps])


def step_ranges(*, rank_key: str, chain: tuple[TieBreak, ...]) -> tuple[tuple[TieBreak, str, str], ...]:
    """For every step the half-open range `[low, high)` of the keys that this step puts ahead of `rank_key`.

    These keys share all earlier fields and are smaller in this one. The ranges do not overlap, and together hold
    exactly the keys before `rank_key`. ValueError if the key was not made with this chain.
    """
    if [len(field) for field in rank_key.split(SEPARATOR)] != [WIDTHS[step] for step in chain]:
        raise ValueError("the key was made with another chain")
    cuts = [prefix(rank_key=rank_key, steps=steps) for steps in range(len(chain) + 1)]
    return tuple((step, cuts[i], cuts[i + 1]) for i, step in enumerate(chain))


def explain(*, mine: Entry, ahead: Mapping[TieBreak, int], chain: tuple[TieBreak, ...]) -> tuple[ExplainedStep, ...]:
    """Why `mine` has its rank, which is 1 + the sum of `ahead` (Article 9.2).

    `ahead[step]` counts the rivals equal to `mine` on all earlier steps and better on this one (see `step_ranges`).
    Decisive is the last step that put anybody ahead: it fixed the rank. Nothing is decisive for the first.
    """
    fixed_by = max((i for i, step in enumerate(chain) if ahead[step]), default=None)
    return tuple(
        ExplainedStep(step=step, value=_value(step, mine), ahead=ahead[step], decisive=i == fixed_by)
        for i, step in enumerate(chain)
    )


def _value(step: TieBreak, entry: Entry) -> int | datetime | None:
    match step:
        case TieBreak.SCORE:
            return entry.points
        case TieBreak.PREDICTION:
            return entry.prediction_error
        case TieBreak.TIME_USED:
            return entry.time_used_ms
        case TieBreak.FINISHED_AT:
            return entry.finished_at.astimezone(UTC)
        case TieBreak.ATTEMPT_ID:
            return entry.attempt_id


def _field(step: TieBreak, entry: Entry) -> str:
    value = _value(step, entry)
    # An unknown prediction error (the period is still open) is 0 for everyone: it separates nobody.
    number = to_millis(value) if isinstance(value, datetime) else value or 0
    if step is TieBreak.SCORE:
        number = MAX_POINTS - number
    if not 0 <= number < 10 ** WIDTHS[step]:
        raise ValueError(f"{step.name} does not fit its {WIDTHS[step]} digits")
    return f"{number:0{WIDTHS[step]}d}"
