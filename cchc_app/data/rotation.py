"""Every encrypted column of every table, as ciphertext: for putting it under a new key."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Column, Row, Text, and_, select, tuple_, type_coerce, update
from sqlmodel import Session, SQLModel

from cchc_app.data.crypto import Keyring
from cchc_app.data.types import EncryptedText


def encrypted_columns() -> list[Column]:
    """All of them, in the order of their names."""
    columns = (column for _, table in sorted(SQLModel.metadata.tables.items()) for column in table.columns)
    return [column for column in columns if isinstance(column.type, EncryptedText)]


def batches(column: Column, read, *, size: int) -> Iterator[Sequence[Row]]:
    """Rows of a column that holds something, `size` at a time: the primary key's values, then the ciphertext.

    Args:
        column: One of `encrypted_columns`.
        read: Opens a session to read from.
        size: Rows of a batch.
    """
    keys = list(column.table.primary_key.columns)
    statement = (
        select(*keys, type_coerce(column, Text).label("ciphertext"))
        .where(column.is_not(None))
        .order_by(*keys)
        .limit(size)
    )
    after: tuple | None = None
    while True:
        with read() as session:
            found = session.execute(statement if after is None else statement.where(tuple_(*keys) > after)).all()
        if not found:
            return
        yield found
        after = tuple(found[-1][:-1])


def renew(session: Session, column: Column, found: Sequence[Row], ring: Keyring) -> int:
    """Write the rows of a batch under the first key that are not; how many were.

    A row that somebody changed meanwhile is left: it was written with the first key.
    """
    keys, renewed = list(column.table.primary_key.columns), 0
    for *values, ciphertext in found:
        fresh = ring.renewed(ciphertext)
        if fresh is None:
            continue
        this = and_(
            *(key == value for key, value in zip(keys, values, strict=True)), type_coerce(column, Text) == ciphertext
        )
        statement = update(column.table).where(this).values({column: type_coerce(fresh, Text)})
        renewed += len(session.execute(statement.returning(*keys)).all())
    return renewed
