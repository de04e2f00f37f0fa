"""Open the first source of an answer in a browser."""

from icapital_cli.cli.answer import warn
from icapital_cli.errors import IcapitalError, NotFoundError
from icapital_cli.terminal import safe

WEB = ("http://", "https://")


def open_first(urls: list[str]) -> None:
    """Open the first address. Raises IcapitalError, which names the address, where there is no browser."""
    import webbrowser  # noqa: PLC0415 - only --web needs it

    url = next((url for url in urls if url.startswith(WEB)), None)
    if url is None:
        raise NotFoundError("no source with an address on the web")
    try:
        is_open = webbrowser.open(url)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        raise IcapitalError(f"no browser was found; the first source is {safe(url)}")
    warn(f"opened {safe(url)}")
