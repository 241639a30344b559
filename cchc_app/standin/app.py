"""A simulated identity provider for fresh machines and tests, in the shape of whichever profile is configured.

It vouches for whatever anybody types. It never runs in production.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.contest.identity import normalise_name, parse_birth_date, parse_citizen_id
from cchc_app.services.clock import server_now
from cchc_app.services.vneid.profiles import (
    PROFILES,
    STAND_IN_CLIENT,
    STAND_IN_SECRET,
    private_key,
    profile_name,
)
from cchc_app.settings import Settings
from cchc_app.standin import tokens
from cchc_app.standin.claims import answer, enveloped, standard, userinfo
from cchc_app.standin.page import chooser, refusal
from cchc_app.standin.tokens import Citizen, Sealed
from cchc_app.texts import standin as texts
from cchc_app.texts.formats import local

CARRIED = ("redirect_uri", "state", "nonce", "code_challenge")
NO_STORE = {"Cache-Control": "no-store"}
# Its pages load the site's own styles and send a form to themselves; nothing else.
PAGE = NO_STORE | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
}
MAX_FORM_BYTES = 16_384


def stand_in(settings: Settings) -> FastAPI:
    """The provider as an application to be mounted under `routes.STAND_IN`.

    Raises:
        RuntimeError: in production.
    """
    if settings.env == "production":
        raise RuntimeError("the VNeID stand-in never runs in production")
    provider = _StandIn(settings)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_api_route("/authorize", provider.authorize, methods=["GET"])
    app.add_api_route("/chon", provider.choose, methods=["POST"])
    app.add_api_route("/token", provider.token, methods=["POST"])
    app.add_api_route("/userinfo", provider.userinfo, methods=["GET", "POST"])
    app.add_api_route("/jwks", provider.jwks, methods=["GET"])
    app.add_api_route("/.well-known/openid-configuration", provider.discovery, methods=["GET"])
    return app


class _StandIn:
    def __init__(self, settings: Settings) -> None:
        self._profile = profile_name(settings)
        self._base = f"{settings.resolved_public_url}{routes.STAND_IN}"
        self._redirect_uri = f"{settings.resolved_public_url}{routes.VNEID_RETURN}"
        key = private_key(settings) if PROFILES[self._profile].enveloped else None
        self._sealed_for: RSAPublicKey | None = key.public_key() if key else None
        self._used: set[str] = set()

    async def authorize(self, request: Request) -> Response:
        """Ask who one wants to be."""
        asked = dict(request.query_params)
        if not self._is_ours(asked):
            return HTMLResponse(refusal(), status_code=400, headers=PAGE)
        return HTMLResponse(chooser(f"{routes.STAND_IN}/chon", _carried(asked)), headers=PAGE)

    async def choose(self, request: Request) -> Response:
        """Send the browser back as the citizen chosen."""
        form = await _form(request)
        if form.get("redirect_uri") != self._redirect_uri:
            return HTMLResponse(refusal(), status_code=400, headers=PAGE)
        if "cancel" in form:
            return self._back({"error": "access_denied", "state": form.get("state", "")})
        citizen = _citizen(form)
        if citizen is None:
            return HTMLResponse(
                chooser(f"{routes.STAND_IN}/chon", _carried(form), wrong=True), status_code=422, headers=PAGE
            )
        code = tokens.seal(
            Sealed(
                kind="code",
                citizen=citizen,
                expires_at=_now() + tokens.CODE_SECONDS,
                nonce=form.get("nonce", ""),
                challenge=form.get("code_challenge", ""),
                redirect_uri=form["redirect_uri"],
            )
        )
        return self._back({**self._code_fields(code), "state": form.get("state", "")})

    async def token(self, request: Request) -> Response:
        """Exchange a code, once."""
        form = await _form(request)
        if not _knows_secret(request, form):
            return JSONResponse({"error": "invalid_client"}, status_code=401, headers=NO_STORE)
        code = form.get("code", "").replace("+", "-").replace("/", "_")
        content = tokens.unseal(code, kind="code", now=_now())
        if content is None or code in self._used or not _fits(content, form):
            return JSONResponse({"error": "invalid_grant"}, status_code=400, headers=NO_STORE)
        self._used.add(code)
        access = Sealed(kind="access", citizen=content.citizen, expires_at=_now() + tokens.TOKEN_SECONDS)
        body: dict[str, object] = {
            "access_token": tokens.seal(access),
            "token_type": "Bearer",
            "expires_in": tokens.TOKEN_SECONDS,
        }
        if self._profile == "oidc":
            body["id_token"] = self._id_token(content)
        return JSONResponse(answer(body, self._sealed_for), headers=NO_STORE)

    async def userinfo(self, request: Request) -> Response:
        """Say who an access token is of."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        content = tokens.unseal(token, kind="access", now=_now()) if kind.lower() == "bearer" else None
        if content is None:
            return JSONResponse({"error": "invalid_token"}, status_code=401, headers=NO_STORE)
        return JSONResponse(answer(userinfo(self._profile, content.citizen), self._sealed_for), headers=NO_STORE)

    async def jwks(self) -> Response:
        """The public key of ID tokens."""
        return JSONResponse({"keys": [tokens.signing_key().as_dict(private=False)]})

    async def discovery(self) -> Response:
        """What an OpenID provider says of itself."""
        return JSONResponse(
            {
                "issuer": self._base,
                "authorization_endpoint": f"{self._base}/authorize",
                "token_endpoint": f"{self._base}/token",
                "userinfo_endpoint": f"{self._base}/userinfo",
                "jwks_uri": f"{self._base}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [tokens.ALGORITHM],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def _is_ours(self, asked: Mapping[str, str]) -> bool:
        return (
            asked.get("client_id") == STAND_IN_CLIENT
            and asked.get("redirect_uri") == self._redirect_uri
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
        )

    def _code_fields(self, code: str) -> dict[str, str]:
        """The code as this profile hands it over: VNeID's own has `+` in it, and may be sealed."""
        if not PROFILES[self._profile].enveloped:
            return {"code": code}
        code = code.replace("-", "+").replace("_", "/")
        if self._sealed_for is None:
            return {"code": code}
        data, key = enveloped(code, self._sealed_for)
        return {"code": data, "encrypt_key": key}

    def _back(self, fields: Mapping[str, str]) -> Response:
        safe = "+/=" if PROFILES[self._profile].enveloped else ""
        query = urlencode(fields, safe=safe, quote_via=quote)
        return RedirectResponse(f"{self._redirect_uri}?{query}", status_code=303, headers=NO_STORE)

    def _id_token(self, content: Sealed) -> str:
        return tokens.id_token(
            {
                "iss": self._base,
                "aud": STAND_IN_CLIENT,
                "sub": tokens.subject(content.citizen),
                "iat": _now(),
                "exp": _now() + tokens.ID_TOKEN_SECONDS,
                "nonce": content.nonce,
                "acr": standard(content.citizen)["acr"],
            }
        )


def _carried(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in CARRIED if name in fields}


async def _form(request: Request) -> dict[str, str]:
    body = await request.body()
    return dict(parse_qsl(body[:MAX_FORM_BYTES].decode(errors="replace"), keep_blank_values=True))


def _citizen(form: Mapping[str, str]) -> Citizen | None:
    """The invented citizen whose button was pressed, or whoever was typed; None when it cannot be read."""
    place = form.get("citizen", "")
    if place.isascii() and place.isdigit() and int(place) < len(texts.CITIZENS):
        return Citizen(*texts.CITIZENS[int(place)])
    try:
        number = parse_citizen_id(form.get("number", "")).number
        name = normalise_name(form.get("name", ""))
        born = parse_birth_date(form.get("birth_date", ""), today=local(server_now()).date())
    except ContestError:
        return None
    return Citizen(number, name, f"{born:%Y%m%d}", 2 if form.get("level") == "2" else 1)


def _knows_secret(request: Request, form: Mapping[str, str]) -> bool:
    kind, _, credentials = request.headers.get("authorization", "").partition(" ")
    given = f"{form.get('client_id', '')}:{form.get('client_secret', '')}"
    if kind.lower() == "basic":
        try:
            given = base64.b64decode(credentials).decode(errors="replace")
        except ValueError:
            return False
    return hmac.compare_digest(given.encode(), f"{STAND_IN_CLIENT}:{STAND_IN_SECRET}".encode())


def _fits(content: Sealed, form: Mapping[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return hmac.compare_digest(content.challenge, challenge) and form.get("redirect_uri") == content.redirect_uri


def _now() -> int:
    return int(server_now().timestamp())
