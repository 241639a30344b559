"""Pictures and documents of the contest: stored by organisers, served to everybody."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import contest_setup as contests
from cchc_app.data import site_files as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.site_files import FileRow
from cchc_app.data.tables import SiteFile
from cchc_app.services.file_checks import Slot, check
from cchc_app.services.staff_sessions import acting, reading

SINGLE = (Slot.LOGO, Slot.BANNER)  # a new one replaces the one before


@dataclass(frozen=True, slots=True)
class ServedFile:
    """What a visitor is given."""

    name: str
    media_type: str
    is_picture: bool
    content: bytes


def store_file(db: Database, *, actor: str, slot: Slot, name: str, content: bytes, now: datetime) -> None:
    """Check a file and keep it; a new logo or banner replaces the one before.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, FIELD_MISSING, FILE_TOO_LARGE, FILE_TYPE, PICTURE_INVALID.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_in_force(session)
    checked = check(slot, name=name, content=content)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        contests.lock_contest(session, contest_id)
        if slot in SINGLE:
            rows.remove(session, contest_id=contest_id, slot=slot, now=now)
        file = SiteFile(
            contest_id=contest_id,
            slot=slot,
            name=checked.name,
            media_type=checked.media_type,
            digest=hashlib.sha256(checked.content).hexdigest(),
            content=checked.content,
            uploaded_by=actor,
            uploaded_at=now,
        )
        session.add(file)
        session.flush()
        after = {"slot": slot.value, "name": checked.name, "digest": file.digest}
        audit.append(session, at=now, actor=actor, action=Action.FILE_ADDED, subject=f"file:{file.id}", after=after)


def remove_file(db: Database, *, actor: str, number: int, now: datetime) -> None:
    """Show a file no longer; one that is gone stays gone.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        for slot, name in rows.remove(session, contest_id=contest_id, number=number, now=now):
            before = {"slot": slot, "name": name}
            audit.append(
                session, at=now, actor=actor, action=Action.FILE_REMOVED, subject=f"file:{number}", before=before
            )


def files_of_contest(db: Database, *, actor: str) -> tuple[FileRow, ...]:
    """The files that are shown, the oldest first.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        return tuple(rows.present(session, contest_in_force(session).contest_id))


def served_file(db: Database, *, digest: str) -> ServedFile | None:
    """A file that is shown, by its digest; None when there is none."""
    with db.read() as session:
        found = rows.by_digest(session, digest)
        if found is None:
            return None
        return ServedFile(found.name, found.media_type, found.slot != Slot.DOCUMENT, found.content)
