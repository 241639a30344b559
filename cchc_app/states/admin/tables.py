"""What the states of long tables share: the question of the address, and what the parts of a table show of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.table_query import TableQuery, TableShape, page_count, parameters, parse
from cchc_app.services.short_tables import Arranged
from cchc_app.states.forms import typed
from cchc_app.texts import slogan_desk as texts


@dataclass
class HeadView:
    """A heading one can sort by; `order` is "", "ascending" or "descending"."""

    name: str = ""
    href: str = ""
    order: str = ""
    number: bool = False


@dataclass
class ChoiceView:
    """A value of a filter."""

    value: str = ""
    name: str = ""


@dataclass
class TableView:
    """What stands around the lines of a table. Empty addresses are for what is not possible."""

    search: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    heads: list[HeadView] = field(default_factory=list)
    totals: str = ""
    page: str = ""
    previous: str = ""
    next: str = ""
    export: str = ""
    clear: str = ""
    key: str = ""  # differs when the question differs: fields then show the new one


def table_view(
    shape: TableShape,
    query: TableQuery,
    *,
    path: str,
    file: str,
    headings: Sequence[tuple[str, str, bool]],
    found: int,
    count: int,
    things: str = texts.UNITS,
) -> TableView:
    """A question in words and links.

    Args:
        shape: What the table can be asked for.
        query: What it was asked for.
        path: The table's page.
        file: The address of its export.
        headings: Columns one can sort by: sort, name, whether figures stand in it.
        found: Lines on all pages.
        count: Lines there are at all.
        things: What the lines are, as it follows a number.
    """
    pages = page_count(shape, found)
    asked = parameters(shape, query.on_page(1))

    def link(to: TableQuery) -> str:
        return routes.with_query(path, parameters(shape, to))

    def order(sort: str) -> str:
        return "" if sort != query.sort else "descending" if query.descending else "ascending"

    return TableView(
        search=query.search,
        filters={name: query.filters.get(name, "") for name in shape.names},
        heads=[HeadView(name, link(query.sorted_by(sort)), order(sort), figures) for sort, name, figures in headings],
        totals=texts.totals(found, count, things),
        page=texts.page_of(query.page, pages) if pages > 1 else "",
        previous=link(query.on_page(query.page - 1)) if query.page > 1 else "",
        next=link(query.on_page(query.page + 1)) if query.page < pages else "",
        export=routes.with_query(file, asked),
        clear=path if query.search or query.filters else "",
        key=repr(sorted(parameters(shape, query).items())),
    )


def searched(shape: TableShape, query: TableQuery, form: object) -> Mapping[str, str]:
    """The parameters of what a table's search form asks for."""
    filters = {name: typed(form, name) for name in shape.names}
    chosen = {name: value for name, value in filters.items() if shape.allows(name, value)}
    return parameters(shape, query.searching(typed(form, "search"), chosen))


class Listed(rx.State, mixin=True):
    """What stands around a short list, and the way to another question. A mixin without handlers."""

    table: TableView = TableView()
    choices: dict[str, list[ChoiceView]] = {}
    any: bool = False  # whether the list has lines at all

    _ways: TableShape | None = None

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)

    def _arranged(
        self,
        found: Arranged[Any],
        *,
        path: str,
        file: str,
        headings: Sequence[tuple[str, str, bool]],
        things: str,
        words: Mapping[str, Callable[[str], str]],
    ) -> None:
        """Take over what a list answered; `words` name the values of its filters, the rest is as in `table_view`."""
        self._ways, self.any = found.shape, found.count > 0
        wanted = {"path": path, "file": file, "headings": headings, "things": things}
        self.table = table_view(found.shape, found.query, **wanted, found=found.found, count=found.count)
        self.choices = {
            name: [ChoiceView(value, words[name](value)) for value in values]
            for name, values in found.shape.filters.items()
        }

    def _to_question(self, path: str, form: object) -> Any:
        """The way to what a search form asks for."""
        if self._ways is None:
            return None
        return rx.redirect(routes.with_query(path, searched(self._ways, parse(self._ways, self._asked()), form)))
