"""How a question comes into use."""

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionState, check_approval, restored, waits

DRAFT, APPROVED, RETIRED = QuestionState.DRAFT, QuestionState.APPROVED, QuestionState.RETIRED


@pytest.mark.parametrize(
    ("state", "newest", "approved", "waiting"),
    [(DRAFT, 1, None, True), (APPROVED, 2, 1, True), (APPROVED, 2, 2, False), (RETIRED, 2, 1, False)],
)
def test_what_waits_for_a_second_person(state: QuestionState, newest: int, approved: int | None, waiting: bool) -> None:
    assert waits(state=state, newest=newest, approved=approved) is waiting


@pytest.mark.parametrize(
    ("state", "newest", "approved", "writer", "seen", "refusal"),
    [
        (DRAFT, 1, None, "an", 1, None),
        (DRAFT, 1, None, "an", None, None),
        (DRAFT, 1, None, "", 1, None),
        (APPROVED, 2, 1, "an", 2, None),
        (RETIRED, 1, None, "an", 1, ErrorCode.QUESTION_RETIRED),
        (APPROVED, 1, 1, "an", 1, ErrorCode.QUESTION_NOT_WAITING),
        (APPROVED, 3, 1, "an", 2, ErrorCode.QUESTION_VERSION_NEWER),
        (DRAFT, 1, None, "binh", 1, ErrorCode.QUESTION_OWN_VERSION),
    ],
)
def test_who_may_approve(
    state: QuestionState, newest: int, approved: int | None, writer: str, seen: int | None, refusal: ErrorCode | None
) -> None:
    wanted = {"newest": newest, "approved": approved, "written_by": writer, "seen": seen}
    if refusal is None:
        check_approval(state=state, actor="binh", **wanted)
        return
    with pytest.raises(ContestError) as caught:
        check_approval(state=state, actor="binh", **wanted)
    assert caught.value.code is refusal


def test_restored_is_what_it_was() -> None:
    assert restored(approved=None) is DRAFT
    assert restored(approved=2) is APPROVED
