"""Units, participants, consents, sessions."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import EncryptedText, SortKey, UtcMillis


class Unit(SQLModel, table=True):
    """An agency or public service unit whose people take part."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("contest_id", "code"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    code: str
    name: str
    bloc: str
    search_key: str  # accent-free name, aliases and former district
    position: int  # the official order: bloc, then code


class Participant(SQLModel, table=True):
    """One person's one account in one contest."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("contest_id", "citizen_id_index"),
        Index("ix_participant_contest_id_created_at", "contest_id", "created_at"),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    unit_id: int = Field(sa_column=reference("unit.id", index=True))
    full_name: str
    search_key: str
    sort_key: str = Field(sa_type=SortKey)
    birth_date: date
    citizen_id: str = Field(sa_type=EncryptedText)
    citizen_id_index: str
    citizen_id_masked: str
    phone: str | None = Field(default=None, sa_type=EncryptedText)
    identity_normalised: bool = True  # False: registered with a 9-digit CMND
    pin_hash: str | None = None
    blocked: bool = False
    ranked: bool = True  # False: organisers, judges, editors
    disqualified: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    synthetic: bool = False  # demonstration data
    extra_time_ms: int = 0
    anonymised_at: datetime | None = Field(default=None, sa_type=UtcMillis)  # what told who it is was removed then
    created_at: datetime = Field(sa_type=UtcMillis)
    vneid_linked_at: datetime | None = Field(default=None, sa_type=UtcMillis)  # first sign-in through VNeID
    identity_level: int | None = None  # what VNeID last said, contest.assurance.Assurance


class Consent(SQLModel, table=True):
    """What a person agreed to, in which wording, when (Law 91/2025/QH15, art. 9)."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, sa_column=identifier())
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    purpose: str
    version: str
    given_at: datetime = Field(sa_type=UtcMillis)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class AuthSession(SQLModel, table=True):
    """A signed-in browser. Only the token's hash is stored."""

    __tablename__ = "auth_session"
    __table_args__ = (Index("ix_auth_session_revoked_at", "revoked_at"),)  # who was signed out just now

    id: int | None = Field(default=None, sa_column=identifier())
    token_hash: str = Field(unique=True)
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    # A coarse name of browser and device, for its owner; nothing else of the browser is kept.
    device: str = Field(default="", sa_column_kwargs={"server_default": ""})
    by_vneid: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = Field(sa_type=UtcMillis)
    last_seen_at: datetime = Field(sa_type=UtcMillis)
    idle_expires_at: datetime = Field(sa_type=UtcMillis)
    expires_at: datetime = Field(sa_type=UtcMillis)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class SignInTicket(SQLModel, table=True):
    """A single-use promise, seconds long, that an HTTP route turns into a session cookie."""

    __tablename__ = "sign_in_ticket"

    token_hash: str = Field(primary_key=True)
    participant_id: int = Field(sa_column=reference("participant.id"))
    expires_at: datetime = Field(sa_type=UtcMillis)
    used_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class SignInGuard(SQLModel, table=True):
    """Failed sign-ins of one citizen ID, known or not: refusals look the same for both."""

    __tablename__ = "sign_in_guard"

    citizen_id_index: str = Field(primary_key=True)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcMillis)
    updated_at: datetime = Field(sa_type=UtcMillis)


Index("ix_unit_contest_id_position", Unit.contest_id, Unit.position)  # type: ignore[arg-type]
