"""How well pages are cleaned that are made of real articles (KHABAR_DATA): each in frames of pages (menus, teasers,
comments around it, tests/cases/page_frames) and in the ways paragraphs are written. `python -m tests.bench.made_pages`.

The frames are invented, the texts are real. `blog` and `columns` were written after the rules: on these two khabar then
had P 0.897 R 0.986 of the words (trafilatura 0.704 and 0.864), before the rules learnt from them.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from string import Template

from store.clean import clean
from store.models import Document
from store.readers.html import article, lines, page, tree
from store.readers.html.align import kept_lines
from tests.bench.pages import DATA

_FRAMES = Path(__file__).parents[1] / "cases" / "page_frames"
_TEXT = ("body", "heading", "dateline")
_EACH = 4
"""Articles in each frame and way of writing."""

Article = tuple[str, list[str]]


def _paragraphs(texts: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


_WAYS: dict[str, Callable[[Sequence[str]], str]] = {
    "paragraphs": _paragraphs,
    "blank lines": lambda texts: "<br><br>".join(map(escape, texts)),
    "line breaks": lambda texts: "<br/>".join(map(escape, texts)),
    "boxes": lambda texts: _paragraphs(texts, "div"),
    "sections": lambda texts: "".join(f"<section>{_paragraphs([text])}</section>" for text in texts),
    "spans": lambda texts: "".join(
        f'<p dir="rtl"><span><strong>{escape(text[:20])}</strong>{escape(text[20:])}</span></p>' for text in texts
    ),
    "a picture amid": lambda texts: (
        _paragraphs(texts[:1])
        + "<div>إعلان</div><figure><img src=a.jpg><figcaption>صورة من المكان (أ ف ب)</figcaption></figure>"
        + _paragraphs(texts[1:])
    ),
    "a lead apart": lambda texts: (
        f"<div>{escape(texts[0])}</div><div><img src=x></div><div>{_paragraphs(texts[1:])}</div>"
    ),
    "a lead as a heading": lambda texts: f"<h2>{escape(texts[0])}</h2><div>{_paragraphs(texts[1:])}</div>",
}


def articles(every: int = 37) -> list[Article]:
    """Real articles, a title and paragraphs each, in an order of no meaning."""
    found: list[Article] = []
    for name in ("almayadeen", "saudinewsnet"):
        with gzip.open(DATA / "articles" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in islice(file, 0, None, every):
                record = json.loads(line)
                title, text = " ".join((record.get("title") or "").split()), record.get("text") or ""
                parts = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
                if title and len(parts) >= 2 and len(text) > 300:
                    found.append((title, parts))
    random.Random(5).shuffle(found)
    return found


def made(pool: Sequence[Article], each: int = _EACH) -> Iterator[tuple[Article, str]]:
    """Articles and pages made of them; what stands around an article is of others."""
    chance = random.Random(7)
    for frame in sorted(_FRAMES.glob("*.html")):
        template = Template(frame.read_text("utf-8"))
        for way in _WAYS.values():
            for chosen in chance.sample(list(pool), each):
                others = chance.sample(list(pool), 24)
                yield (
                    chosen,
                    template.substitute(
                        title=escape(chosen[0]),
                        body=way(chosen[1]),
                        head=escape(others[0][0]),
                        menu="".join(f"<li><a href=/m>{escape(title[:16])}</a></li>" for title, _ in others[:12]),
                        heads="".join(f"<div><a href=/h>{escape(title)}</a></div>" for title, _ in others[:10]),
                        teasers="".join(
                            f"<div><h3><a href=/t>{escape(title)}</a></h3><p>{escape(texts[0][:160])}</p></div>"
                            for title, texts in others[10:18]
                        ),
                        comments="".join(
                            f"<div><b>زائر</b><p>{escape(texts[-1][:140])}</p></div>" for _, texts in others[18:]
                        ),
                        replies="".join(f"<dt>زائر</dt><dd>{escape(texts[-1][:140])}</dd>" for _, texts in others[18:]),
                    ),
                )


def measure(pool: Sequence[Article], each: int = _EACH) -> dict[str, tuple[float, float]]:
    """Precision and recall of the words kept, of khabar and of trafilatura, and how many titles khabar has right."""
    counts = {"khabar": Counter[str](), "trafilatura": Counter[str]()}
    titles = pages = 0
    for (title, texts), source in made(pool, each):
        (found,) = page(source.encode(), "made.html")
        ours: list[str] = []
        if isinstance(found, Document):
            blocks = clean(found).blocks
            ours = [found.text[b.start : b.end] for b in blocks if b.kind in _TEXT]
            titles += found.title == title
        pages += 1
        root = tree.parse(source, "made.html")
        _, rows, _ = lines.lines_of(root.body)
        shown = [row.text for row in rows]
        theirs = [shown[at] for at in sorted(kept_lines(shown, article.extract(root))) if shown[at] != title]
        for name, kept in (("khabar", ours), ("trafilatura", theirs)):
            wanted = Counter(word for text in texts for word in text.split())
            had = Counter(word for line in kept for word in line.split())
            counts[name].update(right=(wanted & had).total(), kept=had.total(), all=wanted.total())
    rates = {name: (c["right"] / max(1, c["kept"]), c["right"] / c["all"]) for name, c in counts.items()}
    return rates | {"titles": (titles / pages, pages)}


def main() -> None:
    """Print precision and recall of the words kept."""
    if not (DATA / "articles").is_dir():
        print("the articles are not here: KHABAR_DATA names the folder with articles/")
        return
    found = measure(articles())
    right, pages = found.pop("titles")
    for name, (precision, recall) in found.items():
        print(f"{name}, {pages:.0f} pages: words P {precision:.3f} R {recall:.3f}")
    print(f"titles {right:.3f}")


if __name__ == "__main__":
    main()
