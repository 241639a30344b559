"""Every way to get in through VNeID without being the person: one row each, against a hostile provider."""

import base64
import json
import os
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc.jwk import RSAKey
from sqlmodel import select

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.clock import server_now
from cchc_app.services.consents import agree
from cchc_app.services.register import Application, register
from cchc_app.services.sign_in import sign_in
from cchc_app.services.vneid.peer import get_peer
from cchc_app.settings import get_settings
from cchc_app.standin.claims import answer
from tests.endpoints.vneid_door import Browser, configure, sessions
from tests.factories import MadeContest, make_contest, make_person
from tests.identity_provider import PERSON, SUBJECT, IdentityProvider

UNTRUSTED = routes.sign_in_refused(ErrorCode.VNEID_UNTRUSTED, routes.QUIZ)
EXPIRED = routes.sign_in_refused(ErrorCode.VNEID_EXPIRED)
UNAVAILABLE = routes.sign_in_refused(ErrorCode.VNEID_UNAVAILABLE, routes.QUIZ)


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider() as running:
        yield running


@pytest.fixture
def victim(served_db: Database) -> MadeContest:
    """A contest in which the person of the provider is registered."""
    contest = make_contest(served_db)
    make_known(served_db, contest)
    return contest


@pytest.fixture
def door(victim: MadeContest, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser at the door of that contest."""
    configure(monkeypatch, provider)
    return Browser()


def make_known(db: Database, contest: MadeContest) -> int:
    person = make_person(db, contest, name=PERSON["name"], now=server_now())
    number = PERSON["citizen_id"]
    with db.write() as session:
        row = session.get_one(Participant, person.id)
        row.citizen_id, row.citizen_id_index = number, keyring().blind_index(number)
        session.add(row)
    agree(db, participant_id=person.id, now=server_now())
    return person.id


def with_claim(provider: IdentityProvider, **changes: Any) -> None:
    provider.change_claims = lambda claims: {**claims, **changes}


def without_claim(provider: IdentityProvider, name: str) -> None:
    provider.change_claims = lambda claims: {key: value for key, value in claims.items() if key != name}


async def refused(door: Browser, db: Database, location: str, expected: str) -> None:
    """Nobody is in, and the door says why."""
    assert location == expected
    assert door.session == ""
    assert sessions(db) == 1  # the one that was there before


async def test_the_honest_way_in(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    assert await door.round_trip(provider) == routes.account_linked(routes.QUIZ)
    assert door.session != ""
    again = Browser()
    assert await again.round_trip(provider, path="/phien/vneid?tiep=/xep-hang") == "/xep-hang"
    assert again.session not in ("", door.session)


async def test_wrong_state(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    location = await door.round_trip(provider, lambda url: url.split("&state=")[0] + "&state=guessed")
    await refused(door, served_db, location, EXPIRED)
    assert provider.asked == [("GET", "/.well-known/openid-configuration")]  # the code went nowhere


async def test_state_given_twice(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    await refused(door, served_db, await door.round_trip(provider, lambda url: f"{url}&state=other"), EXPIRED)


async def test_replayed_state(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.forgets_used_codes = True
    url = provider.authorize(await door.start())
    cookie = door.http.cookies["cchc-vneid"]
    await door.back(url)
    thief = Browser()
    thief.http.cookies.set("cchc-vneid", cookie, domain="localhost.local", path="/")
    assert await thief.back(url) == EXPIRED
    assert thief.session == ""


async def test_old_state(door: Browser, served_db: Database, provider: IdentityProvider, time_machine_hour) -> None:
    url = provider.authorize(await door.start())
    time_machine_hour()
    await refused(door, served_db, await door.back(url), EXPIRED)


@pytest.fixture
def time_machine_hour(monkeypatch: pytest.MonkeyPatch):
    def later() -> None:
        monkeypatch.setattr("cchc_app.endpoints.vneid.server_now", lambda: server_now() + timedelta(hours=1))

    return later


async def test_missing_nonce(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    without_claim(provider, "nonce")
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"nonce": "another"}, id="wrong nonce"),
        pytest.param({"nonce": ["list"]}, id="nonce of another type"),
        pytest.param({"aud": "another-client"}, id="wrong audience"),
        pytest.param({"aud": ["contest", "another-client"]}, id="several audiences, authorised party unsaid"),
        pytest.param({"azp": "another-client"}, id="another authorised party"),
        pytest.param({"iss": "https://elsewhere.example"}, id="wrong issuer"),
        pytest.param({"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}, id="expired token"),
        pytest.param({"iat": int(time.time()) + 3600, "exp": int(time.time()) + 7200}, id="future token"),
        pytest.param({"nbf": int(time.time()) + 3600}, id="not valid yet"),
        pytest.param({"exp": "tomorrow"}, id="expiry of another type"),
        pytest.param({"sub": None}, id="no subject"),
    ],
)
async def test_claims(door: Browser, served_db: Database, provider: IdentityProvider, changes: dict[str, Any]) -> None:
    with_claim(provider, **changes)
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_alg_none(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.sign = provider.unsigned
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_hs256_with_the_public_key(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.sign = provider.signed_with_public_key
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_signature_of_another_key(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.published = [RSAKey.generate_key(2048, {"kid": "key-1"})]
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_unknown_key_id(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.published = [RSAKey.generate_key(2048, {"kid": "key-2"})]
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)
    for _ in range(3):
        await door.round_trip(provider)
    # Made-up key ids do not make us ask for the keys each time.
    assert provider.asked.count(("GET", "/jwks")) == 1


async def test_a_key_rotated_in_between_is_fetched(
    door: Browser, served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_app.services.vneid.peer.KEYS_AGAIN_SECONDS", 0)
    assert await door.round_trip(provider) == routes.account_linked(routes.QUIZ)
    provider.key = RSAKey.generate_key(2048, {"kid": "key-2"})
    assert await Browser().round_trip(provider) == routes.QUIZ
    assert provider.asked.count(("GET", "/jwks")) == 2


async def test_no_id_token(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.change_token = lambda body: {"access_token": body["access_token"], "token_type": "Bearer"}
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_code_replay(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    """A code that was used is put into a round trip of the thief's own."""
    used = provider.authorize(await door.start(), code="stolen")
    await door.back(used)
    thief = Browser()
    await thief.start()
    own = provider.authorize(await thief.start(), code="thief")
    location = await thief.back(own.replace("code=thief", "code=stolen"))
    assert (location, thief.session) == (UNTRUSTED, "")


async def test_pkce_mismatch(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    """The victim's fresh code, caught on its way, in a round trip of the thief's own."""
    provider.authorize(await door.start(), code="caught")
    thief = Browser()
    own = provider.authorize(await thief.start(), code="thief")
    location = await thief.back(own.replace("code=thief", "code=caught"))
    await refused(thief, served_db, location, UNTRUSTED)
    assert "caught" in provider.codes  # the verifier did not fit


async def test_callback_without_the_starting_browser(
    door: Browser, served_db: Database, provider: IdentityProvider
) -> None:
    """The thief sends the address of an own round trip to the victim: nobody is signed in as the thief."""
    url = provider.authorize(await door.start())
    await refused(Browser(), served_db, await Browser().back(url), EXPIRED)
    other = Browser()
    await other.start()
    await refused(other, served_db, await other.back(url), EXPIRED)


async def test_userinfo_of_another_subject(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.change_userinfo = lambda body: {**body, "sub": "subject-2"}
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_userinfo_without_a_subject(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.change_userinfo = lambda body: {key: value for key, value in body.items() if key != "sub"}
    await refused(door, served_db, await door.round_trip(provider), UNTRUSTED)


async def test_answer_of_another_issuer(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    location = await door.round_trip(provider, lambda url: f"{url}&iss=https%3A%2F%2Felsewhere.example")
    await refused(door, served_db, location, UNTRUSTED)


async def test_discovery_of_another_issuer(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.change_discovery = lambda body: {**body, "issuer": "https://elsewhere.example"}
    await refused(door, served_db, await door.start(), UNTRUSTED)


@pytest.mark.parametrize("stated", ["LoA1", "LoA9", "", None], ids=["level 1", "unknown", "empty", "unsaid"])
async def test_assurance_level_too_low(
    door: Browser,
    served_db: Database,
    provider: IdentityProvider,
    stated: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(monkeypatch, provider, accepted_level=2)
    provider.person["acr"] = stated
    location = await door.round_trip(provider)
    await refused(door, served_db, location, routes.sign_in_refused(ErrorCode.VNEID_LEVEL_LOW, routes.QUIZ))


@pytest.mark.parametrize("number", ["031485012345", "123456789", "03108501234", "", None, 31085012345])
async def test_no_whole_number(door: Browser, served_db: Database, provider: IdentityProvider, number: object) -> None:
    provider.person["citizen_id"] = number
    location = await door.round_trip(provider)
    await refused(door, served_db, location, routes.sign_in_refused(ErrorCode.VNEID_INCOMPLETE, routes.QUIZ))


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example", "/dang-nhap"]
)
async def test_redirect_to_a_foreign_site(
    door: Browser, served_db: Database, provider: IdentityProvider, elsewhere: str
) -> None:
    await door.round_trip(provider)
    assert await Browser().round_trip(provider, path=f"/phien/vneid?tiep={elsewhere}") == routes.QUIZ


async def test_a_foreign_host_is_led_to_the_public_address(door: Browser, provider: IdentityProvider) -> None:
    answered = await door.http.get(routes.VNEID_START, headers={"host": "evil.example"})
    assert answered.headers["location"] == f"http://localhost:8000{routes.vneid(routes.QUIZ)}"
    assert "set-cookie" not in answered.headers


# Envelopes (profile vneid_direct)


@pytest.fixture
def our_key(tmp_path: Path) -> rsa.RSAPrivateKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (tmp_path / "rsa.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return key


@pytest.fixture
def direct(
    victim: MadeContest,
    provider: IdentityProvider,
    our_key: rsa.RSAPrivateKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Browser:
    """A browser at a door that leads to VNeID's own provider."""
    configure(monkeypatch, provider, "vneid_direct", private_key_file=tmp_path / "rsa.pem")
    said = {"citizenPid": PERSON["citizen_id"], "fullName": PERSON["name"], "birthDate": "19850905", "accountLevel": 2}
    provider.change_token = lambda body: answer({"access_token": "access"}, our_key.public_key())
    provider.change_userinfo = lambda body: answer(said, our_key.public_key())
    return Browser()


async def test_an_honest_envelope(direct: Browser, served_db: Database, provider: IdentityProvider) -> None:
    url = provider.authorize(await direct.start(), code="a+b/c+d")
    assert "code=a+b" in url
    assert await direct.back(url) == routes.account_linked(routes.QUIZ)
    assert provider.forms[-1]["code"] == "a+b/c+d"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda body: {**body, "key": base64.b64encode(os.urandom(256)).decode()}, id="a made-up key"),
        pytest.param(lambda body: {**body, "key": body["key"][:-8]}, id="a key cut short"),
        pytest.param(lambda body: {**body, "key": "not base64"}, id="no base64"),
        pytest.param(lambda body: {**body, "key": None}, id="no key"),
        pytest.param(lambda body: {**body, "data": base64.b64encode(os.urandom(64)).decode()}, id="other content"),
        pytest.param(lambda body: {**body, "data": body["data"][:-4]}, id="content cut short"),
        pytest.param(lambda body: {"data": json.dumps(body)}, id="no envelope, no person"),
    ],
)
async def test_envelope_with_a_broken_key(
    direct: Browser, served_db: Database, provider: IdentityProvider, broken: Any
) -> None:
    honest = provider.change_userinfo
    provider.change_userinfo = lambda body: broken(honest(body))
    location = await direct.round_trip(provider)
    assert location in (UNTRUSTED, routes.sign_in_refused(ErrorCode.VNEID_LEVEL_LOW, routes.QUIZ))
    await refused(direct, served_db, location, location)


async def test_envelope_for_somebody_elses_key(
    direct: Browser, served_db: Database, provider: IdentityProvider
) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    provider.change_userinfo = lambda body: answer({"citizenPid": PERSON["citizen_id"]}, other)
    await refused(direct, served_db, await direct.round_trip(provider), UNTRUSTED)


# A provider in trouble


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
@pytest.mark.parametrize("trouble", ["slow", "failing"])
async def test_provider_in_trouble(
    door: Browser,
    served_db: Database,
    provider: IdentityProvider,
    path: str,
    trouble: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(monkeypatch, provider, timeout_seconds=0.4)
    if trouble == "slow":
        provider.delay[path] = 4
    else:
        provider.status[path] = 503
    began = time.monotonic()
    location = await door.start()
    if "loi=" not in location:
        location = await door.back(provider.authorize(location))
    assert time.monotonic() - began < 3
    await refused(door, served_db, location, UNAVAILABLE)


async def test_oversized_answer(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    provider.change_userinfo = lambda body: {**body, "padding": "x" * 100_000}
    await refused(door, served_db, await door.round_trip(provider), UNAVAILABLE)


async def test_a_stopped_provider_leaves_the_other_door_open(
    served_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_contest(served_db)
    with IdentityProvider() as provider:
        configure(monkeypatch, provider)
    door = Browser()
    assert await door.start() == UNAVAILABLE
    here = {"address": "192.0.2.1", "now": server_now()}
    form = Application("031085054321", "Trần Thị Bình", "05/09/1985", "U1", "", "407193", "407193", True)
    await register(served_db, form, **here)
    assert await sign_in(served_db, citizen_id="031085054321", pin="407193", **here) != ""


async def test_wrong_certificate(
    victim: MadeContest, served_db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with IdentityProvider(tls=self_signed(tmp_path)) as provider:
        configure(monkeypatch, provider)
        door = Browser()
        await refused(door, served_db, await door.start(), UNAVAILABLE)
        assert provider.asked == []


def self_signed(folder: Path) -> ssl.SSLContext:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "tls.pem").write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    return context


async def test_cancelled(door: Browser, served_db: Database, provider: IdentityProvider) -> None:
    def cancelled(url: str) -> str:
        return f"{url.split('?')[0]}?error=access_denied&state={url.split('state=')[1]}"

    location = await door.round_trip(provider, cancelled)
    await refused(door, served_db, location, routes.sign_in_refused(ErrorCode.VNEID_CANCELLED, routes.QUIZ))


async def test_a_blocked_person_stays_out(
    victim: MadeContest, served_db: Database, provider: IdentityProvider, door: Browser
) -> None:
    with served_db.write() as session:
        for row in session.exec(select(Participant)):
            row.blocked = True
    location = await door.round_trip(provider)
    await refused(door, served_db, location, routes.sign_in_refused(ErrorCode.ACCOUNT_BLOCKED, routes.QUIZ))


async def test_off_means_off(served_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    make_contest(served_db)
    monkeypatch.setenv("CCHC_VNEID_PROFILE", "")
    get_settings.cache_clear()
    get_peer.cache_clear()
    door = Browser()
    off = ErrorCode.VNEID_OFF
    assert await door.start() == routes.sign_in_refused(off, routes.QUIZ)
    assert await door.back(f"{routes.VNEID_RETURN}?code=1&state=2") == routes.sign_in_refused(off)


async def test_what_was_sent_is_in_no_log(
    door: Browser, served_db: Database, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    with_claim(provider, nonce="another")
    await door.round_trip(provider)
    assert "VNEID_UNTRUSTED" in caplog.text
    for secret in (PERSON["citizen_id"], PERSON["name"], SUBJECT, "code-1", "access"):
        assert secret not in caplog.text.replace("access_denied", "")
