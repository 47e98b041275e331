"""The cascade: stage after stage, the longest match at each place becomes one item for the stages after it."""

from __future__ import annotations

from store.extract.dates.build import BUILDERS
from store.extract.dates.grammar import Grammar, Matcher, Rule, Stage
from store.extract.dates.meaning import Meaning
from store.extract.dates.sentence import Line
from store.extract.dates.slots import Slots

MENTIONS = frozenset({"DATE", "TIME", "DURATION", "SET"})


def run(grammar: Grammar, line: Line) -> Line:
    """The items of a sentence after all stages; those with a meaning and a class of MENTIONS are its mentions."""
    for stage in grammar.stages:
        line = _apply(grammar, stage, line)
    return line


def _apply(grammar: Grammar, stage: Stage, line: Line) -> Line:
    codes = line.codes
    found = stage.trigger.search(codes)
    if found is None:
        return line
    pieces: list[str] = []
    made = Line("", [], [], [], line.cues)
    done = 0
    while found is not None:
        at = found.start()
        match = _best(stage.matchers(codes[at]), line, at)
        if match is None:
            found = stage.trigger.search(codes, at + 1)
            continue
        rule, end, meaning = match
        unit = getattr(meaning, "unit", "")
        pieces += (codes[done:at], grammar.codes.get(f"{rule.name}:{unit}") or grammar.codes[rule.name])
        last = line.item(end - 1)
        made.starts += line.starts[done : at + 1]
        made.ends += line.ends[done:at]
        made.ends.append(last.end)
        made.values += line.values[done:at]
        made.values.append({"=": meaning, "rule": rule.name, "inner": last, **dict.fromkeys(rule.gives, "")})
        done = end
        found = stage.trigger.search(codes, end)
    if not done:
        return line
    pieces.append(codes[done:])
    made.codes = "".join(pieces)
    made.starts += line.starts[done:]
    made.ends += line.ends[done:]
    made.values += line.values[done:]
    return made


def _best(rules: list[Matcher], line: Line, at: int) -> tuple[Rule, int, Meaning] | None:
    """The longest match at `at` whose builder accepts it; of equals, the rule that stands first."""
    codes = line.codes
    matches = [(rule, match) for rule, matches_at in rules if (match := matches_at(codes, at))]
    if len(matches) > 1:  # rules are in the order of the file, and sorting keeps that among equals
        matches.sort(key=lambda found: -found[1].end())
    for rule, match in matches:
        meaning = BUILDERS[rule.builds](Slots(rule, match, line))
        if meaning is not None:
            return rule, match.end(), meaning
    return None
