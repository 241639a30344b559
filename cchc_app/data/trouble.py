"""Why a database refuses to work, told from its driver's error: something an administrator can act on."""

import errno
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError

_POSTGRES_DISK_FULL = "53100"
_SQLITE_NOT_WRITABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}


class Trouble(StrEnum):
    """What is wrong."""

    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"
    UNREACHABLE = "unreachable"


def trouble(error: DBAPIError | OSError) -> Trouble | None:
    """The trouble behind an error of a database driver or of a file beside the database; None for a bug of ours."""
    if isinstance(error, OSError):
        return Trouble.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Trouble.NOT_WRITABLE
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        # The low byte of an extended code is the primary one.
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return Trouble.DISK_FULL
        if code in _SQLITE_NOT_WRITABLE:
            return Trouble.NOT_WRITABLE
        return Trouble.UNREACHABLE if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else None
    return Trouble.DISK_FULL if getattr(cause, "sqlstate", None) == _POSTGRES_DISK_FULL else Trouble.UNREACHABLE
