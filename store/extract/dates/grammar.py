"""The grammar: rules over classes of words, read from data/grammar.tsv and compiled to regular expressions.

A rule is a row: stage, name, gives, before, pattern, after, builds, example. Patterns are sequences of classes of the
lexicon; an Arabic word or a quoted mark stands for itself. `slot=CLASS` hands the item to the builder, `A|B` is either
class, `[ ... ]` is optional, `( a | b )` a choice, `!CLASS` what must not follow. `before` and `after` are what must
stand beside the match ("!" for must not, "^" the start of the sentence, "$" its end, "A&B" one after the other); they
are no part of it.

Rules of one stage compete: at each place the longest match wins. A stage replaces what it matched by one item of the
classes the rule gives, for later stages to build on. Classes DATE, TIME, DURATION and SET are mentions in the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from store.extract.dates import lexicon
from store.extract.dates.glance import Glance
from store.extract.dates.lexicon import Lexicon
from store.text.fold import fold

CORE = (
    *(
        "MON",
        "MONTH",
        "HMON",
        "WDAY",
        "EVERY",
        "DEICTIC",
        "GHAD",
        "TONIGHT",
        "REF",
        "WHEN",
        "FEAST",
        "DECADE",
        "DDECADE",
    ),
    *("U1", "U2", "UN", "DU1", "DU2", "DUN", "ADV", "ADJSET", "SEASON", "DSEASON", "PART", "DPART", "AMPM", "YEARWORD"),
    *("QTR", "AGES", "WEEKEND", "CURRENT", "EXACTLY", "MOMENT", "FUTUREREF", "MIDDLE", "SETBACK", "MILLENNIUM"),
    *("DDECADE", "SEASONU", "EID", "DAYTIME", "ZEROMON", "OWNDAY"),
)
"""A sentence without a word of these, or figures, holds no mention."""

_PART = re.compile(
    r"""(?P<open>\[)|(?P<close>\])|(?P<group>\()|(?P<end>\))|(?P<or>\|(?=\s))"""
    r"""|(?P<item>(?:(?P<slot>[a-z]+)=)?(?P<names>!?(?:'[^']'|[^\s\[\]()|']+)(?:\|(?:'[^']'|[^\s\[\]()|']+))*))|\s+"""
)


@dataclass(slots=True)
class Rule:
    """A row. `slots` maps a regular expression's group to (slot, classes)."""

    name: str
    gives: tuple[str, ...]
    builds: str
    source: str
    """Its regular expression, compiled when first tried."""
    slots: tuple[tuple[str, str, tuple[str, ...]], ...]
    example: str
    _pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled rule."""
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern


Matcher = tuple[Rule, Callable[[str, int], re.Match[str] | None]]
"""A rule and what tries it at a place."""


@dataclass(slots=True)
class Stage:
    """Rules that compete, by the code of an item they may begin with."""

    name: str
    rules: list[Rule] = field(default_factory=list)
    starts: dict[str, list[Rule]] = field(default_factory=dict)
    trigger: re.Pattern[str] = field(default_factory=lambda: re.compile("(?!)"))
    _matchers: dict[str, list[Matcher]] = field(default_factory=dict)

    def matchers(self, code: str) -> list[Matcher]:
        """The rules that may begin with an item of this code, compiled when first asked for."""
        found = self._matchers.get(code)
        if found is None:
            found = self._matchers[code] = [(rule, rule.pattern.match) for rule in self.starts[code]]
        return found


@dataclass(slots=True)
class Grammar:
    """All stages in their order, and the lexicon they are written over."""

    lexicon: Lexicon
    stages: list[Stage]
    codes: dict[str, str]
    """The code of an item a rule gives, by the rule's name."""
    glance: Glance
    """Whether a sentence is worth reading."""


def _names(cell: str) -> list[str]:
    return [_literal(name) for name in cell.lstrip("!").split("|")]


def _literal(name: str) -> str:
    if name.startswith("'"):
        return "=" + name[1:-1]
    return name if name[0].isascii() and name[0].isupper() else "=" + fold(name)


def _cells(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split()


def _names_in(table: list[list[str]]) -> set[str]:
    """All classes and literals ("=من") that rules speak of."""
    found: set[str] = set()
    for row in table:
        for match in _PART.finditer(row[4]):
            if match["item"]:
                found.update(_names(match["names"]))
        for cell in (*_cells(row[3]), *_cells(row[5])):
            for item in cell.split("&"):
                found.update(_names(item))
    return found - {"=^", "=$"}


class _Compiler:
    """Turns patterns into regular expressions over codes, and says with which codes they may begin."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._sets: dict[tuple[str, ...], str] = {}

    def codes(self, names: tuple[str, ...]) -> str:
        """The codes of the union of classes."""
        found = self._sets.get(names)
        if found is None:
            found = "".join(dict.fromkeys("".join(self._words.codes_of(name) for name in names)))
            if not found:
                raise ValueError(f"no word has class {'|'.join(names)}")
            self._sets[names] = found
        return found

    def pattern(self, source: str) -> tuple[str, str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
        """(regular expression, codes it may begin with, slots) of a pattern."""
        slots: list[tuple[str, str, tuple[str, ...]]] = []
        parts = [match for match in _PART.finditer(source) if match.group().strip()]
        expression, first, _, _ = self._sequence(parts, 0, slots)
        return expression, "".join(sorted(set(first))), tuple(slots)

    def _sequence(
        self, parts: list[re.Match[str]], at: int, slots: list[tuple[str, str, tuple[str, ...]]]
    ) -> tuple[str, str, bool, int]:
        """Expression, first codes, whether it may be empty, and the index after it, up to a closing bracket."""
        branches: list[str] = []
        expression, first, empty, begins, anyone = "", "", True, "", False
        while at < len(parts):
            part = parts[at]
            at += 1
            if part["close"] or part["end"]:
                break
            if part["or"]:
                branches.append(expression)
                begins, anyone = begins + first, anyone or empty
                expression, first, empty = "", "", True
            elif part["open"] or part["group"]:
                inner, inner_first, inner_empty, at = self._sequence(parts, at, slots)
                expression += f"(?:{inner})" + ("?" if part["open"] else "")
                first += inner_first if empty else ""
                empty = empty and (inner_empty or bool(part["open"]))
            else:
                names = tuple(_names(part["names"]))
                codes = self.codes(names)
                if part["names"].startswith("!"):
                    expression += f"(?![{codes}])"
                    continue
                if part["slot"]:
                    group = f"g{len(slots)}"
                    slots.append((group, part["slot"], names))
                    expression += f"(?P<{group}>[{codes}])"
                else:
                    expression += f"[{codes}]"
                first += codes if empty else ""
                empty = False
        branches.append(expression)
        return "|".join(branches), begins + first, anyone or empty, at

    def before(self, cell: str) -> str:
        """A condition on what stands before, one or more items ("A|B C")."""
        items = _cells(cell)
        if not items:
            return ""
        sets = "".join(f"[{self.codes(tuple(n for n in _names(item) if n != '=^'))}]" for item in items if item != "^")
        if items[0].startswith("!"):
            return f"(?<!{sets})"
        at_start = any("^" in item.split("|") for item in items)
        return f"(?:(?<={sets})|^)" if at_start and sets else "^" if at_start else f"(?<={sets})"

    def after(self, cell: str) -> str:
        """A condition on what follows."""
        conditions = ""
        for item in _cells(cell):
            if "&" in item:
                conditions += "(?=" + "".join(f"[{self.codes(tuple(_names(part)))}]" for part in item.split("&")) + ")"
                continue
            names = tuple(name for name in _names(item) if name != "=$")
            codes = f"[{self.codes(names)}]" if names else "(?!)"
            if item.startswith("!"):
                conditions += f"(?!{codes})"
            else:
                conditions += f"(?={codes}|$)" if "$" in item.split("|") else f"(?={codes})"
        return conditions


@cache
def load() -> Grammar:
    """The grammar and its lexicon, read and compiled once."""
    table = list(lexicon.rows("grammar.tsv"))
    used = _names_in(table)
    gives = {kind for row in table for kind in row[2].split()}
    words = Lexicon((name[1:] for name in used if name[0] == "="), used | gives)
    codes: dict[str, str] = {}
    units = sorted({value for kind, value, *_ in lexicon.rows("units.tsv") if kind == "U1"} | {"Q", "H"})
    for _, name, given, *_ in table:
        classes = given.split()
        codes[name] = words.code_for(frozenset(classes))
        for unit in units:
            codes[f"{name}:{unit}"] = words.code_for(frozenset([*classes, *(f"{kind}:{unit}" for kind in classes)]))
    compiler = _Compiler(words)
    stages: dict[str, Stage] = {}
    for stage_name, name, given, before, pattern, after, builds, example in table:
        stage = stages.setdefault(stage_name, Stage(stage_name))
        expression, first, slots = compiler.pattern(pattern)
        source = f"{compiler.before(before)}(?:{expression}){compiler.after(after)}"
        rule = Rule(name, tuple(given.split()), builds, source, slots, example)
        stage.rules.append(rule)
        for code in first:
            stage.starts.setdefault(code, []).append(rule)
    for stage in stages.values():
        stage.trigger = re.compile(f"[{''.join(stage.starts)}]")
    return Grammar(words, list(stages.values()), codes, Glance(words, frozenset(CORE)))
