"""How long sign-in waits after wrong tries. A safeguard of the door, not an article of the published regulations."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_app.contest.errors import ContestError, ErrorCode

FREE_TRIES = 5
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries for one number, whether or not anybody registered it."""

    failures: int = 0
    locked_until: datetime | None = None
    last_at: datetime | None = None


def reserve(*, tries: Tries, now: datetime) -> Tries:
    """The tries after one more, counted as wrong before anybody looks at the PIN; a right PIN forgets them all.

    Counting first makes parallel guesses as dear as guesses one by one. The fifth try locks the door for one minute;
    every further one, possible only after a lock, for longer, at most an hour. A day without tries forgets them.

    Args:
        tries: what is stored.
        now: when the try came (aware).

    Refuses with SIGN_IN_LOCKED (until) while the door is locked; that try is not counted.
    """
    if tries.locked_until is not None and now < tries.locked_until:
        raise ContestError(ErrorCode.SIGN_IN_LOCKED, until=tries.locked_until)
    forgotten = tries.last_at is None or now - tries.last_at >= FORGOTTEN_AFTER
    failures = 1 if forgotten else tries.failures + 1
    return Tries(failures=failures, locked_until=_locked_until(failures, now), last_at=now)


def _locked_until(failures: int, now: datetime) -> datetime | None:
    if failures < FREE_TRIES:
        return None
    return now + PAUSES[min(failures - FREE_TRIES, len(PAUSES) - 1)]
