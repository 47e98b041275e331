"""The query language of the search: parsing, expansion by proclitics, an expression for the index. No SQL.

    بغداد أربيل        both words, each with the proclitics it may carry (لبغداد, وبغداد; للقوات for القوات)
    "مطار بغداد"       the words next to each other; only the first may carry a proclitic
    ="بغداد"  =بغداد   exactly this word or phrase, no proclitic
    عراق*              words that begin so
    بغداد OR أربيل     either; `|` says the same
    بغداد -داعش        not داعش; `NOT داعش` says the same
    (…)                brackets group

Folding (`store.text.fold`) applies throughout, and so do spellings that differ between newspapers (أمريكا, أميركا;
`store.text.spelling`) except after `=`. Words are those of `store.text.tokens` in the folded text, so
that the index, a query and the marks in a text agree on what a word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from store.errors import QueryError
from store.text.fold import fold
from store.text.proclitics import definite_forms, forms
from store.text.spelling import spellings
from store.text.tokens import WORD

MAX_LENGTH = 1000
MAX_DEPTH = 20
MAX_FORMS = 200
"""Most ways of writing one phrase that are looked for."""

Mode = Literal["plain", "phrase", "exact"]


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words next to each other; the last one may be the beginning of a word."""

    words: tuple[str, ...]
    mode: Mode
    prefix: bool

    def forms(self) -> list[tuple[str, ...]]:
        """What each word may look like in a text, sorted."""
        if self.mode == "exact":
            return [(word,) for word in self.words]
        expand = definite_forms if self.mode == "phrase" or len(self.words) > 1 else forms
        columns = [tuple(sorted({form for word in spellings(self.words[0]) for form in expand(word)}))]
        ways = len(columns[0])
        for word in self.words[1:]:
            # Of a long phrase only the first words are varied, so that no expression grows without bound.
            written = spellings(word) if ways * len(spellings(word)) <= MAX_FORMS else (word,)
            ways *= len(written)
            columns.append(written)
        return columns


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `wanted`, none of `unwanted`."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    nodes: tuple[Node, ...]


Node = Term | All | Any


@lru_cache(maxsize=64)
def parse(query: str) -> Node:
    """What `query` asks for. Raises QueryError, with the code point where it goes wrong."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the search is longer than {MAX_LENGTH} characters", remedy="shorten it", position=MAX_LENGTH)
    parser = _Parser(query, list(_lex(query)))
    node = parser.either(0)
    if parser.more():
        raise QueryError("a bracket is closed that was not opened", query, "remove it", parser.position())
    if node is None:
        raise QueryError("there is no word to search for", query, "type a word", 0)
    return node


def fts(node: Node) -> str:
    """The same as an expression of SQLite's FTS5; every word is quoted, so no text of a query is ever syntax."""
    if isinstance(node, Term):
        star = " *" if node.prefix else ""
        parts = [f'"{" ".join(words)}"{star}' for words in product(*node.forms())]
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
    if isinstance(node, Any):
        return f"({' OR '.join(fts(part) for part in node.nodes)})"
    wanted = " AND ".join(fts(part) for part in node.wanted)
    if not node.unwanted:
        return f"({wanted})"
    return f"(({wanted}) NOT ({' OR '.join(fts(part) for part in node.unwanted)}))"


def index_words(text: str) -> str:
    """The folded words of `text` with one space between them: what the index is given."""
    return " ".join(WORD.findall(fold(text)))


# A quoted stretch (either an exact one or a phrase), a bracket, a bar, or whatever stands between white space.
_TOKEN = re.compile(
    r"""(?P<exact>=\s*)?(?P<quote>["“”„«])(?P<inside>[^"“”„«»]*)(?P<close>["“”»])?(?P<star>\*)?"""
    r"""|(?P<bracket>[()|])|(?P<minus>-)(?=[^\s)|-])|(?P<word>[^\s()|"“”„«]+)"""
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["(", ")", "or", "and", "not", "term", "nothing"]
    position: int
    term: Term | None = None


def _lex(query: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(query):
        at = match.start()
        if match["quote"]:
            if not match["close"]:
                raise QueryError("a quotation mark is not closed", query, "close it", match.start("quote"))
            yield _term(match["inside"], "exact" if match["exact"] else "phrase", bool(match["star"]), at)
        elif bracket := match["bracket"]:
            yield _Token("or" if bracket == "|" else "(" if bracket == "(" else ")", at)
        elif match["minus"]:
            yield _Token("not", at)
        elif (word := match["word"]) in ("OR", "AND", "NOT"):
            yield _Token("or" if word == "OR" else "and" if word == "AND" else "not", at)
        else:
            exact = word.startswith("=")
            yield _term(word, "exact" if exact else "plain", word.endswith("*"), at)


def _term(raw: str, mode: Mode, prefix: bool, at: int) -> _Token:
    found = tuple(index_words(raw).split(" "))
    if found == ("",):
        return _Token("nothing", at)
    return _Token("term", at, Term(found, mode, prefix))


class _Parser:
    def __init__(self, query: str, tokens: list[_Token]) -> None:
        self.query, self.tokens, self.at = query, tokens, 0

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def position(self) -> int:
        return self.tokens[self.at].position if self.more() else len(self.query)

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.more() else ""

    def either(self, depth: int) -> Node | None:
        """A sequence of alternatives; None where there is nothing but punctuation."""
        if depth > MAX_DEPTH:
            raise QueryError("brackets are nested too deeply", self.query, "use fewer", self.position())
        nodes = [self.every(depth)]
        while self.peek() == "or":
            bar = self.position()
            self.at += 1
            nodes.append(self.every(depth))
            if None in nodes[-2:]:
                raise QueryError("OR needs a word on each side", self.query, "add one or remove OR", bar)
        found = tuple(node for node in nodes if node is not None)
        return Any(found) if len(found) > 1 else found[0] if found else None

    def every(self, depth: int) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        start = self.position()
        while self.more() and self.peek() not in ("or", ")"):
            token = self.tokens[self.at]
            if token.kind in ("and", "nothing"):
                self.at += 1
            elif token.kind == "not":
                self.at += 1
                if (node := self.one(depth)) is None:
                    raise QueryError("NOT needs a word after it", self.query, "add one or remove it", token.position)
                unwanted.append(node)
            elif (node := self.one(depth)) is not None:
                wanted.append(node)
        if unwanted and not wanted:
            raise QueryError("only what must not be there is named", self.query, "add a word that must be there", start)
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return All(tuple(wanted), tuple(unwanted)) if wanted else None

    def one(self, depth: int) -> Node | None:
        if not self.more():
            return None
        token = self.tokens[self.at]
        if token.kind == "(":
            self.at += 1
            node = self.either(depth + 1)
            if self.peek() != ")":
                raise QueryError("a bracket is not closed", self.query, "close it", token.position)
            self.at += 1
            return node
        if token.kind == "term":
            self.at += 1
            return token.term
        if token.kind == "not":  # "not not a" says nothing sensible
            raise QueryError("NOT stands twice", self.query, "remove one", token.position)
        if token.kind == "nothing":
            self.at += 1
        return None
