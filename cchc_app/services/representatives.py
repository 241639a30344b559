"""Who writes for a unit: appointed by an organiser, or by the unit's own one-time code."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from cchc_app.contest import unit_codes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.receipts import ALPHABET
from cchc_app.contest.staffing import COMMAND_LINE, Action
from cchc_app.data import audit
from cchc_app.data import people as people_rows
from cchc_app.data import representatives as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.consents import refuse_if_withdrawn
from cchc_app.services.staff_sessions import acting
from cchc_app.services.throttle import CODE_FAILURE, get_throttle

BY_CODE = "code"


def make_codes(db: Database, *, actor: str, unit_ids: Collection[int], now: datetime) -> tuple[tuple[int, str], ...]:
    """Make a new code for each of some units; their older codes are void from then on.

    Args:
        actor: Username of the organiser.
        unit_ids: Row ids.
        now: When (aware).

    Returns:
        Unit and code as it is printed, in the units' official order. A code is told only here: its hash is stored.

    Raises:
        ContestError: NOT_ALLOWED; UNIT_UNKNOWN, and then no code was made.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        return _make(session, unit_ids, actor=actor, now=now)


def make_code_at_console(db: Database, *, unit: str, now: datetime) -> str:
    """A new code of one unit, from the command line.

    Args:
        unit: The unit's code in the list of units.

    Raises:
        ContestError: UNIT_UNKNOWN, CONTEST_MISSING.
    """
    with db.write() as session:
        contest_id = contest_in_force(session).contest_id
        unit_id = people_rows.unit_id_by_code(session, contest_id=contest_id, code=unit)
        [(_, code)] = _make(session, [unit_id or 0], actor=COMMAND_LINE, now=now)
        return code


def _make(session: Session, unit_ids: Collection[int], *, actor: str, now: datetime) -> tuple[tuple[int, str], ...]:
    wanted = set(unit_ids)
    units = rows.lock_units(session, contest_in_force(session).contest_id, wanted)
    if not wanted or len(units) != len(wanted):
        raise ContestError(ErrorCode.UNIT_UNKNOWN)
    in_order = sorted(units, key=lambda unit: unit.position)
    codes = {unit.id or 0: "".join(secrets.choice(ALPHABET) for _ in range(unit_codes.LENGTH)) for unit in in_order}
    hashes = {unit_id: _hash(code) for unit_id, code in codes.items()}
    rows.replace_codes(session, hashes, made_by=actor, now=now)
    for unit in in_order:
        audit.append(session, at=now, actor=actor, action=Action.UNIT_CODE_MADE, subject=f"unit:{unit.code}")
    return tuple((unit_id, unit_codes.spoken(code)) for unit_id, code in codes.items())


def redeem(db: Database, *, participant_id: int, code: str, address: str, now: datetime) -> None:
    """Become the representative of one's own unit by its code; whoever was it before is it no longer.

    The unit's slogan, draft and versions stay: they are the unit's.

    Args:
        participant_id: Who.
        code: As typed.
        address: Where the request came from.
        now: When (aware).

    Raises:
        ContestError: TOO_MANY_REQUESTS after too many wrong codes of this account, address or unit; UNIT_CODE_EMPTY,
            UNIT_CODE_WRONG (also for a used or replaced one), UNIT_CODE_OTHER_UNIT, ACCOUNT_BLOCKED, CONSENT_WITHDRAWN.
    """
    with db.read() as session:
        unit_id = session.exec(select(Participant.unit_id).where(Participant.id == participant_id)).one()
    tried = (f"account:{participant_id}", address, f"unit:{unit_id}")
    throttle = get_throttle()
    throttle.require(CODE_FAILURE, *tried)
    try:
        _redeem(db, participant_id, unit_codes.parse(code), now)
    except ContestError as error:
        if error.code in (ErrorCode.UNIT_CODE_WRONG, ErrorCode.UNIT_CODE_OTHER_UNIT):
            throttle.note(CODE_FAILURE, *tried)
        raise


def _redeem(db: Database, participant_id: int, code: str, now: datetime) -> None:
    hashed = _hash(code)
    with db.write() as session:
        person = _lock_person(session, participant_id)
        refuse_if_withdrawn(session, participant_id)
        if not rows.use_code(session, code_hash=hashed, unit_id=person.unit_id, participant_id=participant_id, now=now):
            known = rows.unit_of_code(session, hashed) is not None
            raise ContestError(ErrorCode.UNIT_CODE_OTHER_UNIT if known else ErrorCode.UNIT_CODE_WRONG)
        rows.end_terms(session, rows.terms_of_others(session, person), ended_by=BY_CODE, now=now)
        _begin(session, person, appointed_by=BY_CODE, now=now)


def appoint(db: Database, *, actor: str, participant_id: int, now: datetime) -> None:
    """Let a participant write for the own unit, beside whoever does already.

    Args:
        actor: Username of the organiser.
        participant_id: Who; nothing happens when the person is a representative of the own unit already.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, PARTICIPANT_UNKNOWN, ACCOUNT_BLOCKED.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        person = _lock_person(session, participant_id)
        if _begin(session, person, appointed_by=actor, now=now):
            _log(session, now, actor, Action.REPRESENTATIVE_APPOINTED, participant_id, person.unit_id)


def dismiss(db: Database, *, actor: str, term_id: int, now: datetime) -> None:
    """End a term: the person stops writing for the unit at once, an open page included. The slogan stays.

    Args:
        actor: Username of the organiser.
        term_id: Row id of the term.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED; REPRESENTATIVE_UNKNOWN when there is no such term or it is over.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        term = rows.lock_term(session, term_id)
        if term is None:
            raise ContestError(ErrorCode.REPRESENTATIVE_UNKNOWN)
        rows.end_terms(session, [term_id], ended_by=actor, now=now)
        _log(session, now, actor, Action.REPRESENTATIVE_DISMISSED, term.participant_id, term.unit_id)


def _begin(session: Session, person: Participant, *, appointed_by: str, now: datetime) -> bool:
    """A term of a person whose row is locked; False when there is one of the same unit already."""
    running = rows.running_term(session, person.id or 0)
    if running is not None and running.unit_id == person.unit_id:
        return False
    if running is not None:  # of a unit the person has left
        rows.end_terms(session, [running.id or 0], ended_by=appointed_by, now=now)
    rows.begin_term(session, unit_id=person.unit_id, participant_id=person.id or 0, appointed_by=appointed_by, now=now)
    return True


def _lock_person(session: Session, participant_id: int) -> Participant:
    """A participant who may act, with the unit, locked: the unit first, as everybody locks them."""
    unit_id = session.exec(select(Participant.unit_id).where(Participant.id == participant_id)).first()
    if unit_id is None:
        raise ContestError(ErrorCode.PARTICIPANT_UNKNOWN)
    rows.lock_units(session, contest_in_force(session).contest_id, [unit_id])
    person = session.exec(
        select(Participant).where(Participant.id == participant_id).with_for_update(key_share=True)
    ).one()
    if person.blocked:
        raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
    return person


def _hash(code: str) -> str:
    return keyring().blind_index(f"unit-code:{code}")


def _log(session: Session, now: datetime, actor: str, action: Action, participant_id: int, unit_id: int) -> None:
    subject = f"participant:{participant_id}"
    audit.append(session, at=now, actor=actor, action=action, subject=subject, after={"unit": unit_id})
