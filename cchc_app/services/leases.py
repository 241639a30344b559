"""Taking turns at periodic work: one process of the fleet does it, and another one when that one dies."""

from datetime import datetime, timedelta

from cchc_app.contest import lease as rules
from cchc_app.contest.lease import Lease
from cchc_app.data import periodic as rows
from cchc_app.data.engine import Database

LENGTH = timedelta(seconds=10)


def take_lease(
    db: Database, name: str, *, holder: str, every: timedelta, now: datetime, length: timedelta = LENGTH
) -> bool:
    """Take the turn at a piece of work when it is due and nobody's.

    Args:
        name: Of the work.
        holder: This process.
        every: From one turn to the next.
        now: UTC, of the clock all processes share.
        length: When another process may take over unless this one renews.
    """
    asked = {"holder": holder, "length": length, "every": every, "now": now}
    with db.read() as session:
        known = rows.read(session, name)
    if known is not None and rules.taken(known, **asked) is None:
        return False  # the usual case of every process but one: nothing is written
    with db.write() as session:
        row = rows.lock(session, name, now=now)
        lease = rules.taken(Lease(row.holder, row.until, row.due_at), **asked)
        if lease is not None:
            rows.write(row, lease)
        return lease is not None


def renew_lease(db: Database, name: str, *, holder: str, now: datetime, length: timedelta = LENGTH) -> bool:
    """Go on holding; False when it was lost."""
    with db.write() as session:
        row = rows.lock(session, name, now=now)
        lease = rules.renewed(Lease(row.holder, row.until, row.due_at), holder=holder, length=length, now=now)
        if lease is not None:
            rows.write(row, lease)
        return lease is not None


def give_back_lease(db: Database, name: str, *, holder: str, due_at: datetime, now: datetime) -> None:
    """End a turn; the next one begins at `due_at`."""
    with db.write() as session:
        row = rows.lock(session, name, now=now)
        lease = rules.given_back(Lease(row.holder, row.until, row.due_at), holder=holder, due_at=due_at, now=now)
        if lease is not None:
            rows.write(row, lease)
