"""The query language of the search: from what a person types to a tree (`store.text.nodes`). No SQL.

    بغداد أربيل        both words, each with the proclitics it may carry (لبغداد, للقوات for القوات) and lightly
                       inflected (حكومات and حكومتها for حكومة; `store.text.stems`)
    "مطار بغداد"       the words next to each other; only the first may carry a proclitic, none is inflected
    ="بغداد"  =بغداد   exactly this word or phrase
    عراق*              words that begin so
    بغداد OR أربيل     either; `|` says the same
    بغداد -داعش        not داعش; `NOT داعش` says the same
    بغداد NEAR/5 مطار  with at most five words between them, in any order; ten where no number is given
    (…)                brackets group
    title:بغداد        in the title: a word, a phrase, a bracket with words
    outlet:رويترز  entity:"مصطفى الكاظمي"  type:PER  date:2021-07..2021-12
    author:أحمد  section:رياضة  keyword:اقتصاد  language:fa
                       what is said of an article; Arabic names too (عنوان: مصدر: كيان: نوع: تاريخ: كاتب: قسم: وسم:
                       لغة:)
    tag:مهم  note:"كلمات منها"  has:bookmark  has:tag  has:note
                       what people put on it (بطاقة: ملاحظة: فيه:علامة)

Folding (`store.text.fold`) applies throughout, and so do spellings that differ between newspapers (أمريكا, أميركا;
`store.text.spelling`) except after `=`. Words are those of `store.text.tokens` in the folded text, so
that the index, a query and the marks in a text agree on what a word is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from store.errors import QueryError
from store.text.lexing import Token, index_words, lex
from store.text.nodes import All, Any, Near, Node, Term, Titled, about_words, fts

__all__ = ["All", "Any", "Node", "Term", "fts", "index_words", "parse"]

MAX_LENGTH = 1000
MAX_DEPTH = 20
MAX_IN_A_ROW = 5
"""Most words that NEAR joins."""


@lru_cache(maxsize=64)
def parse(query: str) -> Node:
    """What `query` asks for. Raises QueryError, with the code point where it goes wrong."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the search is longer than {MAX_LENGTH} characters", remedy="shorten it", position=MAX_LENGTH)
    parser = _Parser(query, list(lex(query)))
    node = parser.either(0)
    if parser.more():
        raise QueryError("a bracket is closed that was not opened", query, "remove it", parser.position())
    if node is None:
        raise QueryError("there is no word to search for", query, "type a word", 0)
    return node


class _Parser:
    def __init__(self, query: str, tokens: list[Token]) -> None:
        self.query, self.tokens, self.at = query, tokens, 0
        self.in_title = False

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def position(self) -> int:
        return self.tokens[self.at].position if self.more() else len(self.query)

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.more() else ""

    def wrong(self, what: str, remedy: str, position: int) -> QueryError:
        return QueryError(what, self.query, remedy, position)

    def lonely(self, operator: Literal["AND", "OR"], position: int) -> QueryError:
        return self.wrong(f"{operator} needs a word on each side", f"add one or remove {operator}", position)

    def either(self, depth: int) -> Node | None:
        """A sequence of alternatives; None where there is nothing but punctuation."""
        if depth > MAX_DEPTH:
            raise self.wrong("brackets are nested too deeply", "use fewer", self.position())
        nodes = [self.every(depth)]
        while self.peek() == "or":
            bar = self.position()
            self.at += 1
            nodes.append(self.every(depth))
            if None in nodes[-2:]:
                raise self.lonely("OR", bar)
        found = tuple(node for node in nodes if node is not None)
        return Any(found) if len(found) > 1 else found[0] if found else None

    def every(self, depth: int) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        start = self.position()
        joint: int | None = None
        """Where an AND stands that has nothing after it yet."""
        while self.more() and self.peek() not in ("or", ")"):
            token = self.tokens[self.at]
            before = len(wanted) + len(unwanted)
            if token.kind == "and":
                if joint is not None or not before:
                    raise self.lonely("AND", token.position)
                joint = token.position
                self.at += 1
            elif token.kind == "nothing":
                self.at += 1
            elif token.kind == "not":
                self.at += 1
                if (node := self.near(depth)) is None:
                    raise self.wrong("NOT needs a word after it", "add one or remove it", token.position)
                unwanted.append(node)
            elif (node := self.near(depth)) is not None:
                wanted.append(node)
            if len(wanted) + len(unwanted) > before:
                joint = None
        if joint is not None:
            raise self.lonely("AND", joint)
        if not wanted and any(map(about_words, unwanted)):
            raise self.wrong("only what must not be there is named", "add a word that must be there", start)
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return All(tuple(wanted), tuple(unwanted)) if wanted or unwanted else None

    def near(self, depth: int) -> Node | None:
        """One thing, or several words that are to be near each other."""
        found = [(self.position(), self.one(depth))]
        distances: set[int] = set()
        while self.peek() == "near":
            token = self.tokens[self.at]
            self.at += 1
            found.append((self.position(), self.one(depth)))
            for place, node in found:
                if not isinstance(node, Term):
                    where = token.position if node is None else place
                    raise self.wrong("NEAR needs a word or a phrase on each side", "it joins nothing else", where)
            distances.add(token.distance)
            if len(distances) > 1 or len(found) > MAX_IN_A_ROW:
                what = f"NEAR in a row joins up to {MAX_IN_A_ROW} words at one distance"
                raise self.wrong(what, "use AND between several", token.position)
        terms = tuple(node for _, node in found if isinstance(node, Term))
        return Near(terms, distances.pop()) if distances else found[0][1]

    def one(self, depth: int) -> Node | None:
        if not self.more():
            return None
        token = self.tokens[self.at]
        if token.kind == "(":
            self.at += 1
            node = self.either(depth + 1)
            if self.peek() != ")":
                raise self.wrong("a bracket is not closed", "close it", token.position)
            self.at += 1
            return node
        if token.kind == "title":
            return self.titled(depth)
        if token.kind == "not":  # "not not a" says nothing sensible
            raise self.wrong("NOT stands twice", "remove one", token.position)
        if token.kind == "fact" and self.in_title:
            raise self.wrong("title: takes only words", "write the other field outside it", token.position)
        if token.kind in ("term", "fact", "nothing"):
            self.at += 1
        return token.term or token.fact

    def titled(self, depth: int) -> Node:
        start = self.position()
        self.at += 1
        if self.peek() not in ("term", "(") or self.in_title:
            what = "title: stands within title:" if self.in_title else "title: needs a word after it"
            raise self.wrong(what, 'write title:word, title:"a phrase" or title:(several words)', start)
        self.in_title = True
        try:
            node = self.one(depth)
        finally:
            self.in_title = False
        if node is None:
            raise self.wrong("title: needs a word after it", "write title:word", start)
        return Titled(node)
