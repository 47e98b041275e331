"""How well pages are cleaned: on real Arabic and Persian pages (tests/gold/pages.json says which lines are their
articles) and on the sample articles, beside trafilatura by itself. `python -m tests.bench.pages`."""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.ingest import analyse
from store.models import Document
from store.readers import read
from store.readers.html import lines, tree
from store.readers.html.align import kept_lines

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("KHABAR_DATA") or ROOT.parent / "shared" / "data")
PAGES = DATA / "pages"
GOLD: dict[str, dict[str, object]] = json.loads((ROOT / "tests" / "gold" / "pages.json").read_text("utf-8"))
_SEEDS: dict[str, dict[str, object]] = json.loads((ROOT / "tests" / "cases" / "clean_seeds.json").read_text("utf-8"))
_TEXT = ("body", "heading", "dateline")
_DATED: dict[str, str] = json.loads((ROOT / "tests" / "cases" / "dates_seeds_dct.json").read_text("utf-8"))


@dataclass
class Kept:
    """Words and lines kept: rightly, wrongly, and how many there are to keep; and what was right of three facts."""

    right: int = 0
    wrong: int = 0
    all: int = 0
    right_lines: int = 0
    wrong_lines: int = 0
    all_lines: int = 0
    pages: int = 0
    title: int = 0
    published: int = 0
    outlet: int = 0

    def add(self, kept: Iterable[str], gold: dict[str, tuple[str, int]]) -> None:
        """Count lines that were kept of a page against those of its article; a line that may be either counts not."""
        self.pages += 1
        open_lines = {key: words for key, (role, words) in gold.items() if role == "text"}
        self.all += sum(open_lines.values())
        self.all_lines += len(open_lines)
        for line in kept:
            words = open_lines.pop(digest(line), None)
            if words is not None:
                self.right, self.right_lines = self.right + words, self.right_lines + 1
            elif digest(line) not in gold or gold[digest(line)][0] == "text":
                self.wrong, self.wrong_lines = self.wrong + len(line.split()), self.wrong_lines + 1

    @property
    def precision(self) -> float:
        """Share of the words kept that are the article's."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the article's words that were kept."""
        return self.right / max(1, self.all)

    def __str__(self) -> str:
        kept = max(1, self.right_lines + self.wrong_lines)
        by_line = f"{self.right_lines / kept:.3f} {self.right_lines / self.all_lines:.3f}"
        facts = f"{self.title}/{self.pages} {self.published}/{self.pages} {self.outlet}/{self.pages}"
        return f"words P {self.precision:.3f} R {self.recall:.3f}, lines P R {by_line}, title date outlet {facts}"


def digest(line: str) -> str:
    """A line as the gold has it: no text of others stands in the project."""
    return hashlib.sha256(" ".join(line.split()).encode()).hexdigest()[:16]


def ours(files: Sequence[str] = tuple(GOLD)) -> Kept:
    """What khabar makes of the pages."""
    found = Kept()
    for file in files:
        (document,) = read(PAGES / file)
        assert isinstance(document, Document), document
        gold = GOLD[file]
        analysis = analyse(document, mentions=[])
        found.add(_lines(document.text, [b.start for b in analysis.cleaned.blocks if b.kind in _TEXT]), _roles(gold))
        title = analysis.cleaned.title
        found.title += title is not None and digest(title.text) == gold["title"]
        found.published += (analysis.published.value or "")[:10] == gold["published"]
        found.outlet += analysis.cleaned.outlet == gold["outlet"]
    return found


def theirs(
    fast: bool = True, precision: bool = False, recall: bool = False, files: Sequence[str] = tuple(GOLD)
) -> Kept:
    """What trafilatura makes of them: its paragraphs as lines of the page, its title, date and site's name."""
    from trafilatura import bare_extraction

    found = Kept()
    for file in files:
        data, gold = (PAGES / file).read_bytes(), GOLD[file]
        _, rows, _ = lines.lines_of(tree.parse(tree.decoded(data, file)[0], file).body)
        said = bare_extraction(
            data,
            fast=fast,
            favor_precision=precision,
            favor_recall=recall,
            include_comments=False,
            with_metadata=True,
        )
        texts = [row.text for row in rows]
        kept = kept_lines(texts, (getattr(said, "text", "") or "").split("\n"))
        title = getattr(said, "title", None) or ""
        found.add((texts[at] for at in sorted(kept) if digest(texts[at]) != gold["title"]), _roles(gold))
        found.title += digest(title) == gold["title"]
        found.published += getattr(said, "date", None) == gold["published"]
        found.outlet += (getattr(said, "sitename", None) or "") == gold["outlet"]
    return found


def seeds() -> Kept:
    """What khabar makes of the sample articles, by the kind that each of their lines has."""
    found = Kept()
    for name, expected in _SEEDS.items():
        (document,) = read(ROOT / "seeds" / name)
        assert isinstance(document, Document)
        kinds = expected["kinds"]
        assert isinstance(kinds, dict)
        every = document.text.split("\n")
        gold = {
            digest(every[int(number) - 1]): (
                "text" if set(kind.split()) & set(_TEXT) else "either",
                len(every[int(number) - 1].split()),
            )
            for number, kind in kinds.items()
            if set(kind.split()) & {*_TEXT, "title", "header", "caption"}
        }
        analysis = analyse(document, mentions=[])
        cleaned = analysis.cleaned
        found.published += (analysis.published.value or "")[:10] == _DATED[name][:10]
        found.add(_lines(document.text, [b.start for b in cleaned.blocks if b.kind in _TEXT]), gold)
        found.title += cleaned.title is not None and cleaned.title.text == expected["title"]
        found.outlet += cleaned.outlet == expected["outlet"]
    return found


def _roles(gold: dict[str, object]) -> dict[str, tuple[str, int]]:
    rows = gold["lines"]
    assert isinstance(rows, dict)
    return {key: (role, words) for key, (role, words) in rows.items()}


def _lines(text: str, starts: Iterable[int]) -> list[str]:
    """The whole lines that blocks begin in, once each: a dateline is a block of the line it begins."""
    every = text.split("\n")
    begins = [0]
    for line in every:
        begins.append(begins[-1] + len(line) + 1)
    return [every[at] for at in sorted({bisect_right(begins, start) - 1 for start in starts})]


def main() -> None:
    """Print precision and recall of what is kept, and how often title, date and outlet are right."""
    print(f"sample articles: {seeds()}")
    if not PAGES.is_dir():
        print("the pages are not here: KHABAR_DATA names the folder with pages/")
        return
    print(f"khabar: {ours()}")
    print(f"trafilatura: {theirs()}")
    print(f"trafilatura, all steps: {theirs(fast=False)}")
    print(f"trafilatura, precision: {theirs(precision=True)}")
    print(f"trafilatura, recall: {theirs(recall=True)}")


if __name__ == "__main__":
    main()
