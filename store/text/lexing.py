"""A query cut into tokens, each with the code point where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from store.errors import QueryError
from store.text.fields import FieldName, fact, field_name
from store.text.fold import fold
from store.text.nodes import Fact, Mode, Term
from store.text.tokens import WORD

NEAR = 10
"""Words that may lie between what NEAR joins, where the query does not say."""
MAX_NEAR = 1000

# A quoted stretch (either an exact one or a phrase), a bracket, a bar, or whatever stands between white space.
_TOKEN = re.compile(
    r"""(?P<exact>=\s*)?(?P<quote>["“”„«])(?P<inside>[^"“”„«»]*)(?P<close>["“”»])?(?P<star>\*)?"""
    r"""|(?P<bracket>[()|])|(?P<minus>-)(?=[^\s)|-])|(?P<word>[^\s()|"“”„«]+)"""
)
_NEAR = re.compile(r"NEAR(/(.*))?", re.DOTALL)
_OPERATORS = {"OR": "or", "AND": "and", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query; "title" stands before the words that it is about, "nothing" is punctuation alone."""

    kind: Literal["(", ")", "or", "and", "not", "near", "title", "term", "fact", "nothing"]
    position: int
    term: Term | None = None
    fact: Fact | None = None
    distance: int = NEAR


def index_words(text: str) -> str:
    """The folded words of `text` with one space between them: what the index is given."""
    return " ".join(WORD.findall(fold(text)))


def lex(query: str) -> Iterator[Token]:
    """The tokens of a query in order. Raises QueryError."""
    at = 0
    while match := _TOKEN.search(query, at):
        start, at = match.start(), match.end()
        if match["quote"]:
            yield _term(_inside(match, query), "exact" if match["exact"] else "phrase", bool(match["star"]), start)
        elif bracket := match["bracket"]:
            yield Token("or" if bracket == "|" else "(" if bracket == "(" else ")", start)
        elif match["minus"]:
            yield Token("not", start)
        elif (named := _field(match["word"], query, start)) is None:
            yield _word(match["word"], query, start)
        elif named[0] == "title":
            at = named[1]
            yield Token("title", start)
        else:
            asked, at = _value(*named, query)
            yield Token("fact", start, fact=asked)


def _word(word: str, query: str, start: int) -> Token:
    if word in _OPERATORS:
        return Token("or" if word == "OR" else "and" if word == "AND" else "not", start)
    if near := _NEAR.fullmatch(word):
        if near[1] is None:
            return Token("near", start)
        if not near[2].isdecimal() or int(near[2]) > MAX_NEAR:
            what = f"NEAR/ takes a number of words up to {MAX_NEAR}"
            raise QueryError(what, query, "write NEAR/5", start + len("NEAR/"))
        return Token("near", start, distance=int(near[2]))
    return _term(word, "exact" if word.startswith("=") else "plain", word.endswith("*"), start)


def _inside(match: re.Match[str], query: str) -> str:
    if not match["close"]:
        raise QueryError("a quotation mark is not closed", query, "close it", match.start("quote"))
    return match["inside"]


def _term(raw: str, mode: Mode, prefix: bool, at: int) -> Token:
    found = tuple(index_words(raw).split(" "))
    return Token("nothing", at) if found == ("",) else Token("term", at, Term(found, mode, prefix))


def _field(word: str, query: str, start: int) -> tuple[FieldName, int] | None:
    """The field that a token begins with and where its value stands; None where a colon is just a colon."""
    written, colon, rest = word.partition(":")
    name = field_name(written) if colon else None
    if name is None:
        return None
    after = start + len(written) + 1
    if not rest:
        following = query[after:].lstrip()
        if following and not written.isascii() and query[after].isspace():
            return None  # as in a headline: «مصدر: القوات انسحبت»
        if not following:
            raise QueryError(f"{written}: needs something after it", query, "write it without a space", after)
        after = len(query) - len(following)
    return name, after


def _value(field: FieldName, at: int, query: str) -> tuple[Fact, int]:
    """What a field says of an article, and where the query goes on."""
    match = _TOKEN.match(query, at)
    if match is None or match["bracket"] or match["minus"]:
        raise QueryError(f"{field}: takes one value", query, "put a name of several words in quotation marks", at)
    written = _inside(match, query) if match["quote"] else match["word"]
    inside = match.start("inside") if match["quote"] else at
    if not written.strip():
        raise QueryError(f"{field}: needs something after it", query, "write it without a space", inside)
    return fact(field, written, query, inside), match.end()
