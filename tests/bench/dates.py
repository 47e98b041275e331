"""Articles a second that the date tagger reads, on one core; and where its results stand against gold."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from store.extract.dates import find, finder, sentence
from store.text.sentences import split
from tests.store.extract.dates import scoring

_WORDS = 450
_ROUNDS, _REPEATS = 15, 25


def _articles() -> list[str]:
    """Articles of about 450 words, cut from the seeds."""
    lines = [
        line
        for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    articles, article, words = [], [], 0
    for line in lines:
        article.append(line)
        words += len(line.split())
        if words >= _WORDS:
            articles.append("\n".join(article))
            article, words = [], 0
    return articles


def _forget() -> None:
    """Let sentences be new, as those of the next article are; what words say stays known."""
    for remembered in (finder._found, finder._read, sentence._kept):
        remembered.cache_clear()


def main() -> None:
    """Print the speed over the seeds, the time of the first call, and the scores the tests hold."""
    begun = time.process_time()
    find("أمس", "2021-12-14", split("أمس"))
    print(f"dates: lexicon and grammar read in {time.process_time() - begun:.2f} s")
    articles = [(text, split(text)) for text in _articles()]
    for text, sentences in articles:
        find(text, "2021-12-14", sentences)
    rates = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        for text, sentences in articles * _REPEATS:
            _forget()
            find(text, "2021-12-14", sentences)
        rates.append(len(articles) * _REPEATS / (time.process_time() - begun))
    words = sum(len(text.split()) for text, _ in articles) / len(articles)
    print(f"dates: {statistics.median(rates):.0f} articles/s of {words:.0f} words (best round {max(rates):.0f})")
    seeds, phrases = scoring.seeds(), scoring.phrases()
    print(f"dates: seeds span F1 {seeds.span:.3f}, value F1 {seeds.value:.3f}, modality {seeds.modality:.3f}; ", end="")
    print(f"hard phrases value {phrases.value:.3f}, span {phrases.span:.3f}")
    more = scoring.phrases("dates_phrases.tsv")
    print(f"dates: more phrases, written independently: value {more.value:.3f}, span {more.span:.3f}")
    data = Path(os.environ.get("KHABAR_DATA") or Path(__file__).parents[3] / "shared" / "data")
    for part in ("developed on", "unseen") if (data / "articles").is_dir() else ():
        score = scoring.news(data, part)
        print(f"dates: news ({part}): span F1 {score.span:.3f}, value F1 {score.value:.3f}, ", end="")
        print(f"modality {score.modality:.3f}")
    for name, text in _hostile():
        sentences = split(text)
        begun = time.process_time()
        find(text, "2021-12-14", sentences)
        print(f"dates: 1 MB of {name}: {time.process_time() - begun:.1f} s")


def _hostile() -> list[tuple[str, str]]:
    """A megabyte each of what a grammar may choke on."""
    return [
        (name, piece * (1_000_000 // len(piece)))
        for name, piece in (
            ("digits", "1234567890"), ("digits and spaces", "12 2021 "), ("dates without an end", "14/12/2021-"),
            ("number words", "ألف وثلاثمئة وخمسة وعشرين و"), ("weekdays", "يوم الأحد "), ("units", "قبل سنة من شهر "),
        )
    ]  # fmt: skip
