"""Reflex configuration. The environment is read by cchc_app.settings only."""

import reflex as rx
from reflex_base.constants import StateManagerMode

from cchc_app.settings import REDIS_LOCK_MS, get_settings

settings = get_settings()

config = rx.Config(
    app_name="cchc_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # A placeholder: the build step makes every address relative to the page (see cchc_app/frontend.py).
    api_url="http://localhost:8000",
    cors_allowed_origins=settings.allowed_origins,
    # Several processes share what screens show through Redis; one alone needs nobody for that.
    state_manager_mode=StateManagerMode.REDIS if settings.redis_url else StateManagerMode.MEMORY,
    redis_url=settings.redis_url or None,
    redis_lock_expiration=REDIS_LOCK_MS,
    transport="websocket",
    frontend_compression_formats=["gzip", "brotli"],
    frontend_packages=["@fontsource/be-vietnam-pro@5.2.8"],
    plugins=[rx.plugins.TailwindV4Plugin(config={"plugins": []})],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
