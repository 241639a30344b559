"""Typed settings: the only reader of the environment. Every variable is prefixed `CCHC_` (docs/configuration.md)."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
# The built front end, made by cchc_app/frontend.py.
FRONTEND = ROOT / "build" / "frontend"
# Bytes of one message or body from a browser; no form of this site sends more.
MAX_MESSAGE = 64 * 1024
# Where a line's scope says how to reach the other end past everything that only looks at how lines open.
LINE_ENDS = "line_ends"
# Bytes of a body that holds a file, with what a form adds to it.
MAX_UPLOAD = 20 * 1024 * 1024 + MAX_MESSAGE
# Longer than an answer waits for a database that restarts: a state is not given away while its handler waits.
REDIS_LOCK_MS = 30_000
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """What a deployment may set. Defaults are the embedded contest that `make run` starts."""

    model_config = SettingsConfigDict(env_prefix="CCHC_", env_file=None, extra="ignore")

    env: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    workers: int = 1
    public_url: str = ""
    # Further host names the site answers to, and networks whose X-Forwarded-For is believed; comma-separated.
    allowed_hosts: str = ""
    trusted_proxies: str = ""
    # Keys, comma-separated, the first one writes. Empty in development: made once under data_dir.
    encryption_keys: SecretStr = SecretStr("")
    index_key: SecretStr = SecretStr("")
    pepper: SecretStr = SecretStr("")
    session_idle_hours: int = 24
    session_absolute_days: int = 30
    # VNeID. No profile: off in production, the stand-in while developing. Empty values: the profile's own.
    vneid_profile: Literal["oidc", "national_portal", "vneid_direct", ""] | None = None
    vneid_issuer: str = ""
    vneid_authorize_url: str = ""
    vneid_token_url: str = ""
    vneid_userinfo_url: str = ""
    vneid_client_id: str = ""
    vneid_client_secret: SecretStr = SecretStr("")
    vneid_scopes: str = "openid"
    vneid_acr_values: str = ""
    vneid_userinfo_method: Literal["GET", "POST", ""] = ""
    vneid_claims: dict[Literal["number", "name", "birth_date", "level"], str] = {}
    vneid_levels: dict[str, Literal[1, 2]] = {}
    vneid_accepted_level: int = Field(default=1, ge=1, le=2)
    vneid_timeout_seconds: float = Field(default=8, gt=0)
    vneid_private_key_file: Path | None = None
    retention_days: int = 180
    # What a watcher elsewhere shows to read /metrics; empty: from this machine only.
    metrics_token: SecretStr = SecretStr("")
    # Sites that may show /nhung/xep-hang in a frame, as Content-Security-Policy names them, with spaces between.
    embed_sites: str = "https:"
    staff_idle_minutes: int = 30
    staff_absolute_hours: int = 12

    @property
    def resolved_database_url(self) -> str:
        """The SQLAlchemy URL: the one given, or one SQLite file under the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'cchc.sqlite3'}"

    @property
    def resolved_public_url(self) -> str:
        """The address people use, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over https."""
        return self.resolved_public_url.startswith("https://")

    @property
    def host_names(self) -> frozenset[str]:
        """Host names the site answers to: the public one, further ones, and loopback names while developing."""
        names = {urlsplit(self.resolved_public_url).hostname or "", *_listed(self.allowed_hosts.lower())}
        return frozenset(names | set(LOOPBACK_NAMES) if self.env == "development" else names)

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks of the proxies in front. Raises ValueError for what is no network."""
        return tuple(ip_network(network) for network in _listed(self.trusted_proxies))

    @property
    def allowed_origins(self) -> list[str]:
        """Origins that may open the websocket: those of the host names above."""
        scheme = "https" if self.is_https else "http"
        origins = [self.resolved_public_url, *(f"{scheme}://{name}" for name in _listed(self.allowed_hosts.lower()))]
        if self.env == "development":
            origins += [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys(origins))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@lru_cache
def get_settings() -> Settings:
    """Read the environment once per process."""
    return Settings()
