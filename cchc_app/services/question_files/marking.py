"""Which options of another platform's question are right here, where an answer is right or wrong."""

from collections.abc import Sequence

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.model import Column, Reading

FULL = 100.0
TOLERANCE = 0.5  # platforms write a third as 33.333


def accepted(row: int, weights: Sequence[float], *, one_choice: bool, reading: Reading) -> tuple[int, ...]:
    """The options that are accepted, by index; problems and what is lost are noted in `reading`.

    Args:
        row: The question's.
        weights: Each option's share of the mark in percent; right is more than 0.
        one_choice: The platform lets people choose one option only.
        reading: Takes PARTIAL_CREDIT, and WEIGHTS_AS_ACCEPTED as a warning.
    """
    right = [place for place, weight in enumerate(weights) if weight > 0]
    uneven = any(abs(weights[place] - weights[right[0]]) > TOLERANCE for place in right)
    partial = one_choice and bool(right) and weights[right[0]] < FULL - TOLERANCE
    if uneven or partial:
        reading.refuse(row, Column.KEY, ErrorCode.PARTIAL_CREDIT)
    elif not one_choice and len(right) > 1:
        reading.warn(row, Column.KEY, ErrorCode.WEIGHTS_AS_ACCEPTED)
    return tuple(right)
