"""The province codes a citizen ID may begin with."""

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache
def province_codes() -> frozenset[str]:
    """The three-digit codes of provinces as births were registered under them, from the package's own table."""
    table = files("cchc_app.presets").joinpath("province_codes.csv").read_text("utf-8")
    return frozenset(row["code"] for row in csv.DictReader(table.splitlines()))
