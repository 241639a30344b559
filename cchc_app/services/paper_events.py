"""Noting how an open paper came on a screen. Written when a paper is opened, never when it is answered."""

from datetime import datetime

from cchc_app.contest.paper_events import MOST_EVENTS, event_of
from cchc_app.data import paper_log as rows
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.services import take_quiz
from cchc_app.services.answer_quiz import question_text
from cchc_app.services.take_quiz import OpenPaper


def paper_to_show(
    db: Database, *, participant_id: int, kind: str, token_hash: str, in_hand: str, now: datetime
) -> OpenPaper | None:
    """One's open paper, as `take_quiz.open_paper`, about to be put on a screen: noted if it counts, wordings in memory.

    Args:
        participant_id: Whose paper.
        kind: `counted` or `practice`.
        token_hash: The session of the browser.
        in_hand: Receipt of the paper the tab had already, or empty.
        now: When (aware).
    """
    paper = take_quiz.open_paper(db, participant_id=participant_id, kind=kind, now=now)
    if paper is None:
        return None
    question_text(db, paper, 0)
    if kind == COUNTED:
        seen = {"participant_id": participant_id, "receipt": paper.receipt, "token_hash": token_hash}
        note_shown(db, **seen, same_tab=paper.receipt == in_hand, now=now)
    return paper


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
    with db.connection() as connection:
        before = rows.shown_before(connection, participant_id=participant_id, receipt=receipt, token_hash=token_hash)
        if before is None or before.count >= MOST_EVENTS:
            return
        kind = event_of(
            last_session=before.last_session_id,
            session=before.session_id,
            any_before=before.count > 0,
            same_tab=same_tab,
        )
        rows.add_event(connection, attempt_id=before.attempt_id, kind=kind, session_id=before.session_id, at=now)
