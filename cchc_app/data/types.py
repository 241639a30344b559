"""Column types shared by all tables: identifiers, instants, encrypted text, sortable keys."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from cchc_app.contest.timing import EPOCH, to_millis
from cchc_app.data.crypto import keyring

# SQLite gives row ids to INTEGER primary keys only.
BigId = BigInteger().with_variant(Integer, "sqlite")
# Compared byte by byte on both databases, whatever the server's locale is.
SortKey = String().with_variant(String(collation="C"), "postgresql")


def from_millis(millis: int) -> datetime:
    """The aware UTC instant of `millis` milliseconds since 1970-01-01T00:00Z."""
    return EPOCH + timedelta(milliseconds=millis)


class UtcMillis(TypeDecorator[datetime]):
    """An instant, exact to the millisecond, stored as UTC milliseconds: the same number on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse naive times: a time without a zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return to_millis(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back to an aware instant in UTC."""
        return None if value is None else from_millis(value)


class EncryptedText(TypeDecorator[str]):
    """Text that is readable only with the keys kept outside the database (Fernet: AES-128-CBC + HMAC-SHA256)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt with the newest key."""
        return None if value is None else keyring().encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt with whichever key wrote it."""
        return None if value is None else keyring().decrypt(value)
