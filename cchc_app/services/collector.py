"""When the interpreter looks for objects that only hold each other: everybody waits while it does.

Opening a page leaves some forty such objects within a second, which small and frequent looks at the newest find; an
answer leaves none. A look at everything takes a second among some thousands of people: it is left for a quiet hour.
"""

import asyncio
import gc
from collections.abc import Callable

# New objects after which the newest are looked at: some milliseconds. Answers replace old ones, which counts back, so
# there are several times as many to look at.
NEWEST = 1_000
NEVER = 1_000_000_000
LOOK_SECONDS = 3_600.0
FEW = 200  # people connected, at most: a look at everything takes less than a tenth of a second then


async def collect_when_quiet(connected: Callable[[], int]) -> None:
    """Look at the newest objects often, and at all of them when few people are there, for as long as the server runs.

    Args:
        connected: Gives how many people are connected to this process.
    """
    gc.freeze()  # what was made by now stays
    gc.set_threshold(NEWEST, NEVER, NEVER)
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if connected() <= FEW:
            gc.collect()
