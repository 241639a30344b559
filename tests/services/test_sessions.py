"""Sessions: a ticket serves once, a session lives as long as it should, and ends everywhere when asked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, func, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.sessions import lock_tries
from cchc_app.data.tables import AuthSession, Participant, SignInGuard, SignInTicket
from cchc_app.services.sessions import (
    devices,
    ended_since,
    issue_ticket,
    purge,
    redeem,
    sign_out,
    sign_out_device,
    sign_out_everywhere,
    viewer,
)
from tests.factories import NOW, Person, make_contest, make_person

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MILLISECOND = timedelta(milliseconds=1)


def ticket_of(db: Database, person: Person) -> str:
    with db.write() as session:
        return issue_ticket(session, participant_id=person.id, now=NOW)


def signed_in(db: Database, person: Person) -> str:
    """The token hash of a new session."""
    return token_hash(redeem(db, ticket=ticket_of(db, person), now=NOW).token)


def is_live(db: Database, hashed: str, after: timedelta) -> bool:
    return viewer(db, token_hash=hashed, now=NOW + after) is not None


def test_a_session_knows_its_person(db: Database) -> None:
    person = make_person(db, make_contest(db), name="Đỗ Thị Mai", identity_normalised=False)
    found = viewer(db, token_hash=signed_in(db, person), now=NOW)
    assert found is not None
    assert (found.participant_id, found.full_name, found.unit_id) == (person.id, "Đỗ Thị Mai", person.unit_id)
    assert (found.unit_name, found.identity_normalised) == ("UBND phường Lê Chân", False)


def test_a_ticket_serves_once_and_for_thirty_seconds(db: Database) -> None:
    person = make_person(db, make_contest(db))
    late, ticket = ticket_of(db, person), ticket_of(db, person)
    redeem(db, ticket=ticket, now=NOW + 30 * SECOND - MILLISECOND)
    for spent, after in ((ticket, SECOND), (late, 30 * SECOND), ("", SECOND), ("made up", SECOND)):
        with pytest.raises(ContestError) as refused:
            redeem(db, ticket=spent, now=NOW + after)
        assert refused.value.code is ErrorCode.TICKET_INVALID


def test_a_ticket_redeemed_twenty_times_at_once_makes_one_session(db: Database) -> None:
    ticket = ticket_of(db, make_person(db, make_contest(db)))

    def attempt(_: int) -> bool:
        try:
            redeem(db, ticket=ticket, now=NOW)
        except ContestError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 1
    with db.read() as session:
        assert session.exec(select(func.count()).select_from(AuthSession)).one() == 2  # with the factory's own


def test_neither_ticket_nor_token_is_stored(db: Database) -> None:
    person = make_person(db, make_contest(db))
    ticket = ticket_of(db, person)
    token = redeem(db, ticket=ticket, now=NOW).token
    with db.read() as session:
        stored = [*session.exec(select(SignInTicket.token_hash)), *session.exec(select(AuthSession.token_hash))]
    assert ticket not in stored
    assert token not in stored
    assert token_hash(token) in stored


def test_idle_sessions_end(db: Database) -> None:
    hashed = signed_in(db, make_person(db, make_contest(db)))
    assert is_live(db, hashed, 24 * HOUR - MILLISECOND)
    assert is_live(db, hashed, 48 * HOUR - 2 * MILLISECOND)
    assert not is_live(db, hashed, 72 * HOUR)


def test_sessions_in_use_end_at_their_absolute_age(db: Database) -> None:
    hashed = signed_in(db, make_person(db, make_contest(db)))
    assert all(is_live(db, hashed, n * 12 * HOUR) for n in range(1, 60))
    assert is_live(db, hashed, 30 * DAY - MILLISECOND)
    assert not is_live(db, hashed, 30 * DAY)


def test_looking_writes_at_most_once_in_ten_minutes(db: Database) -> None:
    hashed = signed_in(db, make_person(db, make_contest(db)))
    seen = []
    for after in (SECOND, 599 * SECOND, 600 * SECOND, 601 * SECOND, 1_201 * SECOND):
        viewer(db, token_hash=hashed, now=NOW + after)
        with db.read() as session:
            seen.append(
                session.exec(select(AuthSession.last_seen_at).where(AuthSession.token_hash == hashed)).one() - NOW
            )
    assert [age // SECOND for age in seen] == [0, 0, 600, 600, 1_201]


def test_blocked_people_are_out_at_once(db: Database) -> None:
    person = make_person(db, make_contest(db))
    with db.write() as session:
        session.execute(update(Participant).where(col(Participant.id) == person.id).values(blocked=True))
    assert not is_live(db, person.token_hash, SECOND)


def test_sign_out_ends_one_browser(db: Database) -> None:
    person = make_person(db, make_contest(db))
    other = signed_in(db, person)
    sign_out(db, token_hash=person.token_hash, now=NOW)
    sign_out(db, token_hash="unknown", now=NOW)
    assert (is_live(db, person.token_hash, SECOND), is_live(db, other, SECOND)) == (False, True)


def test_sign_out_everywhere_ends_every_browser_of_one_person(db: Database) -> None:
    contest = make_contest(db)
    person, neighbour = make_person(db, contest), make_person(db, contest)
    other = signed_in(db, person)
    sign_out_everywhere(db, token_hash=other, now=NOW)
    assert not is_live(db, person.token_hash, SECOND)
    assert not is_live(db, other, SECOND)
    assert is_live(db, neighbour.token_hash, SECOND)


def test_an_ended_session_ends_nobody_else(db: Database) -> None:
    person = make_person(db, make_contest(db))
    stolen = signed_in(db, person)
    sign_out(db, token_hash=stolen, now=NOW)
    sign_out_everywhere(db, token_hash=stolen, now=NOW)
    assert is_live(db, person.token_hash, SECOND)


def test_purge_deletes_what_is_over_and_nothing_else(db: Database) -> None:
    person = make_person(db, make_contest(db))
    old, fresh = signed_in(db, person), signed_in(db, person)
    sign_out(db, token_hash=old, now=NOW)
    with db.write() as session:
        lock_tries(session, citizen_id_index="old", now=NOW)
        lock_tries(session, citizen_id_index="new", now=NOW + 7 * DAY)
        issue_ticket(session, participant_id=person.id, now=NOW + 7 * DAY)
    purge(db, now=NOW + 7 * DAY)
    with db.read() as session:
        left = set(session.exec(select(AuthSession.token_hash)))
        assert session.exec(select(SignInGuard.citizen_id_index)).all() == ["new"]
        assert session.exec(select(func.count()).select_from(SignInTicket)).one() == 1
    assert left == {person.token_hash, fresh}


def test_own_devices_are_listed_the_last_seen_first(db: Database) -> None:
    contest = make_contest(db)
    person, neighbour = make_person(db, contest), make_person(db, contest)
    phone = token_hash(redeem(db, ticket=ticket_of(db, person), now=NOW, device="Zalo, Android").token)
    viewer(db, token_hash=phone, now=NOW + HOUR)
    signed_in(db, neighbour)
    ended = signed_in(db, person)
    sign_out(db, token_hash=ended, now=NOW)
    found = devices(db, participant_id=person.id, token_hash=phone, now=NOW + HOUR)
    assert [(one.name, one.current, one.created_at, one.last_seen_at) for one in found] == [
        ("Zalo, Android", True, NOW, NOW + HOUR),
        ("", False, NOW, NOW),
    ]
    assert not {phone, person.token_hash} & {one.handle for one in found}


def test_one_device_is_signed_out_and_only_one_s_own(db: Database) -> None:
    contest = make_contest(db)
    person, neighbour = make_person(db, contest), make_person(db, contest)
    other = signed_in(db, person)
    handles = {one.current: one.handle for one in devices(db, participant_id=person.id, token_hash=other, now=NOW)}
    for handle in (handles[False], "", "made up", other):
        sign_out_device(db, participant_id=neighbour.id, handle=handle, now=NOW)
    assert is_live(db, person.token_hash, SECOND)
    sign_out_device(db, participant_id=person.id, handle=handles[False], now=NOW)
    assert (is_live(db, person.token_hash, SECOND), is_live(db, other, SECOND)) == (False, True)


def test_a_browser_that_signs_in_anew_leaves_no_session_behind(db: Database) -> None:
    contest = make_contest(db)
    one, two = make_person(db, contest), make_person(db, contest)
    fresh = token_hash(redeem(db, ticket=ticket_of(db, two), now=NOW, replaces=one.token_hash).token)
    assert (is_live(db, one.token_hash, SECOND), is_live(db, fresh, SECOND)) == (False, True)


def test_who_was_signed_out_lately(db: Database) -> None:
    person = make_person(db, make_contest(db))
    first, second, third = (signed_in(db, person) for _ in range(3))
    sign_out(db, token_hash=first, now=NOW)
    sign_out(db, token_hash=second, now=NOW + MINUTE)
    assert ended_since(db, NOW + MINUTE) == {second}
    assert ended_since(db, NOW) == {first, second}
    assert third not in ended_since(db, NOW - DAY)
