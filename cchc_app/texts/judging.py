"""Wording of judging."""


def code_name(number: int) -> str:
    """A slogan's blind number as judges read it, `KH-007`."""
    return f"KH-{number:03}"
