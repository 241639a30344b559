"""The server's clock, as states read it."""

from cchc_app.services.clock import server_now

__all__ = ["server_now"]
