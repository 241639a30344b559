"""Talking to the identity provider: discovery, code exchange, userinfo. From this server only, within one timeout."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.services.vneid import id_token, identity
from cchc_app.services.vneid.envelope import open_answer, open_text
from cchc_app.services.vneid.identity import Identity
from cchc_app.services.vneid.profiles import Provider, provider
from cchc_app.settings import get_settings

DISCOVERY = "/.well-known/openid-configuration"
MAX_ANSWER_BYTES = 64 * 1024
# Addresses change rarely; a changed key is noticed at once by its id.
DISCOVERED_SECONDS = 3600
# Tokens with made-up key ids must not make us ask for the keys again and again.
KEYS_AGAIN_SECONDS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What only this server knows of one round trip. Without a repr."""

    nonce: str
    verifier: str


class Peer:
    """The provider as one process knows it: its configuration, and what it has published."""

    def __init__(self, configured: Provider) -> None:
        self.configured = configured
        self._found: tuple[float, Provider] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def authorization_url(self, *, state: str, secrets: Secrets) -> str:
        """Where to send the browser. Refuses with VNEID_UNAVAILABLE or VNEID_UNTRUSTED."""
        async with self._client() as client:
            known = await self._discovered(client)
            extra = {"acr_values": known.acr_values} if known.acr_values else {}
            if known.profile.id_token:
                extra["nonce"] = secrets.nonce
            url, _ = client.create_authorization_url(
                known.authorize_url, state=state, code_verifier=secrets.verifier, **extra
            )
            return url

    async def identify(self, query: Mapping[str, str], *, secrets: Secrets, now: datetime) -> Identity:
        """Exchange the code the browser brought back and read who it is.

        Args:
            query: The query of the return address, with `+` kept.
            secrets: Of this round trip.
            now: When it came.

        Raises:
            ContestError: VNEID_UNAVAILABLE, VNEID_UNTRUSTED, VNEID_INCOMPLETE, VNEID_LEVEL_LOW.
        """
        async with self._client() as client:
            known = await self._discovered(client)
            if query.get("iss", known.issuer) != known.issuer:
                raise ValueError("the answer names another issuer")
            token = await client.fetch_token(
                known.token_url, grant_type="authorization_code", code=self._code(query), code_verifier=secrets.verifier
            )
            claims = {}
            if known.profile.id_token:
                claims = await self._verified(client, known, token.get("id_token"), secrets.nonce, now)
            if known.userinfo_url:
                claims = _joined(claims, await self._userinfo(client, known))
        return identity.read(claims, known, now=now)

    def _code(self, query: Mapping[str, str]) -> str:
        code = query.get("code", "")
        if self.configured.profile.enveloped and query.get("encrypt_key"):
            return open_text(code, query["encrypt_key"], self.configured.private_key)
        return code

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[AsyncOAuth2Client]:
        """A client for one use; whatever goes wrong becomes a typed refusal, its cause a line of the log."""
        client = AsyncOAuth2Client(
            client_id=self.configured.client_id,
            client_secret=self.configured.client_secret,
            token_endpoint_auth_method="client_secret_basic"
            if self.configured.profile.id_token
            else "client_secret_post",
            scope=self.configured.scopes,
            redirect_uri=self.configured.redirect_uri,
            code_challenge_method="S256",
            timeout=self.configured.timeout_seconds,
            transport=_Bounded(httpx2.AsyncHTTPTransport(verify=True)),
        )
        client.register_compliance_hook("access_token_response", self._opened)
        try:
            async with asyncio.timeout(self.configured.timeout_seconds):
                yield client
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise _refusal(ErrorCode.VNEID_UNAVAILABLE, error) from None
        except (OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
            raise _refusal(ErrorCode.VNEID_UNTRUSTED, error) from None
        finally:
            await client.aclose()  # type: ignore[attr-defined]

    def _opened(self, answer: httpx2.Response) -> httpx2.Response:
        """The token answer out of its envelope, if this provider uses one."""
        if not self.configured.profile.enveloped or answer.status_code != httpx2.codes.OK:
            return answer
        return httpx2.Response(answer.status_code, json=open_answer(answer.json(), self.configured.private_key))

    async def _discovered(self, client: AsyncOAuth2Client) -> Provider:
        if not self.configured.profile.id_token:
            return self.configured
        if self._found is None or time.monotonic() - self._found[0] > DISCOVERED_SECONDS:
            document = await _json(client, f"{self.configured.issuer.rstrip('/')}{DISCOVERY}")
            if document["issuer"] != self.configured.issuer:
                raise ValueError("the discovery document is of another issuer")
            own = self.configured
            found = replace(
                own,
                authorize_url=own.authorize_url or document["authorization_endpoint"],
                token_url=own.token_url or document["token_endpoint"],
                userinfo_url=own.userinfo_url or document.get("userinfo_endpoint", ""),
                jwks_url=document["jwks_uri"],
            )
            self._found = time.monotonic(), found
        return self._found[1]

    async def _verified(
        self, client: AsyncOAuth2Client, known: Provider, token: Any, nonce: str, now: datetime
    ) -> dict[str, Any]:
        if not isinstance(token, str):
            raise ValueError("no ID token")
        expected = {"issuer": known.issuer, "client_id": known.client_id, "nonce": nonce, "now": now}
        try:
            return id_token.verify(token, await self._key_set(client, known), **expected)
        except InvalidKeyIdError:
            # The provider may have changed its key since we asked.
            return id_token.verify(token, await self._key_set(client, known, anew=True), **expected)

    async def _key_set(self, client: AsyncOAuth2Client, known: Provider, *, anew: bool = False) -> KeySet:
        age = time.monotonic() - self._keys[0] if self._keys else DISCOVERED_SECONDS
        if self._keys is None or age >= (KEYS_AGAIN_SECONDS if anew else DISCOVERED_SECONDS):
            self._keys = time.monotonic(), KeySet.import_key_set(await _json(client, known.jwks_url))  # type: ignore[arg-type]
        return self._keys[1]

    async def _userinfo(self, client: AsyncOAuth2Client, known: Provider) -> dict[str, Any]:
        accept = {"Accept": "application/json"}
        form: dict[str, str] | None = {} if known.userinfo_method == "POST" else None
        answer = await client.request(known.userinfo_method, known.userinfo_url, headers=accept, data=form)
        answer.raise_for_status()
        return open_answer(answer.json(), known.private_key if known.profile.enveloped else None)


def _joined(claims: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Userinfo over the ID token's claims; it must be about the same subject (section 5.3.2)."""
    if claims and said.get("sub") != claims["sub"]:
        raise ValueError("userinfo is about somebody else")
    return {**said, **{name: claims[name] for name in claims if name not in said or name == "acr"}}


async def _json(client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    answer = await client.request("GET", url, withhold_token=True)
    answer.raise_for_status()
    return open_answer(answer.json(), None)


def _refusal(code: ErrorCode, cause: Exception) -> ContestError:
    # The kind of failure only: messages may hold what people sent.
    log.warning("VNeID: %s (%s)", code.name, type(cause).__name__)
    return ContestError(code)


class _Bounded(httpx2.AsyncBaseTransport):
    """Refuses answers that are larger than any honest one."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass a request on and limit what comes back."""
        request.headers["Accept-Encoding"] = "identity"
        answer = await self._inner.handle_async_request(request)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise httpx2.ReadError("a compressed answer", request=request)
        answer.stream = _BoundedStream(answer.stream)
        return answer

    async def aclose(self) -> None:
        """Close connections."""
        await self._inner.aclose()


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._inner:
            size += len(chunk)
            if size > MAX_ANSWER_BYTES:
                raise httpx2.ReadError("an oversized answer")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


@lru_cache
def get_peer() -> Peer | None:
    """The provider of this process; None when VNeID is off."""
    configured = provider(get_settings())
    return None if configured is None else Peer(configured)
