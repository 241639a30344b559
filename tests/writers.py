"""People who write for a unit, for browser and load tests: registered, signed in, with or without a term."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from cchc_app.data import representatives as rows
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuthSession, Participant, Unit
from cchc_app.services import representatives
from tests.crowd import add_people

GOOD = "Cải cách hành chính lấy sự hài lòng của người dân làm thước đo phục vụ"  # 16
OTHER = "Một cửa gần dân, một lòng vì dân, hồ sơ đúng hẹn, thành phố yên tâm"  # 16


@dataclass(frozen=True)
class Writer:
    """A signed-in participant of a unit."""

    id: int
    token: str
    unit_code: str

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return f"cchc={self.token}"


def add_to_unit(db: Database, count: int, *, unit: str, now: datetime, writing: bool = False) -> list[Writer]:
    """Register people of one unit of the contest in force.

    Args:
        unit: The unit's code.
        writing: Whether they write for the unit from now on.
    """
    people = []
    for token in add_people(db, count, now=now):
        with db.write() as session:
            unit_id = session.exec(select(Unit.id).where(Unit.code == unit)).one() or 0
            session_row = session.exec(select(AuthSession).where(AuthSession.token_hash == token_hash(token))).one()
            person = session.get_one(Participant, session_row.participant_id)
            person.unit_id = unit_id
            session.add(person)
            session.flush()
            if writing:
                rows.begin_term(session, unit_id=unit_id, participant_id=person.id or 0, appointed_by="cchc", now=now)
            people.append(Writer(person.id or 0, token, unit))
    return people


def new_code(db: Database, *, unit: str, now: datetime) -> str:
    """A fresh one-time code of a unit, as printed."""
    return representatives.make_code_at_console(db, unit=unit, now=now)
