"""A page's title among its candidates, and the site's name behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.models import Said
from store.text.fold import fold

_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[-–—|•·»«:]+\s+|\|\s*|[-–—]+)|\|\s*|(?<![-–—:])[-–—:]+\s+")
_NO_WORD = re.compile(r"[\W_]+")
_LEAST, _LONGEST, _SITE_WORDS = 2, 300, 6
"""Words a title has at least, code points of a line that may be one, words of a site's name."""
_CUT = re.compile(r"(?:(?<!\s)\s+)?(?:…|\.\.\.)\s*$")


def squashed(text: str) -> str:
    """Letters and digits of `text`, folded, nothing between them: how lines are compared.

    >>> squashed("«أحمد»: نعم!")
    'احمدنعم'
    """
    return _NO_WORD.sub("", fold(text))


def choose(
    candidates: Sequence[Said], headings: Sequence[str], sites: Sequence[str], lines: Sequence[str]
) -> tuple[str | None, str | None]:
    """The title of a page and the site's name that stood behind it.

    `candidates` are what the page says, in the order in which they count; `headings` are its `h1`, `sites` the names it
    gives its site, `lines` its text. A site's name before or behind a title is cut off where it is one of these, or
    where another candidate, a heading or a line is the title without it. A candidate that agrees with none of the
    others goes behind those that do.
    """
    plain = [said.value for said in candidates if squashed(said.value)]
    written = [*plain, *(line for line in headings if squashed(line))]
    if not written:
        return None, None
    known = {squashed(name) for name in sites}
    shown = {squashed(line) for line in lines if len(line) <= _LONGEST}
    bare, site = [], None
    for value in written:
        shorter, tail = _cut(value, {squashed(one) for one in written if one != value}, known, shown)
        bare.append(shorter)
        site = site or tail
    forms = [squashed(value) for value in bare]
    for at, value in enumerate(bare):
        others = [one for other, one in enumerate(forms) if other != at]
        if len(forms[at]) > 1 and (not others or any(_agree(forms[at], one) for one in others)):
            return _whole(value, written), site
    return bare[0], site


def _cut(value: str, wholes: set[str], sites: set[str], shown: set[str]) -> tuple[str, str | None]:
    """`value` without a site's name before or behind it, and that name."""
    for match in _SEPARATOR.finditer(value):
        before, after = value[: match.start()].strip(), value[match.end() :].strip()
        for part, rest in ((before, after), (after, before)):
            form = squashed(part)
            if not form or (len(part.split()) < _LEAST and form not in wholes):
                continue
            other = squashed(rest)
            # A section of the page and its site have their names among the lines and headings, too, but shorter ones.
            longer = len(part) > len(rest)
            told = form in wholes and (longer or not (other in shown or other in wholes or len(rest) > 2 * len(part)))
            if told or other in sites or (form in shown and longer):
                pieces = [piece for piece in _SEPARATOR.split(rest) if piece.strip()]
                name = pieces[-1 if rest == after else 0].strip() if pieces and match[0].strip() != ":" else ""
                return part, name if 1 <= len(name.split()) <= _SITE_WORDS else None
    return value, None


def _agree(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 12 and (one in other or other in one))


def _whole(value: str, written: Sequence[str]) -> str:
    """The title in full where `value` was cut short with dots."""
    if not _CUT.search(value):
        return value
    begin = squashed(_CUT.sub("", value))
    full = [one for one in written if squashed(one).startswith(begin) and not _CUT.search(one)]
    return min(full, key=len) if full else value
