"""The audit log: appended to by one at a time, each entry sealed with a key and with the entry before it.

An entry's hash is keyed (`CCHC_INDEX_KEY`), so that whoever can write the database but has not the key can neither
change an entry nor seal the following ones anew. The log's end stands in a row of its own: a log that was cut short
ends before it. What no log inside a database can show is a log put back, end and all, to an earlier day: for that the
end has to be noted elsewhere (`cchc verify-audit` prints it and takes it).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from cchc_app.contest.timing import to_millis
from cchc_app.data.crypto import keyring
from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import AuditEntry, AuditHead

BEGINNING = "0" * 64
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Where a log ends: the number of its last entry and that entry's hash."""

    seq: int
    hash: str


def append(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write one entry in the caller's transaction; others who append wait until it ends.

    The last lock a transaction takes: two that took others in between could wait for each other.

    Args:
        actor: A username, the command line, or `participant:12` where a person's own sign-in set it off.
        action: A value of `contest.staffing.Action`.
        subject: What it was done to, for example `participant:12`; never a citizen ID, a phone or a secret.
        before: What was so before, JSON values only.
        after: What is so now.
    """
    end = _lock_end(session)
    entry = AuditEntry(
        seq=end.seq + 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        before=_json(before),
        after=_json(after),
        previous_hash=end.hash,
        hash="",
    )
    entry.hash = seal(entry)
    session.add(entry)
    session.flush()
    session.execute(update(AuditHead).where(col(AuditHead.id) == 1).values(seq=entry.seq, hash=entry.hash))


def _lock_end(session: Session) -> LogEnd:
    row = session.execute(
        insert_into(session, AuditHead)
        .values(id=1, seq=0, hash=BEGINNING)
        .on_conflict_do_update(index_elements=["id"], set_={"seq": col(AuditHead.seq)})
        .returning(col(AuditHead.seq), col(AuditHead.hash))
    ).one()
    return LogEnd(*row)


def seal(entry: AuditEntry) -> str:
    """The hash an entry must have: of all its fields and the hash before it, with the deployment's key."""
    fields = [
        entry.seq,
        to_millis(entry.at),
        entry.actor,
        entry.action,
        entry.subject,
        entry.before,
        entry.after,
        entry.previous_hash,
    ]
    return keyring().blind_index("audit:" + json.dumps(fields, ensure_ascii=True, separators=(",", ":")))


def _json(values: Mapping[str, object] | None) -> str:
    return json.dumps(dict(values or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def end(session: Session) -> LogEnd | None:
    """Where the log says it ends; None when it never began."""
    row = session.get(AuditHead, 1, populate_existing=True)
    return None if row is None else LogEnd(row.seq, row.hash)


def entries(session: Session) -> Iterator[AuditEntry]:
    """Every entry in order, some at a time."""
    last = -1
    while chunk := session.exec(
        select(AuditEntry).where(col(AuditEntry.seq) > last).order_by(col(AuditEntry.seq)).limit(CHUNK)
    ).all():
        yield from chunk
        last = chunk[-1].seq
        session.expunge_all()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; empty texts and None for all.

    Attributes:
        search: Part of an actor, an action, a subject or what changed.
        since: From this instant on.
        until: Before this instant.
    """

    search: str = ""
    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(session: Session, wanted: Wanted, *, newest_first: bool, offset: int, limit: int) -> Sequence[AuditEntry]:
    """Some of the entries that are wanted."""
    order = col(AuditEntry.seq).desc() if newest_first else col(AuditEntry.seq).asc()
    return session.exec(
        select(AuditEntry).where(*_conditions(wanted)).order_by(order).offset(offset).limit(limit)
    ).all()


def count(session: Session, wanted: Wanted) -> int:
    """How many entries are wanted."""
    return session.exec(select(func.count()).select_from(AuditEntry).where(*_conditions(wanted))).one()


def actors(session: Session) -> Sequence[str]:
    """The members of staff, and the command line, that the log names; people are found by search."""
    rows = session.exec(
        select(AuditEntry.actor).where(~col(AuditEntry.actor).contains(":")).distinct().order_by(AuditEntry.actor)
    )
    return rows.all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.search:
        searched = (AuditEntry.actor, AuditEntry.action, AuditEntry.subject, AuditEntry.before, AuditEntry.after)
        found.append(or_(*(col(column).contains(wanted.search, autoescape=True) for column in searched)))
    if wanted.actor:
        found.append(col(AuditEntry.actor) == wanted.actor)
    if wanted.action:
        found.append(col(AuditEntry.action) == wanted.action)
    if wanted.since is not None:
        found.append(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        found.append(col(AuditEntry.at) < wanted.until)
    return found
