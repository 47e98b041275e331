"""What of an Arabic sentence is read from left to right as one: commands, options, dates.

Between Arabic letters the rules of bidi take them to pieces: `--by` is shown as `by--`, and 2021-12-09 with its day
first. In isolates (U+2068 … U+2069) they stay as they are typed, so that no translation needs invisible characters.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WHOLE = re.compile(
    r"`[^`]*`"  # a command, as one types it
    r"|(?<![A-Za-z0-9])khabar(?: [-A-Za-z0-9{}=.…/_]+)+"
    r"|(?<![-A-Za-z0-9{}_\u2068\u200e])--?[a-z][-a-z]*(?:[ =][A-Za-z0-9=]+)*"
    r"|(?<![-A-Za-z0-9{}_@.\u2068\u200e])[0-9][0-9T:]*(?:(?:-|\.\.)[0-9][0-9T:]*)+"
    r"|(?<![-A-Za-z0-9{}_\u2068\u200e])#(?:[0-9]+|\{[a-z0-9]*\})"
)


_ARABIC = re.compile("[\u0600-\u06ff]")


@lru_cache(maxsize=4096)
def whole(text: str) -> str:
    """An Arabic message with what must keep its order in isolates; its fields stay, and so does what is not Arabic.

    >>> ascii(whole("من --from"))
    "'\\\\u0645\\\\u0646 \\\\u2068--from\\\\u2069'"
    """
    return text if _ARABIC.search(text) is None else _WHOLE.sub("\u2068\\g<0>\u2069", text)


def without_isolates(text: str) -> str:
    """The text for what stores or shows it in logical order, where the signs would only be in the way."""
    return text.replace("\u2068", "").replace("\u2069", "")
