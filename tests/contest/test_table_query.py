"""What an address asks a table for: known questions are read and written back, everything else is ignored."""

import pytest

from cchc_app.contest.table_query import TableQuery, TableShape, page_count, parameters, parse

SHAPE = TableShape(("don-vi", "luc"), {"khoi": ("so_nganh", "cap_xa")}, page_size=10)
AS_IT_COMES = TableQuery("", "don-vi", False, 1, {})


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ({}, AS_IT_COMES),
        ({"tim": "  Lê  Chân "}, TableQuery("Lê Chân", "don-vi", False, 1, {})),
        ({"xep": "luc", "giam": "1", "trang": "3"}, TableQuery("", "luc", True, 3, {})),
        ({"khoi": "cap_xa"}, TableQuery("", "don-vi", False, 1, {"khoi": "cap_xa"})),
        ({"tim": "x" * 500}, TableQuery("x" * 60, "don-vi", False, 1, {})),
        ({"trang": "99999"}, TableQuery("", "don-vi", False, 10_000, {})),
        ({"trang": "0"}, AS_IT_COMES),
    ],
)
def test_known_questions(raw: dict[str, object], query: TableQuery) -> None:
    assert parse(SHAPE, raw) == query


@pytest.mark.parametrize(
    "raw",
    [
        {"xep": "password", "giam": "yes", "trang": "-1", "khoi": "x"},
        {"trang": "1e3"},
        {"trang": "٣"},
        {"trang": "1" * 30},
        {"tim": ["a"], "xep": None, "trang": 5, "khoi": {}},
        {"mo": "HP001"},
        {"tim": "\x00\x1f\u200b"},
    ],
    ids=str,
)
def test_what_the_table_does_not_know_is_not_there(raw: dict[str, object]) -> None:
    assert parse(SHAPE, raw) == AS_IT_COMES


@pytest.mark.parametrize(
    "query",
    [
        AS_IT_COMES,
        TableQuery("Lê Chân & Hồng Bàng", "luc", True, 2, {"khoi": "so_nganh"}),
        TableQuery("", "don-vi", True, 1, {}),
    ],
)
def test_written_back_it_is_the_same_question(query: TableQuery) -> None:
    assert parse(SHAPE, parameters(SHAPE, query)) == query


def test_only_what_differs_stands_in_an_address() -> None:
    assert parameters(SHAPE, AS_IT_COMES) == {}
    assert parameters(SHAPE, AS_IT_COMES.on_page(2)) == {"trang": "2"}


def test_another_order_or_search_begins_at_the_first_page() -> None:
    third = TableQuery("a", "luc", False, 3, {})
    assert third.sorted_by("luc") == TableQuery("a", "luc", True, 1, {})
    assert third.sorted_by("luc").sorted_by("luc").descending is False
    assert third.sorted_by("don-vi") == TableQuery("a", "don-vi", False, 1, {})
    assert third.searching("b", {"khoi": "cap_xa"}) == TableQuery("b", "luc", False, 1, {"khoi": "cap_xa"})


@pytest.mark.parametrize(("size", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (164, 17)])
def test_pages(size: int, pages: int) -> None:
    assert page_count(SHAPE, size) == pages
