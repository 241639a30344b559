"""Article 3: who may start, who is ranked."""

from datetime import UTC, datetime

import pytest

from cchc_app.contest.eligibility import StartDecision, is_ranked, may_start
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.schedule import Phase

OPENS = datetime(2025, 11, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phase", "used", "allowed", "open_attempt", "decision"),
    [
        pytest.param(Phase.OPEN, 0, 1, False, StartDecision.START, id="first attempt"),
        pytest.param(Phase.OPEN, 1, 2, False, StartDecision.START, id="second of two"),
        pytest.param(Phase.OPEN, 1, 1, True, StartDecision.RESUME, id="open paper, none left"),
        pytest.param(Phase.CLOSED, 1, 1, True, StartDecision.RESUME, id="open paper, the period just closed"),
        pytest.param(Phase.OPEN, 1, 2, True, StartDecision.RESUME, id="open paper before a second one"),
    ],
)
def test_allowed(phase: Phase, used: int, allowed: int, open_attempt: bool, decision: StartDecision) -> None:
    assert may_start(phase=phase, attempts_used=used, attempts_allowed=allowed, open_attempt=open_attempt) is decision


@pytest.mark.parametrize(
    ("phase", "used", "open_attempt", "blocked", "code", "details"),
    [
        pytest.param(Phase.OPEN, 0, False, True, ErrorCode.ACCOUNT_BLOCKED, {}, id="blocked"),
        pytest.param(Phase.OPEN, 1, True, True, ErrorCode.ACCOUNT_BLOCKED, {}, id="blocked with an open paper"),
        pytest.param(
            Phase.UPCOMING, 0, False, False, ErrorCode.PERIOD_NOT_OPEN, {"opens_at": OPENS}, id="not open yet"
        ),
        pytest.param(Phase.CLOSED, 0, False, False, ErrorCode.PERIOD_CLOSED, {}, id="closed"),
        pytest.param(Phase.CLOSED, 1, False, False, ErrorCode.PERIOD_CLOSED, {}, id="closed, none left"),
        pytest.param(Phase.OPEN, 1, False, False, ErrorCode.NO_ATTEMPT_LEFT, {}, id="none left"),
        pytest.param(Phase.OPEN, 2, False, False, ErrorCode.NO_ATTEMPT_LEFT, {}, id="more used than allowed now"),
    ],
)
def test_refused(phase: Phase, used: int, open_attempt: bool, blocked: bool, code: ErrorCode, details: dict) -> None:
    with pytest.raises(ContestError) as caught:
        may_start(
            phase=phase,
            attempts_used=used,
            attempts_allowed=1,
            open_attempt=open_attempt,
            blocked=blocked,
            opens_at=OPENS,
        )
    assert (caught.value.code, caught.value.details) == (code, details)


@pytest.mark.parametrize(
    ("staff", "disqualified", "ranked"),
    [(False, False, True), (True, False, False), (False, True, False), (True, True, False)],
)
def test_is_ranked(staff: bool, disqualified: bool, ranked: bool) -> None:
    assert is_ranked(staff=staff, disqualified=disqualified) is ranked
