"""Personal extra time: for the papers to come, and for the one that is open when asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.sanctions import MINUTE_MS, parse_extra_time
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.contest.timing import accepts
from cchc_app.data import audit
from cchc_app.data import sanctions as rows
from cchc_app.data.engine import Database
from cchc_app.services.deeds import cleaned
from cchc_app.services.sanction_people import locked


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """What holds now.

    Attributes:
        minutes: For every paper begun from now on.
        deadline_at: The new deadline of the open paper; None when none was lengthened.
    """

    minutes: int
    deadline_at: datetime | None


def give_extra_time(
    db: Database, *, actor: str, participant_id: int, minutes: str, open_paper: bool, reason: str, now: datetime
) -> ExtraTime:
    """Set how much longer a person's papers last (Article 5.1).

    Args:
        actor: Username of who decides.
        participant_id: Whose papers.
        minutes: As typed; the whole extra time, not what is added to what there is.
        open_paper: Whether a counted paper that is open now gets it too. A deadline is never brought forward.
        reason: Why, for the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, EXTRA_TIME_INVALID, PARTICIPANT_UNKNOWN, PERSON_CLOSED.
    """
    extra_ms, why = parse_extra_time(minutes), cleaned(reason)
    if not why:
        raise ContestError(ErrorCode.REASON_MISSING)
    with db.write() as session:
        _, person = locked(session, actor=actor, participant_id=participant_id)
        before, person.extra_time_ms = person.extra_time_ms, extra_ms
        session.add(person)
        lengthened = _lengthen(session, participant_id, extra_ms, now) if open_paper else None
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.EXTRA_TIME_SET,
            subject=participant_name(participant_id),
            before={"minutes": before // MINUTE_MS},
            after={"minutes": extra_ms // MINUTE_MS, "reason": why}
            | ({"paper": lengthened[0]} if lengthened is not None else {}),
        )
    return ExtraTime(extra_ms // MINUTE_MS, None if lengthened is None else lengthened[1])


def _lengthen(session: Session, participant_id: int, extra_ms: int, now: datetime) -> tuple[str, datetime] | None:
    """Receipt and new deadline of the open paper; None when there is none in time, or it has as much already."""
    attempt = rows.lock_open_paper(session, participant_id)
    if attempt is None or extra_ms <= attempt.extra_time_ms:
        return None
    if not accepts(received_at=now, deadline_at=attempt.deadline_at, grace_ms=attempt.grace_ms):
        return None
    attempt.deadline_at += timedelta(milliseconds=extra_ms - attempt.extra_time_ms)
    attempt.extra_time_ms = extra_ms
    session.add(attempt)
    session.flush()
    return attempt.receipt, attempt.deadline_at
