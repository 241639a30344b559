"""Articles 6, 7 and 8: marks, feedback, predictions."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode
from cchc_app.contest.scoring import (
    MAX_GUESS,
    NO_GUESS,
    Mark,
    check_prediction,
    is_correct,
    mark,
    may_change_answer,
    prediction_error,
    reveal,
)

IMMEDIATE, AT_END, AFTER_CLOSE = FeedbackMode
KEYS = {0: [1], 1: [0, 2], 2: [3]}


@pytest.mark.parametrize(
    ("option", "key", "right"),
    [
        pytest.param(1, [1], True, id="the accepted option"),
        pytest.param(0, [1], False, id="another option"),
        pytest.param(2, [0, 2], True, id="one of several accepted"),
        pytest.param(1, [0, 2], False, id="none of several accepted"),
        pytest.param(None, [0], False, id="unanswered"),
        pytest.param(0, [], False, id="nothing accepted"),
    ],
)
def test_is_correct(option: int | None, key: list[int], right: bool) -> None:
    assert is_correct(option=option, key=key) is right


@pytest.mark.parametrize(
    ("answers", "points_per_question", "expected"),
    [
        pytest.param({}, 1, Mark(0, 3, 0), id="empty paper"),
        pytest.param({0: 1, 1: 2, 2: 3}, 1, Mark(3, 3, 3), id="all right"),
        pytest.param({0: 1, 1: 1}, 1, Mark(1, 3, 1), id="one right, one wrong, one empty"),
        pytest.param({0: 1, 1: 0}, 5, Mark(2, 3, 10), id="five points each"),
    ],
)
def test_mark(answers: dict[int, int], points_per_question: int, expected: Mark) -> None:
    assert mark(answers=answers, keys=KEYS, points_per_question=points_per_question) == expected


def test_an_answer_off_the_paper_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no question of the paper"):
        mark(answers={3: 0}, keys=KEYS, points_per_question=1)


@given(st.dictionaries(st.integers(0, 2), st.integers(0, 3)))
def test_a_mark_is_the_sum_over_its_questions(answers: dict[int, int]) -> None:
    found = mark(answers=answers, keys=KEYS, points_per_question=2)
    right = [position for position, key in KEYS.items() if position in answers and answers[position] in key]
    assert found == Mark(len(right), 3, 2 * len(right))


REVEALED = {
    (IMMEDIATE, "answered, paper open"),
    (IMMEDIATE, "answered, paper finished"),
    (IMMEDIATE, "answered, period closed, paper open"),
    (IMMEDIATE, "answered, period closed, paper finished"),
    (IMMEDIATE, "empty, paper finished"),
    (IMMEDIATE, "empty, period closed, paper finished"),
    (AT_END, "answered, paper finished"),
    (AT_END, "answered, period closed, paper finished"),
    (AT_END, "empty, paper finished"),
    (AT_END, "empty, period closed, paper finished"),
    (AFTER_CLOSE, "answered, period closed, paper finished"),
    (AFTER_CLOSE, "empty, period closed, paper finished"),
}


def test_what_may_be_revealed() -> None:
    found = set()
    for feedback, answered, closed, finished in itertools.product(FeedbackMode, *[(False, True)] * 3):
        case = ", ".join(
            filter(
                None,
                [
                    "answered" if answered else "empty",
                    "period closed" * closed,
                    "paper finished" if finished else "paper open",
                ],
            )
        )
        if reveal(feedback=feedback, answered=answered, attempt_finished=finished, period_closed=closed):
            found.add((feedback, case))
    assert found == REVEALED


@pytest.mark.parametrize(
    ("feedback", "answered", "finished", "allowed"),
    [
        pytest.param(IMMEDIATE, False, False, True, id="immediate, first answer"),
        pytest.param(IMMEDIATE, True, False, False, id="immediate, an answer seen marked is final"),
        pytest.param(AT_END, True, False, True, id="at the end, may change"),
        pytest.param(AFTER_CLOSE, True, False, True, id="after close, may change"),
        pytest.param(IMMEDIATE, False, True, False, id="immediate, finished"),
        pytest.param(AT_END, True, True, False, id="at the end, finished"),
        pytest.param(AFTER_CLOSE, False, True, False, id="after close, finished"),
    ],
)
def test_may_change_answer(feedback: FeedbackMode, answered: bool, finished: bool, allowed: bool) -> None:
    assert may_change_answer(feedback=feedback, answered=answered, attempt_finished=finished) is allowed


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("feedback", FeedbackMode)
def test_nobody_may_change_an_answer_whose_key_they_may_see(feedback: FeedbackMode, answered: bool) -> None:
    for finished, closed in itertools.product((False, True), repeat=2):
        shown = reveal(feedback=feedback, answered=answered, attempt_finished=finished, period_closed=closed)
        changeable = may_change_answer(feedback=feedback, answered=answered, attempt_finished=finished)
        assert (shown, changeable) != (True, True)


@pytest.mark.parametrize(
    ("guess", "actual", "error"),
    [(100, 100, 0), (90, 100, 10), (110, 100, 10), (0, 0, 0), (None, 0, NO_GUESS), (MAX_GUESS, 0, MAX_GUESS)],
)
def test_prediction_error(guess: int | None, actual: int, error: int) -> None:
    assert prediction_error(guess=guess, actual=actual) == error


@given(st.integers(0, MAX_GUESS), st.integers(0, 10**8))
def test_any_guess_beats_none(guess: int, actual: int) -> None:
    assert prediction_error(guess=guess, actual=actual) < prediction_error(guess=None, actual=actual)


@pytest.mark.parametrize("guess", [0, 1, MAX_GUESS])
def test_predictions_within_the_limits(guess: int) -> None:
    assert check_prediction(guess) == guess


@pytest.mark.parametrize("guess", [-1, MAX_GUESS + 1])
def test_predictions_beyond_the_limits(guess: int) -> None:
    with pytest.raises(ContestError) as caught:
        check_prediction(guess)
    assert caught.value.code is ErrorCode.PREDICTION_INVALID
