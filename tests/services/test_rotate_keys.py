"""A new key: everything is readable before, during and after; interrupted, the next run goes on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import update
from sqlmodel import col, select

from cchc_app.data.crypto import Keyring, keyring, new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.rotation import batches, encrypted_columns, renew
from cchc_app.data.tables import Participant
from cchc_app.services import rotate_keys
from cchc_app.services.my_data import RequestKind, ask
from cchc_app.services.rotate_keys import rotate
from tests.factories import NOW, make_contest, make_person


@pytest.fixture(autouse=True)
def rings() -> Iterator[tuple[Keyring, Keyring, Keyring]]:
    """The old key alone, the new one before the old one, the new one alone."""
    before = keyring()
    old = new_keyring()
    fresh = Fernet.generate_key().decode()
    use_keyring(old)
    yield old, replace(old, encryption_keys=(fresh, *old.encryption_keys)), replace(old, encryption_keys=(fresh,))
    use_keyring(before)


def phones(db: Database) -> list[str | None]:
    with db.read() as session:
        return list(session.exec(select(Participant.phone).order_by(col(Participant.id))))


def fill(db: Database) -> None:
    contest = make_contest(db)
    for n in range(7):
        person = make_person(db, contest, phone=None if n == 3 else f"091234567{n}")
    ask(db, participant_id=person.id, kind=RequestKind.CORRECTION, detail="Tên là An", now=NOW)


EXPECTED = [None if n == 3 else f"091234567{n}" for n in range(7)]


def test_every_encrypted_column_is_known() -> None:
    assert [f"{column.table.name}.{column.name}" for column in encrypted_columns()] == [
        "data_request.detail",
        "data_request.answer",
        "participant.citizen_id",
        "participant.phone",
        "roster_entry.number",
        "roster_entry.full_name",
        "staff_account.totp_secret",
        "staff_invitation.totp_secret",
        "vneid_arrival.identity",
        "vneid_start.verifier",
    ]


def test_rotation(db: Database, rings, monkeypatch) -> None:
    _, both, new = rings
    fill(db)
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    use_keyring(both)
    assert phones(db) == EXPECTED
    assert rotate(db) == 7 + 6 + 1
    assert phones(db) == EXPECTED
    assert rotate(db) == 0
    use_keyring(new)
    assert phones(db) == EXPECTED


def test_halfway_both_keys_are_read_and_the_next_run_goes_on(db: Database, rings) -> None:
    _, both, new = rings
    fill(db)
    use_keyring(both)
    [column] = [column for column in encrypted_columns() if column.name == "phone"]
    first = next(iter(batches(column, db.read, size=3)))
    with db.write() as session:
        assert renew(session, column, first, both) == 3
    assert phones(db) == EXPECTED
    use_keyring(new)
    with pytest.raises(InvalidToken):
        phones(db)
    use_keyring(both)
    assert rotate(db) == 7 + 3 + 1
    use_keyring(new)
    assert phones(db) == EXPECTED


def test_a_value_changed_in_between_is_not_overwritten(db: Database, rings) -> None:
    _, both, _ = rings
    fill(db)
    use_keyring(both)
    [column] = [column for column in encrypted_columns() if column.name == "phone"]
    [found] = batches(column, db.read, size=100)
    with db.write() as session:
        session.execute(update(Participant).where(col(Participant.phone).is_not(None)).values(phone="0999999999"))
    with db.write() as session:
        assert renew(session, column, found, both) == 0
    assert set(phones(db)) == {None, "0999999999"}


def test_without_the_old_key_nothing_is_changed(db: Database, rings) -> None:
    old, _, new = rings
    fill(db)
    use_keyring(new)
    with pytest.raises(InvalidToken):
        rotate(db)
    use_keyring(old)
    assert phones(db) == EXPECTED
