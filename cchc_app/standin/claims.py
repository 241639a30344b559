"""What the stand-in says of a citizen, in each profile's own shape."""

import json
import secrets
from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from cchc_app.standin.tokens import Citizen, subject

AES_KEY_BYTES = 32


def userinfo(profile: str, citizen: Citizen) -> dict[str, object]:
    """The answer of the userinfo endpoint."""
    match profile:
        case "national_portal":
            return _national_portal(citizen)
        case "vneid_direct":
            return {
                "citizenPid": citizen.number,
                "fullName": citizen.name,
                "birthDate": citizen.birth_date,
                "accountType": 1,
                "accountLevel": citizen.level,
            }
        case _:
            return {"sub": subject(citizen), **standard(citizen)}


def standard(citizen: Citizen) -> dict[str, object]:
    """Claims under the names of OpenID Connect; the number has no standard name."""
    year, month, day = citizen.birth_date[:4], citizen.birth_date[4:6], citizen.birth_date[6:]
    return {
        "name": citizen.name,
        "birthdate": f"{year}-{month}-{day}",
        "citizen_id": citizen.number,
        "acr": f"LoA{citizen.level}",
    }


def _national_portal(citizen: Citizen) -> dict[str, object]:
    return {
        "sub": subject(citizen),
        "LoaiTaiKhoan": 1,
        "SoDinhDanh": citizen.number,
        "SoCMND": None,
        "HoVaTen": citizen.name.upper(),
        "NgayThangNamSinh": citizen.birth_date,
        "TechID": subject(citizen),
        "loAs": f"LoA{citizen.level}",
        "IAL": citizen.level,
    }


def enveloped(body: str, key: RSAPublicKey) -> tuple[str, str]:
    """The content and the key of an envelope, both in base64."""
    aes_key = secrets.token_bytes(AES_KEY_BYTES)
    padding = PKCS7(128).padder()
    sealing = Cipher(algorithms.AES(aes_key), modes.ECB()).encryptor()  # noqa: S305  (the provider's choice)
    data = sealing.update(padding.update(body.encode()) + padding.finalize()) + sealing.finalize()
    return b64encode(data).decode(), b64encode(key.encrypt(aes_key, PKCS1v15())).decode()


def answer(body: dict[str, object], key: RSAPublicKey | None) -> dict[str, object]:
    """An answer, in an envelope when there is a key to seal it for."""
    if key is None:
        return body
    data, sealed_key = enveloped(json.dumps(body), key)
    return {"data": data, "key": sealed_key}
