"""Bookmarks, tags and notes as HTML: people's own words, escaped, each in the direction of its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from store.annotations import Annotation
from store.answers import SentenceRef
from store.export.markup import html
from store.export.noting import BOOKMARK, NOTE, Apart, Marks, Notes
from store.export.wording import Wording


def signs(marks: Marks, words: Wording) -> str:
    """A bookmark and tags, as they stand behind what they are on; nothing where there are none."""
    said = []
    if marks.bookmarked:
        label = html(words.word("bookmarked"))
        said.append(f'<span class="star" role="img" aria-label="{label}" title="{label}">{BOOKMARK}</span>')
    said += [f'<bdi class="tag">#{html(tag)}</bdi>' for tag in marks.tags]
    return f' <span class="marks">{" ".join(said)}</span>' if said else ""


def told(notes: Iterable[Annotation], words: Wording) -> str:
    """Notes, each with who wrote it and when; nothing where there are none."""
    found = "".join(_note(one, words) for one in notes)
    return f'<div class="noted">{found}</div>' if found else ""


def _note(one: Annotation, words: Wording) -> str:
    text = "".join(f'<p dir="auto">{html(line)}</p>' for line in one.text.split("\n") if line.strip())
    by = _dotted([f"<bdi>{html(part)}</bdi>" for part in (one.who, words.partial(one.made)) if part], words)
    label = html(words.word("noted by"))
    return (
        f'<div class="note"><span class="pen" role="img" aria-label="{label}" title="{label}">{NOTE}</span>'
        f'{text}<p class="from">{by}</p></div>'
    )


def apart(
    notes: Notes,
    words: Wording,
    said: Callable[[SentenceRef], str],
    evidence: Callable[[Iterable[SentenceRef], str], str],
) -> Iterator[str]:
    """What stands nowhere before, a card for each thing. `said` tells a sentence, `evidence` folds those behind a
    line."""
    note = words.word("noted note" if notes.untold else "noted beside")
    head = [f"<bdi>{html(part)}</bdi>" for part in (words.counted(notes.count, "annotation"), note)]
    yield f'<p class="dim">{" ".join(head)}{words.word("stop")}</p>\n'
    for one in notes.apart():
        yield _card(one, words, said, evidence)
    if notes.untold:
        more = words.word("more", n=words.counted(notes.untold, "annotation"))
        yield f'<p class="dim">{html(more)}</p>\n'


def _card(
    one: Apart,
    words: Wording,
    said: Callable[[SentenceRef], str],
    evidence: Callable[[Iterable[SentenceRef], str], str],
) -> str:
    kind = html(words.word(f"on.{one.on.on}"))
    title = html(words.when(one.event) if one.event is not None else one.title)
    # a sentence has them itself
    beside = "" if one.on.on == "sentence" else signs(one.marks, words)
    head = f"<h4><bdi>{title or kind}</bdi>{beside}</h4>\n"
    about = f'<p class="dim">{kind}</p>\n' if title else ""
    refs, notes = [] if one.cited is None else [one.cited.ref], told(one.marks.notes, words)
    if one.on.on in ("sentence", "event"):
        body = "".join(map(said, refs)) + notes
    else:
        body = notes + evidence(refs, "evidence" if one.on.on == "entity" else "evidence.lead")
    return f'<article class="on-{one.on.on}">\n{head}{about}{body}</article>\n'


def _dotted(said: Iterable[str], words: Wording) -> str:
    return f"&nbsp;{words.word('separator')} ".join(said)
