"""Many participants at once, written in bulk: people with signed-in browsers for load, fault and query tests."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert
from sqlmodel import col, select

from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.data.tables import AuthSession, Consent, Participant, Unit
from cchc_app.texts.privacy import VERSION

BORN = date(1985, 1, 1)
STAY = timedelta(days=7)
FIRST_NUMBER = 31_085_500_000


def add_people(db: Database, count: int, *, now: datetime) -> list[str]:
    """Register `count` people of the contest in force, spread over its units.

    Returns:
        The session token of each.
    """
    tokens = [new_token() for _ in range(count)]
    with db.write() as session:
        contest_id = contest_in_force(session).contest_id
        units = session.exec(select(Unit.id).where(Unit.contest_id == contest_id)).all()
        start = FIRST_NUMBER + len(session.exec(select(Participant.id)).all())
        rows = [_person(contest_id, units[n % len(units)] or 0, start + n, now) for n in range(count)]
        session.execute(insert(Participant), rows)
        indexes = {row["citizen_id_index"] for row in rows}
        people = session.exec(
            select(Participant.id).where(col(Participant.citizen_id_index).in_(indexes)).order_by(col(Participant.id))
        ).all()
        consent = {"purpose": PARTICIPATION, "version": VERSION, "given_at": now}
        session.execute(insert(Consent), [{"participant_id": person, **consent} for person in people])
        session.execute(
            insert(AuthSession),
            [_browser(person or 0, token, now) for person, token in zip(people, tokens, strict=True)],
        )
    return tokens


def _person(contest_id: int, unit_id: int, serial: int, now: datetime) -> dict[str, object]:
    number = f"{serial:012d}"
    name = f"Thử Tải {serial % 1_000_000}"
    return {
        "contest_id": contest_id,
        "unit_id": unit_id,
        "full_name": name,
        "search_key": name.lower(),
        "sort_key": name.lower(),
        "birth_date": BORN,
        "citizen_id": number,
        "citizen_id_index": keyring().blind_index(number),
        "citizen_id_masked": "031•••••••00",
        "created_at": now,
    }


def _browser(participant_id: int, token: str, now: datetime) -> dict[str, object]:
    return {
        "token_hash": token_hash(token),
        "participant_id": participant_id,
        "created_at": now,
        "last_seen_at": now,
        "idle_expires_at": now + STAY,
        "expires_at": now + STAY,
    }
