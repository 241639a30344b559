"""What every table shares: the metadata with one naming convention, and column shorthands."""

from typing import Any

from sqlalchemy import Column, ForeignKey
from sqlmodel import SQLModel

from cchc_app.data.types import BigId

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def identifier() -> Column[Any]:
    """An automatic 64-bit primary key."""
    return Column(BigId, primary_key=True, autoincrement=True)


def reference(target: str, *, nullable: bool = False, index: bool = False, primary_key: bool = False) -> Column[Any]:
    """A 64-bit foreign key to `table.column`."""
    return Column(BigId, ForeignKey(target), nullable=nullable, index=index, primary_key=primary_key)
