"""A coarse name of a browser and its device, for people to recognise their own sessions by."""

LONGEST = 60
# The first that fits names it: browsers pretend to be each other, from the left to the right of these lists.
BROWSERS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("coc_coc_browser", "Coc Coc"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Browser and device, for example `Chrome, Android`; empty when neither is known. At most LONGEST characters.

    Made of the words above only: nothing a browser sends is stored as it came.
    """
    known = (_first(names, user_agent) for names in (BROWSERS, DEVICES))
    return ", ".join(name for name in known if name)[:LONGEST]


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
