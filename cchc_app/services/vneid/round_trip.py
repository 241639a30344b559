"""Signing in through VNeID: out, back, and in; whoever is new is asked for what is missing first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import mask
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.contest.text import fold, name_collation_key
from cchc_app.data import audit, people
from cchc_app.data import vneid as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.field_errors import Fields
from cchc_app.services.register import Application, keep_consent, read_workplace
from cchc_app.services.roster import account_by_former_number, require_on_roster
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import NewSession, cookie_is_secure, issue_ticket, open_session
from cchc_app.services.throttle import get_throttle
from cchc_app.services.unrank import note_registered, unrank_if_staff
from cchc_app.services.vneid.identity import Identity
from cchc_app.services.vneid.peer import Peer, Secrets, get_peer

START_LIFE = timedelta(minutes=10)
ARRIVAL_LIFE = timedelta(minutes=15)
ERRORS = {
    "access_denied": ErrorCode.VNEID_CANCELLED,
    "login_required": ErrorCode.VNEID_CANCELLED,
    "interaction_required": ErrorCode.VNEID_CANCELLED,
    "consent_required": ErrorCode.VNEID_CANCELLED,
    "temporarily_unavailable": ErrorCode.VNEID_UNAVAILABLE,
    "server_error": ErrorCode.VNEID_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """What a new session keeps of its browser: a coarse name, and the hash of the session it replaces."""

    device: str = ""
    replaces: str = ""


NEW_BROWSER = SignedInAs()


@dataclass(frozen=True, slots=True, repr=False)
class Departure:
    """A round trip that begins: where to, and what the browser must bring back. Without a repr."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True, repr=False)
class Entered:
    """A person with an account is in. `took_over`: the account was made at the other door, whose PIN is void now."""

    session: NewSession
    next_path: str
    took_over: bool


@dataclass(frozen=True, slots=True, repr=False)
class Arrived:
    """A person without an account has been named. `browser` opens what is kept of it."""

    browser: str
    next_path: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the page shows to a person who is not registered yet, of themselves."""

    full_name: str
    citizen_id_masked: str


def cookie_name() -> str:
    """The short-lived cookie that binds a round trip to one browser."""
    return "__Host-cchc-vneid" if cookie_is_secure() else "cchc-vneid"


async def depart(db: Database, *, next_path: str, address: str, now: datetime) -> Departure:
    """Begin a round trip.

    Raises:
        ContestError: TOO_MANY_REQUESTS, VNEID_OFF, VNEID_UNAVAILABLE, VNEID_UNTRUSTED.
    """
    await in_thread(get_throttle().take_try, address)
    peer = _peer()
    state, browser = new_token(), new_token()
    secrets = Secrets(nonce=new_token(), verifier=new_token())
    url = await peer.authorization_url(state=state, secrets=secrets)
    await in_thread(_store_start, db, state, browser, secrets, next_path, now)
    return Departure(url, browser)


async def come_back(
    db: Database, *, query: Mapping[str, str], browser: str, address: str, now: datetime, signed_in_as: SignedInAs
) -> Entered | Arrived:
    """Judge what a browser brought back.

    Args:
        query: The query of the return address, each name once, `+` kept.
        browser: The value of the short-lived cookie; empty when there was none.
        address: Where the request came from.
        now: When it came.
        signed_in_as: The device and its session before, for the new session.

    Raises:
        ContestError: TOO_MANY_REQUESTS; VNEID_EXPIRED for an unknown, used or old state and for another browser;
            VNEID_CANCELLED; VNEID_UNAVAILABLE, VNEID_UNTRUSTED, VNEID_INCOMPLETE, VNEID_LEVEL_LOW, ACCOUNT_BLOCKED.
            Its details name the `next_path` once the round trip is known.
    """
    await in_thread(get_throttle().take_try, address)
    peer = _peer()
    started = await in_thread(_take_start, db, query.get("state", ""), browser, now)
    if started is None:
        await in_thread(get_throttle().note_failure, address)
        raise ContestError(ErrorCode.VNEID_EXPIRED)
    try:
        if not query.get("code"):
            raise ContestError(_without_code(query.get("error", "")))
        secrets = Secrets(nonce=started.nonce, verifier=started.verifier)
        found = await peer.identify(query, secrets=secrets, now=now)
        return await in_thread(_receive, db, found, started.next_path, now, signed_in_as)
    except ContestError as refused:
        raise ContestError(refused.code, **{**refused.details, "next_path": started.next_path}) from None


def newcomer(db: Database, *, browser: str, now: datetime) -> Newcomer:
    """Who is being asked for what is missing.

    Raises:
        ContestError: VNEID_EXPIRED when nothing is kept for this browser.
    """
    with db.read() as session:
        kept = rows.arrival(session, token_hash=token_hash(browser), now=now)
    if kept is None:
        raise ContestError(ErrorCode.VNEID_EXPIRED)
    found = Identity.from_json(kept)
    return Newcomer(found.full_name, mask(found.number))


def complete(db: Database, application: Application, *, browser: str, address: str, now: datetime) -> str:
    """Register a person whom VNeID has named.

    Args:
        application: Of the form, the unit, the phone and the consent; the rest is VNeID's word.
        browser: The value of the short-lived cookie.
        address: Where the request came from.
        now: When it came.

    Returns:
        A single-use ticket for a session.

    Raises:
        FieldErrors: By field.
        ContestError: TOO_MANY_REQUESTS, VNEID_EXPIRED, ACCOUNT_BLOCKED, CONTEST_MISSING.
    """
    get_throttle().take_try(address)
    with db.write() as session:
        kept = rows.take_arrival(session, token_hash=token_hash(browser), now=now)
        if kept is None:
            raise ContestError(ErrorCode.VNEID_EXPIRED)
        found = Identity.from_json(kept)
        contest_id = contest_in_force(session).contest_id
        account, _ = _account(session, contest_id, found, now)
        person_id = account.id if account else _register(session, contest_id, found, application, now)
        # Somebody else may have registered the number in this very moment.
        if person_id is None:
            raise ContestError(ErrorCode.VNEID_EXPIRED)
        return issue_ticket(session, participant_id=person_id, now=now)


def _peer() -> Peer:
    peer = get_peer()
    if peer is None:
        raise ContestError(ErrorCode.VNEID_OFF)
    return peer


def _without_code(error: str) -> ErrorCode:
    """What an answer without a code means (RFC 6749, section 4.1.2.1)."""
    return ERRORS.get(error, ErrorCode.VNEID_UNTRUSTED)


def _store_start(db: Database, state: str, browser: str, secrets: Secrets, next_path: str, now: datetime) -> None:
    with db.write() as session:
        rows.delete_expired(session, now=now)
        rows.add_start(
            session,
            state_hash=token_hash(state),
            browser_hash=token_hash(browser),
            nonce=secrets.nonce,
            verifier=secrets.verifier,
            next_path=next_path,
            expires_at=now + START_LIFE,
        )


def _take_start(db: Database, state: str, browser: str, now: datetime) -> rows.Started | None:
    with db.write() as session:
        return rows.take_start(session, state_hash=token_hash(state), browser_hash=token_hash(browser), now=now)


def _receive(
    db: Database, found: Identity, next_path: str, now: datetime, signed_in_as: SignedInAs = NEW_BROWSER
) -> Entered | Arrived:
    with db.write() as session:
        contest_id = contest_in_force(session).contest_id
        account, took_over = _account(session, contest_id, found, now)
        if account is not None:
            granted = open_session(
                session,
                participant_id=account.id or 0,
                now=now,
                device=signed_in_as.device,
                replaces=signed_in_as.replaces,
                by_vneid=True,
            )
            return Entered(granted, next_path, took_over)
        browser = new_token()
        rows.add_arrival(
            session, token_hash=token_hash(browser), identity=found.to_json(), expires_at=now + ARRIVAL_LIFE
        )
        return Arrived(browser, next_path)


def _account(session: Session, contest_id: int, found: Identity, now: datetime) -> tuple[Participant | None, bool]:
    """The account of a number, taken over at the first visit; and whether it was made at the other door."""
    account = rows.lock_by_number(session, contest_id=contest_id, number_index=keyring().blind_index(found.number))
    if account is None:
        account = account_by_former_number(
            session,
            contest_id=contest_id,
            number=found.number,
            full_name=found.full_name,
            birth_date=found.birth_date,
        )
        if account is not None and not account.blocked:
            _normalise(session, account, found.number, now)
    if account is None:
        return None, False
    if account.blocked:
        raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
    account.identity_level = int(found.level)
    first = account.vneid_linked_at is None
    if first:
        rows.take_over(session, account, full_name=found.full_name, birth_date=found.birth_date, now=now)
        who = participant_name(account.id or 0)
        audit.append(session, at=now, actor=who, action=Action.TAKEN_OVER, subject=who)
    return account, first


def _normalise(session: Session, account: Participant, number: str, now: datetime) -> None:
    """Give a CMND account its 12-digit number; whoever is on the staff with that number loses the rank."""
    rows.normalise(session, account, number)
    session.flush()
    who = participant_name(account.id or 0)
    unrank_if_staff(session, citizen_id_index=account.citizen_id_index, actor=who, now=now)


def _register(
    session: Session, contest_id: int, found: Identity, application: Application, now: datetime
) -> int | None:
    fields = Fields()
    unit_id, phone = read_workplace(fields, session, contest_id, application)
    if not application.consent:
        fields.errors["consent"] = ContestError(ErrorCode.CONSENT_MISSING)
    if unit_id is not None:
        who = {"number": found.number, "full_name": found.full_name, "birth_date": found.birth_date}
        fields.read("unit", lambda: require_on_roster(session, contest_id=contest_id, unit_id=unit_id, **who))
    fields.refuse_if_wrong()
    new = people.NewParticipant(
        contest_id=contest_id,
        unit_id=unit_id or 0,
        full_name=found.full_name,
        search_key=fold(found.full_name),
        sort_key=name_collation_key(found.full_name),
        birth_date=found.birth_date,
        citizen_id=found.number,
        citizen_id_index=keyring().blind_index(found.number),
        citizen_id_masked=mask(found.number),
        phone=phone,
        identity_normalised=True,
        pin_hash=None,
        created_at=now,
        vneid_linked_at=now,
        identity_level=int(found.level),
    )
    person_id = people.add_participant(session, new)
    if person_id is not None:
        keep_consent(session, participant_id=person_id, now=now)
        session.flush()
        note_registered(session, participant_id=person_id, now=now)
    return person_id
