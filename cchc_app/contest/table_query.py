"""What a long table is asked for: search, order, page, filters, read from an address and written back into one.

A safeguard, not an article of the rules: whatever stands in an address becomes a question the table can answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_app.contest.characters import canonical

# Names of the parameters in addresses.
SEARCH, SORT, DESCENDING, PAGE = "tim", "xep", "giam", "trang"
LONGEST_SEARCH = 60
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class TableShape:
    """What a table can be asked for.

    Attributes:
        sorts: The columns it can be sorted by; the first one is the order it comes in.
        filters: Allowed values by the name of the filter's parameter.
        page_size: Lines on one page.
    """

    sorts: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    page_size: int = 50


@dataclass(frozen=True, slots=True)
class TableQuery:
    """A question a table can answer.

    Attributes:
        search: What was typed, tidy; empty for all.
        sort: One of the shape's columns.
        descending: From the last to the first.
        page: From 1.
        filters: The chosen value by filter; filters that are off are not in it.
    """

    search: str
    sort: str
    descending: bool
    page: int
    filters: Mapping[str, str]

    def searching(self, search: str, filters: Mapping[str, str]) -> "TableQuery":
        """The first page of another search, in the same order."""
        return replace(self, search=search, filters=filters, page=1)

    def sorted_by(self, sort: str) -> "TableQuery":
        """The first page in another order; the other way round when it is the present one."""
        return replace(self, sort=sort, descending=sort == self.sort and not self.descending, page=1)

    def on_page(self, page: int) -> "TableQuery":
        """Another page."""
        return replace(self, page=page)


def parse(shape: TableShape, raw: Mapping[str, object]) -> TableQuery:
    """The question in an address's parameters; what the table does not know is as if it were not there."""
    typed, sort = _text(raw, SEARCH), _text(raw, SORT)
    chosen = {name: _text(raw, name) for name in shape.filters}
    page = _text(raw, PAGE)
    return TableQuery(
        search="".join(char for char in canonical(typed[:LONGEST_SEARCH]) if char.isprintable()),
        sort=sort if sort in shape.sorts else shape.sorts[0],
        descending=_text(raw, DESCENDING) == "1",
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) <= 5 else 1,
        filters={name: value for name, value in chosen.items() if value in shape.filters[name]},
    )


def parameters(shape: TableShape, query: TableQuery) -> dict[str, str]:
    """The parameters of a question: only what is not as the table comes."""
    found = {
        SEARCH: query.search,
        **query.filters,
        SORT: query.sort if query.sort != shape.sorts[0] else "",
        DESCENDING: "1" if query.descending else "",
        PAGE: str(query.page) if query.page > 1 else "",
    }
    return {name: value for name, value in found.items() if value}


def page_count(shape: TableShape, size: int) -> int:
    """How many pages so many lines fill; an empty table has one."""
    return max(1, -(-size // shape.page_size))


def _text(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
