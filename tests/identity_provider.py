"""An identity provider that tests script to misbehave: a real HTTP server on loopback, with real signatures."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "contest", "a secret of the contest"
PERSON = {"name": "Nguyễn Văn An", "birthdate": "1985-09-05", "citizen_id": "031085012345", "acr": "LoA2"}
SUBJECT = "subject-1"


def same(value: Any) -> Any:
    """Change nothing."""
    return value


@dataclass
class Grant:
    """What a code was given for."""

    challenge: str
    nonce: str
    redirect_uri: str


@dataclass
class IdentityProvider:
    """Answers as an honest OpenID provider does, but for what a test changes."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "key-1"}))
    published: list[RSAKey] = field(default_factory=list)
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    change_claims: Callable[[dict[str, Any]], dict[str, Any]] = same
    sign: Callable[[dict[str, Any]], str] | None = None
    change_userinfo: Callable[[dict[str, Any]], dict[str, Any]] = same
    change_token: Callable[[dict[str, Any]], dict[str, Any]] = same
    change_discovery: Callable[[dict[str, Any]], dict[str, Any]] = same
    status: dict[str, int] = field(default_factory=dict)  # by path
    delay: dict[str, float] = field(default_factory=dict)  # seconds, by path
    forgets_used_codes: bool = False
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self.codes: dict[str, Grant] = {}
        self.asked: list[tuple[str, str]] = []  # method and path of every request
        self.forms: list[dict[str, str]] = []  # what the token endpoint was sent
        self._serial = 0

    def __enter__(self) -> "IdentityProvider":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "http" if self.tls is None else "https"
        self.issuer = f"{scheme}://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def authorize(self, url: str, *, code: str = "") -> str:
        """What the browser is sent back with after the person has agreed; `code` in place of a made-up one."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self._serial += 1
        code = code or f"code-{self._serial}"
        self.codes[code] = Grant(asked["code_challenge"], asked.get("nonce", ""), asked["redirect_uri"])
        return (
            f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']}, safe='+', quote_via=quote)}"
        )

    def answer(self, method: str, path: str, headers: Any, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """One answer."""
        self.asked.append((method, path))
        time.sleep(self.delay.get(path, 0))
        if path in self.status:
            return self.status[path], {}
        match path:
            case "/.well-known/openid-configuration":
                return 200, self.change_discovery(self._discovery())
            case "/jwks":
                return 200, {"keys": [key.as_dict(private=False) for key in self.published or [self.key]]}
            case "/token":
                return self._token(headers, form)
            case "/userinfo":
                return 200, self.change_userinfo({"sub": SUBJECT, **self.person})
        return 404, {}

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
        }

    def _token(self, headers: Any, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.forms.append(form)
        basic = base64.b64encode(f"{quote(CLIENT)}:{SECRET}".encode()).decode()
        if headers.get("Authorization") != f"Basic {basic}" and form.get("client_secret") != SECRET:
            return 401, {"error": "invalid_client"}
        grant = self.codes.get(form.get("code", ""))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if grant is None or challenge.decode().rstrip("=") != grant.challenge:
            return 400, {"error": "invalid_grant"}
        if not self.forgets_used_codes:
            del self.codes[form["code"]]
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "iat": now, "exp": now + 300, "nonce": grant.nonce}
        token = (self.sign or self.signed)(self.change_claims({**claims, "acr": self.person.get("acr")}))
        return 200, self.change_token({"access_token": "access", "token_type": "Bearer", "id_token": token})

    def signed(self, claims: dict[str, Any]) -> str:
        """An honest signature."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        """A token that says it needs no signature."""
        header = {"alg": "none", "kid": self.key.kid}
        return ".".join(_b64(json.dumps(part)) for part in (header, claims)) + "."

    def signed_with_public_key(self, claims: dict[str, Any]) -> str:
        """A token signed with the public key as if it were a shared secret."""
        content = ".".join(_b64(json.dumps(part)) for part in ({"alg": "HS256", "kid": self.key.kid}, claims))
        mark = hmac.new(self.key.as_pem(private=False), content.encode(), hashlib.sha256).digest()
        return f"{content}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


def _b64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _handler_of(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, answer = provider.answer(
                self.command, urlsplit(self.path).path, self.headers, dict(parse_qsl(body, keep_blank_values=True))
            )
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has given up
                self.wfile.write(payload)

        do_GET = do_POST = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Be quiet."""

    return Handler
