"""Whether the service can do its work."""

from cchc_app.data.engine import get_database
from cchc_app.data.migrations import SchemaState, schema_state


def schema() -> SchemaState:
    """How the database's schema compares with the code's; SQLAlchemyError when the database does not answer."""
    return schema_state(get_database())
