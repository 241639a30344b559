"""Keys and what is done with them: encryption at rest, blind indexes, token hashes."""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from cchc_app.settings import Settings, get_settings

KEY_FILE = "keys.json"


@dataclass(frozen=True)
class Keyring:
    """The secrets of one deployment.

    Args:
        encryption_keys: Fernet keys; the first one encrypts, all of them decrypt (rotation).
        index_key: key of the HMAC-SHA256 that makes citizen IDs searchable without storing them.
        pepper: mixed into PIN hashes, so that a stolen database alone cannot be searched for PINs.
    """

    encryption_keys: tuple[str, ...]
    index_key: bytes
    pepper: bytes

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.encryption_keys])

    def encrypt(self, text: str) -> str:
        """Ciphertext of `text`; two calls never give the same one."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The text behind a ciphertext of this keyring."""
        return self._fernet.decrypt(token.encode()).decode()

    def renewed(self, token: str) -> str | None:
        """The same text under the first key; None when it is already."""
        try:
            Fernet(self.encryption_keys[0]).decrypt(token.encode())
        except InvalidToken:
            return self._fernet.rotate(token.encode()).decode()
        return None

    def blind_index(self, text: str) -> str:
        """A keyed hash (hex): equal for equal texts, useless for enumeration without the key."""
        return hmac.new(self.index_key, text.encode(), hashlib.sha256).hexdigest()

    def peppered(self, secret: str) -> bytes:
        """What is handed to the password hash in place of a PIN or password."""
        return hmac.new(self.pepper, secret.encode(), hashlib.sha256).digest()


_active: Keyring | None = None


def keyring() -> Keyring:
    """The keyring of this process, loaded at first use."""
    global _active
    if _active is None:
        _active = load_keyring(get_settings())
    return _active


def use_keyring(ring: Keyring) -> None:
    """Set the keyring of this process (tests, key rotation)."""
    global _active
    _active = ring


def new_keyring() -> Keyring:
    """Fresh random keys."""
    return Keyring((Fernet.generate_key().decode(),), secrets.token_bytes(32), secrets.token_bytes(32))


def new_environment() -> dict[str, str]:
    """Fresh keys as the variables `load_keyring` reads."""
    return {
        "CCHC_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "CCHC_INDEX_KEY": secrets.token_urlsafe(32),
        "CCHC_PEPPER": secrets.token_urlsafe(32),
    }


def load_keyring(settings: Settings) -> Keyring:
    """Keys from the environment; while developing, keys made once in a private file beside the database."""
    if settings.encryption_keys.get_secret_value():
        return Keyring(
            tuple(key.strip() for key in settings.encryption_keys.get_secret_value().split(",")),
            settings.index_key.get_secret_value().encode(),
            settings.pepper.get_secret_value().encode(),
        )
    if settings.env == "production":
        # cchc_app/deployment.py says it in words before; a process started in another way must not run on own keys.
        raise RuntimeError("CCHC_ENCRYPTION_KEYS, CCHC_INDEX_KEY and CCHC_PEPPER are required in production")
    return _development_keyring(settings.data_dir / KEY_FILE)


def _development_keyring(path: Path) -> Keyring:
    path.parent.mkdir(parents=True, exist_ok=True)
    ring = new_keyring()
    body = {"encryption": list(ring.encryption_keys), "index": ring.index_key.hex(), "pepper": ring.pepper.hex()}
    try:
        # O_EXCL: of several processes that start together, one writes and all read the same keys.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            json.dump(body, handle)
    except FileExistsError:
        body = json.loads(path.read_text())
    return Keyring(tuple(body["encryption"]), bytes.fromhex(body["index"]), bytes.fromhex(body["pepper"]))


def new_token() -> str:
    """An unguessable opaque token (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256 (hex). The token is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
