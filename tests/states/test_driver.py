"""The driver itself: what it must not miss."""

import reflex as rx

from tests.states.driver import Browser


class DriverProbe(rx.State):
    """Handlers that do what the driver has to notice."""

    steps: list[int] = []
    _kept: str = "never sent"

    @rx.event
    def fail(self):
        raise RuntimeError("probe")

    @rx.event
    async def walk(self):
        self.steps = [1]
        yield DriverProbe.go_on
        yield rx.redirect("/there")

    @rx.event
    def go_on(self):
        self.steps.append(2)

    @rx.event
    def tell(self):
        self.steps = [len(self.router.headers.cookie), len(self.router.session.client_ip)]
        return rx.redirect(self.router.url.query_parameters["tiep"])


async def test_a_raised_exception_is_noted() -> None:
    async with Browser() as tab:
        await tab.send(DriverProbe.fail)
        assert [str(error) for error in tab.errors] == ["probe"]


async def test_chains_are_followed_and_everything_sent_is_kept() -> None:
    async with Browser() as tab:
        await tab.send(DriverProbe.walk)
        assert (tab.shown(DriverProbe, "steps"), tab.redirects, tab.errors) == ([1, 2], ["/there"], [])
        assert "/there" in tab.received
        assert ("_kept" in tab.received, "never sent" in tab.received) == (False, False)


async def test_handlers_see_the_connection_and_the_address() -> None:
    async with Browser(cookie="a=b", address="::1", path="/x?tiep=/y") as tab:
        await tab.send(DriverProbe.tell)
        assert (tab.shown(DriverProbe, "steps"), tab.redirects) == ([3, 3], ["/y"])


async def test_a_restart_forgets_the_state() -> None:
    async with Browser() as tab:
        await tab.send(DriverProbe.walk)
        await tab.restart_server()
        assert tab.shown(DriverProbe, "steps") == []
