"""The end of keeping: some time after a contest its people become nobody, its totals stay what they were."""

from datetime import datetime, timedelta

from sqlmodel import select

from cchc_app.data import retention as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest
from cchc_app.texts.privacy import ANONYMOUS

BATCH = 500


def retire(db: Database, *, days: int, now: datetime) -> int:
    """Anonymise everybody whose contest closed long enough ago. Doing it again, or from two processes, does no more.

    Args:
        days: How long after the last period's close people are kept: time for complaints and 90 days.
        now: When.

    Returns:
        How many people were anonymised.
    """
    with db.read() as session:
        contests = [contest_id or 0 for contest_id in session.exec(select(Contest.id))]
        closed = {contest_id: rows.closes_at(session, contest_id) for contest_id in contests}
    due = [contest_id for contest_id, at in closed.items() if at is not None and now >= at + timedelta(days=days)]
    return sum(_retire(db, contest_id, now) for contest_id in due)


def _retire(db: Database, contest_id: int, now: datetime) -> int:
    """One contest, in batches of a transaction each: interrupted, the next run goes on."""
    with db.write() as session:
        rows.forget_rosters(session, contest_id)
    total = 0
    while True:
        with db.write() as session:
            ids = rows.identified(session, contest_id, limit=BATCH)
            if ids:
                rows.anonymise(session, ids, name=ANONYMOUS, contest_id=contest_id, now=now)
        if not ids:
            return total
        total += len(ids)
