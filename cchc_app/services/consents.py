"""Agreeing to the privacy notice, agreeing again when it has changed, taking it back."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data import people
from cchc_app.data import privacy as rows
from cchc_app.data.engine import Database
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.texts.privacy import VERSION


def is_current(db: Database, *, participant_id: int) -> bool:
    """Whether a person agrees to the notice as it is now."""
    with db.read() as session:
        newest = rows.newest_consent(session, participant_id=participant_id, purpose=PARTICIPATION)
    return newest is not None and newest.withdrawn_at is None and newest.version == VERSION


def agree(db: Database, *, participant_id: int, now: datetime) -> None:
    """Note that a person agrees to the notice as it is now; a withdrawal that still waits is taken back with it."""
    with db.write() as session:
        people.add_consent(session, participant_id=participant_id, purpose=PARTICIPATION, version=VERSION, given_at=now)
        rows.cancel_request(session, participant_id=participant_id, kind="withdrawal", now=now)


def refuse_if_withdrawn(session: Session, participant_id: int) -> None:
    """Raise CONSENT_WITHDRAWN when a person has taken the consent back: nothing new may be collected.

    Raises:
        ContestError: CONSENT_WITHDRAWN.
    """
    newest = rows.newest_consent(session, participant_id=participant_id, purpose=PARTICIPATION)
    if newest is not None and newest.withdrawn_at is not None:
        raise ContestError(ErrorCode.CONSENT_WITHDRAWN)
