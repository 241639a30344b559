"""Putting everything that is stored encrypted under the newest key, while the site runs."""

from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.rotation import batches, encrypted_columns, renew

BATCH = 200


def rotate(db: Database) -> int:
    """Encrypt again, with the first key, every value that another key wrote.

    Each batch is a transaction: interrupted, the next run does what is left. Whoever reads meanwhile has all keys.

    Returns:
        How many values were written; none when all were under the first key already.

    Raises:
        cryptography.fernet.InvalidToken: a value that none of the keys opens.
    """
    total = 0
    for column in encrypted_columns():
        for found in batches(column, db.read, size=BATCH):
            with db.write() as session:
                total += renew(session, column, found, keyring())
    return total
