"""Regular expressions that grow faster than what they are given: `python -m tests.patterns`.

Every pattern that `store` and `tui` compile, written down in the code or built from data, is run over inputs made of
its own parts: each of its characters, pairs of them and its beginnings, again and again, with and without an end that
does not match. Where the time of a processor grows faster than the input it says so. What is known to, and why that is
safe, is in `tests/cases/patterns.tsv`.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import itertools
import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = ("store", "tui")
LEFT_OUT = ("store.training",)
"""Imported by nothing that runs."""
KNOWN = Path(__file__).parent / "cases" / "patterns.tsv"

_SHORT = (16, 24, 28, 32, 36, 48, 96, 300, 1000)
"""Characters of inputs that show what grows without measure."""
_LONG_FOR_SHORT = 0.05
"""Seconds of the processor that none of these may take."""
_PROBE = 4096
"""Characters of the input that tells whether a closer look is worth it."""
_SLOW = 0.0015
"""Seconds for it: ten times what a scan takes."""
_SIZES = (1024, 2048, 4096, 8192)
_GROWTH = 24.0
"""From the first to the last of these sizes, input that grows eightfold: the square of it is 64."""
_HOPELESS = 0.4
"""Seconds after which no larger input is tried."""
_HARMLESS = 0.05
"""Seconds that one which is known to grow may take."""
_MOST = 220
"""Inputs of one pattern."""

Pattern = re.Pattern[Any]
Run = Callable[[Any], object]


@dataclass
class Found:
    """A pattern, where it is compiled, and what it is asked."""

    pattern: Pattern
    where: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Growing:
    """A pattern that grows too fast, the input that shows it, and how long which size of it takes."""

    found: Found
    pump: str
    times: tuple[tuple[int, float], ...]

    def __str__(self) -> str:
        times = ", ".join(f"{size}: {1000 * took:.1f} ms" for size, took in self.times)
        shown = self.found.pattern.pattern
        return (
            f"{' '.join(sorted(self.found.where))}: {str(shown)[:120]!r} of {self.pump[:60]!r} again and again: {times}"
        )


def _module_names() -> Iterator[str]:
    for package in PACKAGES:
        yield package
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not module.name.startswith(LEFT_OUT) and not module.name.endswith("__main__"):
                yield module.name


def collect() -> list[Found]:
    """Everything compiled by the packages when they are imported and used, and what stands in their code."""
    compiled: dict[tuple[Any, int], Found] = {}
    uses = _uses()
    before = re._compile  # type: ignore[attr-defined]

    def note(pattern: Any, flags: Any, where: str) -> None:  # noqa: ANN401  as re has it
        made = pattern if isinstance(pattern, re.Pattern) else before(pattern, flags)
        found = compiled.setdefault((made.pattern, made.flags), Found(made))
        found.where.add(where)

    def recording(pattern: Any, flags: Any) -> Any:  # noqa: ANN401
        frame = sys._getframe(1)
        while frame and Path(frame.f_code.co_filename).parent.name == "re":
            frame = frame.f_back  # type: ignore[assignment]
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in PACKAGES:
            note(pattern, flags, f"{file.relative_to(ROOT)}:{frame.f_lineno}")
        return before(pattern, flags)

    re._compile = recording  # type: ignore[attr-defined]
    try:
        for name in _module_names():
            importlib.import_module(name)
        _use()
    finally:
        re._compile = before  # type: ignore[attr-defined]
    for where, pattern, flags in _written():
        note(pattern, flags, where)
    for found in compiled.values():
        for place in found.where:
            found.methods |= uses.get(place, {"search"})
    return list(compiled.values())


def _use() -> None:
    """What is compiled when it is first needed."""
    from store.ingest import analyse
    from store.models import Document
    from store.readers import read
    from store.text.query import parse
    from tests.fuzz.seeds import SEEDS
    from tests.fuzz.targets import TARGETS

    for path in sorted((ROOT / "seeds").iterdir()):
        for item in read(str(path)):
            if isinstance(item, Document):
                analyse(item)
    for target, made in SEEDS.items():
        for data in made():
            TARGETS[target](data)
    for query in ('قوات "التحالف الدولي" -بغداد title:نص', "author:علي baghdad", "entity:#3 type:x"):
        with contextlib.suppress(Exception):  # what is compiled counts
            parse(query)


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith(tuple(left.replace(".", "/") for left in LEFT_OUT)):
                yield name, ast.parse(path.read_text("utf-8"))


def _written() -> Iterator[tuple[str, Any, int]]:
    """Patterns that stand in calls of `re` as they are."""
    for name, tree in _trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str | bytes)
                and node.func.attr != "escape"
            ):
                flags = 0
                for said in (*node.args[1:], *(key.value for key in node.keywords if key.arg == "flags")):
                    for part in ast.walk(said):
                        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                            flags |= getattr(re, part.attr, 0) if part.value.id == "re" else 0
                yield f"{name}:{node.lineno}", node.args[0].value, flags


def _uses() -> dict[str, set[str]]:
    """By the place where a pattern is compiled, what it is asked by the name it is given there; of one without a name
    nothing is said."""
    named: dict[str, set[str]] = defaultdict(set)
    asked: dict[str, set[str]] = defaultdict(set)
    for name, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                            named[f"{name}:{line}"].add(_scoped(name, target.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "re":
                    asked[f"{name}:{node.lineno}"].add(node.attr)
                else:
                    asked[_scoped(name, node.value.id)].add(node.attr)
    found = {}
    methods = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}
    for place in {*named, *asked}:
        known = {one for target in named[place] for one in asked[target]} | asked[place]
        if known & methods:
            found[place] = known & methods
    return found


def _scoped(module: str, name: str) -> str:
    """A name that begins with an underscore means something else in each module."""
    return f"{module} {name}" if name.startswith("_") else name


# -- inputs ------------------------------------------------------------------------------------------------------------

_parser: Any = re._parser  # type: ignore[attr-defined]
_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a"}


def _alphabet(tree: Any) -> list[str]:  # noqa: ANN401  sre's own
    """Characters that a pattern tells apart, the most of them that stand in it first."""
    seen: dict[str, int] = {}

    def walk(node: Any) -> None:  # noqa: ANN401
        match node:
            case (op, value) if str(op) in ("LITERAL", "NOT_LITERAL") and isinstance(value, int):
                seen[chr(value)] = seen.get(chr(value), 0) + 1
            case (op, (low, _)) if str(op) == "RANGE":
                seen[chr(low)] = seen.get(chr(low), 0) + 1
            case (op, category) if str(op) == "CATEGORY":
                char = _CATEGORIES.get(str(category), ".")
                seen[char] = seen.get(char, 0) + 1
            case _ if isinstance(node, tuple | list | _parser.SubPattern):
                for each in node:
                    walk(each)

    walk(tree)
    return sorted(seen, key=lambda char: -seen[char])


def _sample(tree: Any, times: int = 1) -> list[str]:  # noqa: ANN401
    """For each beginning of a pattern a text that it matches, roughly."""
    beginnings, text = [], ""
    for op, value in tree:
        match str(op):
            case "LITERAL":
                text += chr(value)
            case "NOT_LITERAL":
                text += "a" if value != ord("a") else "b"
            case "ANY":
                text += "a"
            case "IN":
                text += _member(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = value
                text += "".join(_sample(inner)[-1:]) * max(least, min(most, times))
            case "SUBPATTERN":
                text += "".join(_sample(value[3])[-1:])
            case "ATOMIC_GROUP":
                text += "".join(_sample(value)[-1:])
            case "BRANCH":
                text += "".join(_sample(value[1][0])[-1:])
        beginnings.append(text)
    return beginnings


def _member(members: Any) -> str:  # noqa: ANN401
    turned = str(members[0][0]) == "NEGATE"
    if turned:
        told = _alphabet(members)
        return next((char for char in "a7 x.ب" if char not in told), "\u2603")
    return next(iter(_alphabet(members)), "a")


def inputs(pattern: Pattern) -> Iterator[tuple[str, Callable[[int], str]]]:
    """What is repeated, and a function that makes an input of so many characters of it."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    letters = _alphabet(tree)[:10] or ["a"]
    if pattern.flags & re.IGNORECASE:
        letters = [char.lower() for char in letters]
    begun = list(dict.fromkeys(_sample(tree) + _sample(tree, 3)))
    pumps = [*letters, " ", "a", *(text for text in begun if text)]
    pumps += ["".join(pair) for pair in itertools.permutations(letters[:8], 2)]
    whole = begun[-1] if begun else ""
    starts = list(dict.fromkeys(["", *[text for text in begun if len(text) <= 40][:4]]))
    count = 0
    for pump in dict.fromkeys(pumps):
        for start, end in itertools.product(starts if len(pump) == 1 else ("",), ("", "\0\n")):
            if (count := count + 1) > _MOST:
                return
            yield start + pump, functools.partial(_made, start, pump, end)
    if whole:
        yield whole, functools.partial(_made, "", whole + "a", "")


def _made(start: str, pump: str, end: str, size: int) -> str:
    return start + (pump * (size // len(pump) + 1))[:size] + end


def _runs(found: Found) -> list[Run]:
    pattern = found.pattern
    anchored = found.methods <= {"match", "fullmatch"}
    if anchored:
        return [getattr(pattern, name) for name in sorted(found.methods)]
    return [lambda text: sum(1 for _ in pattern.finditer(text))]


def took(run: Run, text: Any, times: int = 1) -> float:  # noqa: ANN401
    """Seconds of the processor, the least of so many."""
    least = float("inf")
    for _ in range(times):
        begun = time.process_time()
        run(text)
        least = min(least, time.process_time() - begun)
    return least


def growing(found: Found) -> Growing | None:
    """The first input by which a pattern grows faster than that does."""
    as_bytes = isinstance(found.pattern.pattern, bytes)
    for pump, make in inputs(found.pattern):

        def given(size: int, make: Callable[[int], str] = make) -> Any:  # noqa: ANN401
            return make(size).encode("latin-1", "replace") if as_bytes else make(size)

        for run in _runs(found):
            for size in _SHORT:
                if (spent := took(run, given(size))) > _LONG_FOR_SHORT and took(run, given(size)) > _LONG_FOR_SHORT:
                    return Growing(found, pump, ((size, spent),))
            if took(run, given(_PROBE)) < _SLOW:
                continue
            times: list[tuple[int, float]] = []
            for size in _SIZES:
                times.append((size, took(run, given(size), 3)))
                if times[-1][1] > _HOPELESS:
                    break
            grown = times[-1][1] / max(times[0][1], 1e-6)
            if times[-1][1] > _HOPELESS or (len(times) == len(_SIZES) and grown > _GROWTH):
                return Growing(found, pump, tuple(times))
    return None


@dataclass(frozen=True)
class Known:
    """A pattern that may grow: where it is, how it begins, to what length it is asked at most, what sees to that."""

    file: str
    begins: str
    length: int
    why: str

    def is_of(self, found: Found) -> bool:
        """Whether it is that one."""
        return self.file in {place.rpartition(":")[0] for place in found.where} and _text(found).startswith(self.begins)


def known() -> list[Known]:
    """All that are known to."""
    rows = [row.split("\t") for row in KNOWN.read_text("utf-8").splitlines() if row and row[0] != "#"]
    return [Known(file, begins, int(length), why) for file, begins, length, why in rows]


def _text(found: Found) -> str:
    pattern = found.pattern.pattern
    return pattern if isinstance(pattern, str) else repr(pattern)


def main() -> int:
    """Says what grows and is not known to; 1 where something does."""
    found, excused, bad = collect(), known(), 0
    begun = time.process_time()
    for one in excused:
        theirs = [each for each in found if one.is_of(each)]
        if not theirs:
            bad += 1
            print(f"not there any more: {one}")
        for each in theirs:
            if (spent := _longest(each, one.length)) > _HARMLESS:
                bad += 1
                print(f"not harmless: {one} takes {spent:.3f} s")
    for pattern in found:
        if not any(one.is_of(pattern) for one in excused) and (grows := growing(pattern)) is not None:
            bad += 1
            print(grows, flush=True)
    spent = time.process_time() - begun
    print(f"{len(found)} patterns in {spent:.0f} s, {len(excused)} known to grow, {bad} not known")
    return 1 if bad else 0


def _longest(found: Found, size: int) -> float:
    """What the worst input of a size takes."""
    as_bytes = isinstance(found.pattern.pattern, bytes)
    texts = (make(size) for _, make in inputs(found.pattern))
    return max(
        took(run, text.encode("latin-1", "replace") if as_bytes else text, 2) for text in texts for run in _runs(found)
    )


if __name__ == "__main__":
    sys.exit(main())
