"""`python -m store.training.latin DATA`: how letters of Arabic names are written in Latin ones, and names that are not
written by their letters (Cairo, القاهرة), from lists of names in both.

Pairs of words are laid against each other letter by letter and the ways of writing a letter counted, again and again
with the counts of the round before (expectation maximisation). The pairs of tests/gold are left out.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.resolve import names, places
from store.text.fold import fold
from store.text.latin import Spelling, plain
from store.text.latin_letters import ARTICLE, SLOTS, WEAK, joined, marked, slot, symbols, units
from store.text.latin_names import of_words

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "latin_names.tsv"
LETTERS = ROOT / "store" / "text" / "data" / "latin_letters.tsv"
PLACES = ROOT / "store" / "text" / "data" / "latin_places.tsv"
USUAL = Path(__file__).with_name("latin_usual.tsv")

WORN = (0, 0.2, 0.5, 1, 2, 3, 4, 4, 4)
"""By round: what is counted less often is taken for chance."""
PLACE_WEIGHT = 0.3
"""What a pair of places counts: most are of other languages than the persons that are looked for."""
RARE = 0.0012
"""A way of writing that is rarer than this is left out of the table."""
RAREST = 8.0
"""What a letter costs that the lists do not have by itself."""
_NO_PAIR = 3.2
"""A pair of words that is this unlikely a symbol is no pair of spellings."""
_LATIN_ARTICLE = re.compile("[aeiu]l|[ae](?:sh|ch|[dt]h|[sdtnrz])|l")
_LATIN_FIRST = re.compile(r"abd(?:[aeou]*[lrnsz])?|ab[aeiou]+|bou?|[uo]u?mm?|b[ei]n|ibn|b[ei]nt|ould|uld|gh?olam")
_LATIN_LAST = re.compile(r"[aeou]?ll?ah|[aeu]?[dl]?d[ei]+ne?|reza|raza|ali|zadeh|nejad|pour|khan|ba?i?e?g")
_ARTICLE_SPELT = re.compile(r"[aeiou]{0,2}[^aeiou']?")
_TWO = frozenset({"كس", "تش", "دج", "قس", "كز", "غز"})

Pair = tuple[str, str]
"""The symbols of an Arabic unit, and a Latin word."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An Arabic name and its Latin spelling in a list."""

    arabic: str
    latin: str
    weight: float
    entity: str = ""
    kind: str = ""
    country: str = ""


def main(arguments: Sequence[str]) -> int:
    """Write both files."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    lists = Path(arguments[0]) / "entities" / "gazetteers"
    gold = {row.split("\t")[3] for row in _lines(GOLD)} | {row.split("\t")[4].casefold() for row in _lines(GOLD)}
    listed = [one for one in _listed(lists) if one.arabic not in gold and one.latin.casefold() not in gold]
    pairs: dict[Pair, float] = defaultdict(float)
    for one in listed:
        for unit, word in split(one.arabic, one.latin):
            pairs[_with_article(unit), word] += one.weight
    print(f"{len(pairs)} pairs of words")
    print(f"{write_letters(*learn(pairs), LETTERS)} rows of letters")
    print(f"{write_places((one for one in _listed(lists) if one.entity), PLACES)} places")
    return 0


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _listed(lists: Path) -> Iterator[Listed]:
    with gzip.open(lists / "persons_arabic_name_romanizer.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            arabic, latin = row.split("\t")[:2]
            yield Listed(arabic, latin, 1.0)
    with gzip.open(lists / "places_dr5hn_qid.tsv.gz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            arabic, entity, kind, country, _latitude, _longitude, latin = row.rstrip("\n").split("\t")[:7]
            yield Listed(arabic.strip(), latin.strip(), PLACE_WEIGHT, entity, kind, country)


def split(arabic: str, latin: str) -> Iterator[tuple[str, str]]:
    """The units of a name, with their articles, and how they are spelt; none when one side has more of them."""
    written, spelt = _arabic_parts(fold(arabic).split()), _latin_parts(re.findall(r"[a-z']+", plain(latin)))
    if len(written) == len(spelt):
        yield from zip(written, spelt, strict=True)


def _arabic_parts(words: list[str]) -> list[str]:
    parts: list[list[str]] = []
    for word in words:
        if parts and joined(parts[-1][-1], word):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [" ".join(part) for part in parts]


def _with_article(unit: str) -> str:
    return ARTICLE + symbols(unit[2:]) if unit.startswith("ال") and len(unit) > 4 else symbols(unit)


def _latin_parts(words: list[str]) -> list[str]:
    parts: list[str] = []
    before = ""
    for word in words:
        opens = _LATIN_ARTICLE.fullmatch(before) or _LATIN_FIRST.fullmatch(before)
        if parts and (opens or _LATIN_LAST.fullmatch(word)):
            parts[-1] += word
        else:
            parts.append(word)
        before = word
    return parts


Edge = tuple[int, int, int, int, Pair]


def _edges(part: str, latin: str) -> list[Edge]:
    """Every way of writing a few symbols as a few letters: (from, from, to, to, (symbols, letters))."""
    edges = []
    for at in range(len(part) + 1):
        for place in range(len(latin) + 1):
            for end in range(at, min(at + 2, len(part)) + 1):
                for beyond in range(place, min(place + 4, len(latin)) + 1):
                    written, spelt = part[at:end], latin[place:beyond]
                    if (at < end or place < beyond) and _sensible(written, spelt):
                        shown = marked(written) or slot(part[at - 1] if at else "", part[at : at + 1])
                        if at == 0 and written == ARTICLE:
                            shown = f"^{ARTICLE}"
                        edges.append((at, place, end, beyond, (shown, spelt)))
    return edges


def _sensible(written: str, spelt: str) -> bool:
    """Whether letters may at all be how symbols are written: vowels for weak letters, consonants for others."""
    if not written:
        return len(spelt) <= 2 and set(spelt) <= set("aeiou'")
    weak = [symbol in WEAK or marked(symbol) != symbol for symbol in written]
    if len(written) == 2:
        if not spelt or ARTICLE in written or any(weak) != all(weak):
            return False
        if not all(weak):
            return written in _TWO and not set(spelt) & set("aeiou") and len(spelt) <= 3
    if written == ARTICLE:
        return len(spelt) <= 3 and bool(_ARTICLE_SPELT.fullmatch(spelt))
    if all(weak):
        more = {"و": "v", "ه": "ht", "ا": "h"}.get(marked(written).strip("^$")[-1], "")
        return len(spelt) <= 3 and set(spelt) <= set("aeiouyw'" + more)
    if not spelt:
        return written == "ه"
    return len(spelt) <= 3 and (not set(spelt) & set("aeiou") or bool(re.fullmatch("[gqck]u", spelt)))


def learn(pairs: Mapping[Pair, float]) -> tuple[dict[Pair, float], dict[str, float]]:
    """How often each way of writing was used, and how many slots of each kind there were."""
    data = [(part, latin, weight, _edges(part, latin)) for (part, latin), weight in sorted(pairs.items())]
    chances = {pair: _first(pair) for *_, edges in data for *_, pair in edges}
    for worn in WORN:
        counts: dict[Pair, float] = defaultdict(float)
        for part, latin, weight, edges in data:
            _count(part, latin, weight, edges, chances, counts)
        counts = {pair: count for pair, count in counts.items() if count > worn}
        total = sum(counts.values())
        chances = {pair: count / total for pair, count in counts.items()}
        print(f"{len(chances)} ways of writing")
    slots: dict[str, float] = dict.fromkeys(SLOTS, 0.0)
    for part, _, weight, _ in data:
        for at in range(len(part) + 1):
            slots[slot(part[at - 1] if at else "", part[at : at + 1])] += weight
    return counts, slots


def _first(pair: Pair) -> float:
    shown, latin = pair
    length = 0 if shown in SLOTS else len(re.sub(r"[$^]", "", shown))
    return math.exp(-1.5 * (length + len(latin)) - 1)


def _count(
    part: str, latin: str, weight: float, edges: list[Edge], chances: dict[Pair, float], counts: dict[Pair, float]
) -> None:
    """Add what each way of writing contributes to a pair (forward and backward over the grid of both)."""
    width = len(latin) + 1
    forward = [0.0] * ((len(part) + 1) * width)
    forward[0] = 1.0
    used = []
    for at, place, end, beyond, pair in edges:
        if (before := forward[at * width + place]) and (chance := chances.get(pair, 0.0)):
            forward[end * width + beyond] += before * chance
            used.append((at * width + place, end * width + beyond, pair, chance))
    whole = forward[-1]
    if whole <= 0 or -math.log(whole) > _NO_PAIR * (len(part) + len(latin)):
        return
    backward = [0.0] * len(forward)
    backward[-1] = 1.0
    for start, end_, pair, chance in reversed(used):
        if after := backward[end_]:
            backward[start] += chance * after
            counts[pair] += weight * forward[start] * chance * after / whole


_HEAD = """# How letters of Arabic names are written in Latin ones, learnt from names in both (NOTICE); made by
# `python -m store.training.latin`. Columns: Arabic, folded; Latin; cost, the negative natural logarithm of its share;
# the same of the Arabic letter's own share.
# `^` before a letter: at the beginning of a word, `$` after it: at the end; `+`: the article; nothing in the second
# column: not written. Letters that Arabic does not write: `^` before a word, `$` after it, `°` between consonants, `~`
# elsewhere.
"""


def write_letters(counts: Mapping[Pair, float], slots: Mapping[str, float], target: Path) -> int:
    """Write the table, with the ways of writing that are usual though the lists of names hardly have them; returns how
    many rows it has."""
    totals: dict[str, float] = defaultdict(float)
    for (shown, _), count in counts.items():
        totals[shown] += count
    shares = {
        (shown, latin): count / (slots[shown] if shown in SLOTS else totals[shown])
        for (shown, latin), count in counts.items()
    }
    shares = {pair: share for pair, share in shares.items() if share >= RARE or pair[0] in SLOTS}
    for line in _lines(USUAL):
        shown, share, *spelt = line.split("\t")
        for latin in (way.replace("-", "") for way in spelt):
            shares[shown, latin] = max(shares.get((shown, latin), 0.0), float(share))
    for kind in SLOTS:
        shares[kind, ""] = max(1e-3, 1 - sum(share for (shown, _), share in shares.items() if shown == kind))
    rows = sorted(shares.items(), key=lambda item: (item[0][0].strip("^$"), item[0][0], -item[1], item[0][1]))
    whole = sum(count for shown, count in totals.items() if shown not in SLOTS)
    own = {shown: -math.log(max(count, 1) / whole) for shown, count in totals.items()}

    def of(shown: str) -> float:
        if shown in SLOTS:
            return 0.0
        # What the lists do not have is as frequent as its letters one after another.
        return own.get(shown) or sum(own.get(letter, RAREST) for letter in re.sub(r"[$^]", "", shown))

    lines = [f"{shown}\t{latin}\t{-math.log(share):.2f}\t{of(shown):.2f}\n" for (shown, latin), share in rows]
    target.write_text(_HEAD + "".join(lines), "utf-8")
    return len(lines)


_PLACES_HEAD = """# Places whose English name is not the Arabic one in Latin letters.
# Made by `python -m store.training.latin`. # Columns: Arabic; English, in lower case and without accents.
# Contains information from the Countries States Cities Database, \
https://github.com/dr5hn/countries-states-cities-database, made available under the Open Database License (ODbL) 1.0.
"""
_AROUND = re.compile(r"\(.*?\)|,.*|\b(?:governorate|province|district|county|city|region|municipality|state|the|of)\b")


def write_places(listed: Iterable[Listed], target: Path) -> int:
    """Write the well-known places whose English names do not fit the Arabic ones; returns how many."""
    aliases = [alias for alias in names.aliases() if alias.type == "LOC"]
    usual = {alias.entity: alias.name.lstrip("~") for alias in aliases if alias.entity}
    # Only those of khabar's own list: the source has names of one place under the id of another, and mistranslations.
    known = {fold(spelling.lstrip("~")) for alias in aliases for spelling in (alias.name, *alias.spellings)}
    found: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        country = one.kind == "country" and one.entity in usual
        if country or (fold(one.arabic) in known and one.kind != "country" and one.country in places.NEAR):
            arabic = usual[one.entity] if country else one.arabic
            english = tuple(re.findall(r"[a-z0-9']+", _AROUND.sub(" ", plain(one.latin))))
            if english and len(english[0]) > 2 and not _fits(arabic, english):
                found[arabic].add(" ".join(english))
    rows = ["\t".join((arabic, *sorted(spelt))) + "\n" for arabic, spelt in sorted(found.items())]
    target.write_text(_PLACES_HEAD + "".join(rows), "utf-8")
    return len(rows)


def _fits(arabic: str, english: Sequence[str]) -> bool:
    """Whether each part of a Latin name fits a word of the Arabic one."""
    written = list(units(fold(arabic).split()))
    return all(Spelling(part.latin, article=bool(part.article)).fits(written) for part in of_words(english))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
