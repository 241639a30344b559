"""How a question comes into use: written by one, approved by another, retired, restored."""

from enum import StrEnum

from cchc_app.contest.errors import ContestError, ErrorCode


class QuestionState(StrEnum):
    """What a question's row holds. The values are stored."""

    DRAFT = "draft"
    APPROVED = "approved"
    RETIRED = "retired"


class QuestionDeed(StrEnum):
    """What is done to questions. The values are stored in their history."""

    WRITTEN = "written"
    IMPORTED = "imported"
    APPROVED = "approved"
    RETIRED = "retired"
    RESTORED = "restored"
    MOVED = "moved"  # another topic, difficulty or validity; the wording is as it was


def waits(*, state: QuestionState, newest: int, approved: int | None) -> bool:
    """Whether the newest version waits for its second person."""
    return state is not QuestionState.RETIRED and newest != approved


def check_approval(
    *, state: QuestionState, newest: int, approved: int | None, written_by: str, actor: str, seen: int | None
) -> None:
    """Whether somebody may approve the newest version.

    Args:
        state: The question's.
        newest: Number of the newest version.
        approved: Number of the version in use, None for none.
        written_by: Who wrote the newest version.
        actor: Who wants to approve it.
        seen: Number of the version they have read; None when they do not say.

    Raises:
        ContestError: QUESTION_RETIRED, QUESTION_NOT_WAITING, QUESTION_VERSION_NEWER, QUESTION_OWN_VERSION.
    """
    if state is QuestionState.RETIRED:
        raise ContestError(ErrorCode.QUESTION_RETIRED)
    if newest == approved:
        raise ContestError(ErrorCode.QUESTION_NOT_WAITING)
    if seen is not None and seen != newest:
        raise ContestError(ErrorCode.QUESTION_VERSION_NEWER)
    if written_by == actor:
        raise ContestError(ErrorCode.QUESTION_OWN_VERSION)


def restored(*, approved: int | None) -> QuestionState:
    """What a retired question becomes again: what it would be had it never been retired."""
    return QuestionState.DRAFT if approved is None else QuestionState.APPROVED
