"""Who was passed over for the prizes of a list, of all kinds, as a table and as a sheet of its file."""

from collections.abc import Sequence

from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.text import collation_key, name_collation_key
from cchc_app.services.prize_views import ScopeView, SkippedLine
from cchc_app.services.short_tables import ShortTable
from cchc_app.texts import admin_prizes as texts

# Names in addresses of the view, its columns and filters.
VIEW, OF_SKIPPED = "xem", "bi-bo-qua"
BY_PRIZE, BY_NAME, BY_PLACE, BY_REASON = "giai", "ten", "hang", "ly-do"
KIND, REASON = "loai", "ly-do"


def skipped_lines(scopes: Sequence[ScopeView]) -> list[SkippedLine]:
    """Everybody passed over, in the order of the prizes."""
    return [line for scope in scopes for line in scope.skipped]


def _name(line: SkippedLine) -> str:
    key = name_collation_key if line.entrant.kind is PrizeKind.INDIVIDUAL else collation_key
    return key(line.entrant.name)


SKIPPED: ShortTable[SkippedLine] = ShortTable(
    sorts={
        BY_PRIZE: None,
        BY_NAME: _name,
        BY_PLACE: lambda line: (not line.entrant.place, line.entrant.place),
        BY_REASON: lambda line: collation_key(texts.REASONS[line.reason]),
    },
    searched=lambda line: (line.entrant.name, line.entrant.unit),
    filters={KIND: lambda line: line.entrant.kind, REASON: lambda line: line.reason},
    sheet=texts.SKIPPED_SHEET,
    columns=texts.SKIPPED_COLUMNS,
    cells=lambda line: (
        line.title,
        texts.KINDS[line.entrant.kind],
        line.entrant.name,
        line.entrant.masked,
        line.entrant.unit,
        line.entrant.place or None,
        texts.REASONS[line.reason],
    ),
)
