"""The encrypted envelope of VNeID's own provider: an AES key under our RSA key, the content under the AES key.

PKCS #1 v1.5 and ECB are the provider's choice, not ours: the envelope adds nothing to the TLS it travels in, and what
is inside is trusted no further than an open answer would be.
"""

import json
from base64 import b64decode
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 128


def open_answer(body: Any, key: RSAPrivateKey | None) -> dict[str, Any]:
    """An answer's JSON object, out of its envelope if it came in one.

    Raises:
        ValueError: it is not an object, or its envelope does not open.
    """
    if isinstance(body, dict) and body.keys() >= {"data", "key"}:
        body = json.loads(open_text(body["data"], body["key"], key))
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return body


def open_text(data: object, sealed_key: object, key: RSAPrivateKey | None) -> str:
    """The text of an envelope.

    Args:
        data: Base64 of the AES-ECB ciphertext.
        sealed_key: Base64 of the AES key, encrypted with our RSA key.
        key: Our RSA key.

    Raises:
        ValueError: whatever is wrong; one refusal for all, so that nobody learns what.
    """
    if key is None or not isinstance(data, str) or not isinstance(sealed_key, str):
        raise ValueError("the envelope does not open")
    try:
        aes_key = key.decrypt(b64decode(sealed_key, validate=True), PKCS1v15())
        opened = Cipher(algorithms.AES(aes_key), modes.ECB()).decryptor()  # noqa: S305  (see above)
        padded = opened.update(b64decode(data, validate=True)) + opened.finalize()
        padding = PKCS7(BLOCK_BITS).unpadder()
        return (padding.update(padded) + padding.finalize()).decode()
    except ValueError:
        raise ValueError("the envelope does not open") from None
