"""Members of staff for tests: real accounts with a password, a second factor and a signed-in browser."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from cchc_app.contest.access import Role
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffAccount, StaffSession
from cchc_app.services import pin_hash
from cchc_app.services.staff_codes import new_secret
from tests.factories import NOW

PASSWORD = "giường nắng cua lửng 48"
STEP = timedelta(seconds=30)
_serial = itertools.count(1)


@dataclass(frozen=True)
class Staffer:
    """A member of staff with a signed-in browser."""

    id: int
    username: str
    role: Role
    secret: str
    token: str

    @property
    def token_hash(self) -> str:
        """What the database stores of the session token."""
        return token_hash(self.token)

    @property
    def cookie(self) -> str:
        """The Cookie header of the signed-in browser."""
        return f"cchc_bqt={self.token}"

    def code(self, now: datetime) -> str:
        """What the authenticator app shows."""
        return pyotp.TOTP(self.secret).at(now)


def make_staff(db: Database, role: Role = Role.ADMINISTRATOR, *, username: str = "", now: datetime = NOW) -> Staffer:
    """An account of a role, whose newest code was used long ago."""
    name, secret, token = username or f"nguoi.{role.value.replace('_', '.')}.{next(_serial)}", new_secret(), new_token()
    with db.write() as session:
        account = StaffAccount(
            username=name,
            display_name="Trần Thị Hà",
            role=role.value,
            password_hash=pin_hash._HASHER.hash(keyring().peppered(PASSWORD)),
            totp_secret=secret,
            totp_last_step=0,
            created_at=now,
        )
        session.add(account)
        session.flush()
        staff_id = account.id or 0
        session.add(
            StaffSession(
                token_hash=token_hash(token),
                staff_id=staff_id,
                created_at=now,
                last_seen_at=now,
                idle_expires_at=now + timedelta(hours=12),
                expires_at=now + timedelta(hours=12),
            )
        )
    return Staffer(staff_id, name, role, secret, token)
