"""Who may start a paper and who is ranked. Source: Article 3 of the regulations."""

from datetime import datetime
from enum import StrEnum

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.schedule import Phase


class StartDecision(StrEnum):
    """What "start" does now."""

    START = "start"
    RESUME = "resume"


def may_start(
    *,
    phase: Phase,
    attempts_used: int,
    attempts_allowed: int,
    open_attempt: bool,
    blocked: bool = False,
    opens_at: datetime | None = None,
) -> StartDecision:
    """Start a new paper or resume the open one (Article 3.1).

    `attempts_used` counts every paper of the period, the open one included. An open paper resumes whatever the phase:
    its own deadline decides (Article 5). Refuses with ACCOUNT_BLOCKED, PERIOD_NOT_OPEN (with `opens_at`, if given),
    PERIOD_CLOSED or NO_ATTEMPT_LEFT.
    """
    if blocked:
        raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
    if open_attempt:
        return StartDecision.RESUME
    if phase is Phase.UPCOMING:
        raise ContestError(ErrorCode.PERIOD_NOT_OPEN, opens_at=opens_at)
    if phase is Phase.CLOSED:
        raise ContestError(ErrorCode.PERIOD_CLOSED)
    if attempts_used >= attempts_allowed:
        raise ContestError(ErrorCode.NO_ATTEMPT_LEFT)
    return StartDecision.START


def is_ranked(*, staff: bool, disqualified: bool) -> bool:
    """Whether a person appears on boards: not who runs the contest, nor who was disqualified (Article 3.3)."""
    return not staff and not disqualified
