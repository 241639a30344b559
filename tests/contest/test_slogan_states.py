"""Where a unit's slogan stands."""

from datetime import UTC, datetime

import pytest

from cchc_app.contest.slogan_states import SloganState, state_of

THEN = datetime(2026, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "disqualified_at", "state"),
    [
        (None, None, SloganState.NONE),
        ("draft", None, SloganState.DRAFT),
        ("submitted", None, SloganState.SUBMITTED),
        ("submitted", THEN, SloganState.DISQUALIFIED),
        ("withdrawn", None, SloganState.WITHDRAWN),
        ("withdrawn", THEN, SloganState.WITHDRAWN),
    ],
)
def test_states(status: str | None, disqualified_at: datetime | None, state: SloganState) -> None:
    assert state_of(status, disqualified_at) is state
