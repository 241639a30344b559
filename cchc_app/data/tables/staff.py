"""The staff's accounts, second factors, invitations and sessions; the audit log."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import EncryptedText, UtcMillis


class StaffAccount(SQLModel, table=True):
    """Somebody who runs, judges or checks the contest. Exists from the moment an invitation was accepted."""

    __tablename__ = "staff_account"

    id: int | None = Field(default=None, sa_column=identifier())
    username: str = Field(unique=True)
    display_name: str
    role: str
    password_hash: str
    totp_secret: str = Field(sa_type=EncryptedText)
    # The 30-second step of the newest code that was used: neither it nor an older one serves again.
    totp_last_step: int = Field(sa_column=Column(BigInteger, nullable=False))
    # Of the person behind the account, if told: a participant with this number is not ranked.
    citizen_id_index: str | None = Field(default=None, index=True)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    created_at: datetime = Field(sa_type=UtcMillis)


class RecoveryCode(SQLModel, table=True):
    """A single-use stand-in for the code of a lost device. Only its keyed hash is stored."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True)
    staff_id: int = Field(sa_column=reference("staff_account.id", index=True))
    used_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class StaffInvitation(SQLModel, table=True):
    """A single-use way to a staff account. Only its token's hash is stored."""

    __tablename__ = "staff_invitation"

    id: int | None = Field(default=None, sa_column=identifier())
    token_hash: str = Field(unique=True)
    role: str
    totp_secret: str = Field(sa_type=EncryptedText)  # what the account's second factor will be
    # The account whose password and second factor it replaces; None when it makes one.
    staff_id: int | None = Field(default=None, sa_column=reference("staff_account.id", nullable=True))
    invited_by: str  # a username, or the command line
    created_at: datetime = Field(sa_type=UtcMillis)
    expires_at: datetime = Field(sa_type=UtcMillis)
    used_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class StaffTicket(SQLModel, table=True):
    """A single-use promise to somebody at the staff's door.

    Its kind says which: `code` after a right password, minutes long; `session` after a right code, seconds long.
    """

    __tablename__ = "staff_ticket"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(sa_column=reference("staff_account.id"))
    kind: str
    expires_at: datetime = Field(sa_type=UtcMillis)
    used_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class StaffSession(SQLModel, table=True):
    """A signed-in browser of a staff account. Only the token's hash is stored."""

    __tablename__ = "staff_session"
    __table_args__ = (Index("ix_staff_session_revoked_at", "revoked_at"),)  # who was signed out just now

    id: int | None = Field(default=None, sa_column=identifier())
    token_hash: str = Field(unique=True)
    staff_id: int = Field(sa_column=reference("staff_account.id", index=True))
    created_at: datetime = Field(sa_type=UtcMillis)
    last_seen_at: datetime = Field(sa_type=UtcMillis)
    idle_expires_at: datetime = Field(sa_type=UtcMillis)
    expires_at: datetime = Field(sa_type=UtcMillis)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class AuditEntry(SQLModel, table=True):
    """One thing a member of staff did or looked at. Rows are never changed nor deleted; each seals the one before."""

    __tablename__ = "audit_entry"

    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_type=UtcMillis)
    actor: str = Field(index=True)  # a username, or the command line
    action: str = Field(index=True)
    subject: str
    before: str = Field(sa_type=Text)  # JSON
    after: str = Field(sa_type=Text)  # JSON
    previous_hash: str
    hash: str


class AuditHead(SQLModel, table=True):
    """The end of the audit log, one row: whoever appends locks it, and a log that was cut short ends before it."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    hash: str
