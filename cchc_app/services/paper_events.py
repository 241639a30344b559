"""Noting how an open paper came on a screen. Written when a paper is opened, never when it is answered."""

from datetime import datetime

from cchc_app.contest.paper_events import MOST_EVENTS, event_of
from cchc_app.data import paper_log as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import AttemptEvent


def note_shown(
    db: Database, *, participant_id: int, receipt: str, token_hash: str, same_tab: bool, now: datetime
) -> None:
    """Note that one's own open counted paper was put on a screen; nothing for any other.

    Args:
        participant_id: Whose paper.
        receipt: Which.
        token_hash: The session of the browser.
        same_tab: Whether the tab had the paper already.
        now: When (aware).
    """
    with db.write() as session:
        attempt_id = rows.open_id(session, participant_id=participant_id, receipt=receipt)
        if attempt_id is None:
            return
        count, last = rows.last_event(session, attempt_id)
        if count >= MOST_EVENTS:
            return
        seen_by = rows.session_id(session, token_hash)
        kind = event_of(
            last_session=last.session_id if last else None,
            session=seen_by,
            any_before=last is not None,
            same_tab=same_tab,
        )
        rows.add_event(session, AttemptEvent(attempt_id=attempt_id, kind=kind, session_id=seen_by, at=now))
