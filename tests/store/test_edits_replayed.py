"""Whatever people do, in whatever order documents come: a corpus is what replaying its log makes of its documents."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.answers import Article, Filter
from store.correcting import import_edits, place_copies, read_again
from store.database import Reader, linking, open_reader, open_writer, verify
from store.database.writing import Writer
from store.dating import date_by_others
from store.errors import QueryError
from store.export import export
from store.ingest import analyse, repair
from store.models import Analysis, BlockKind, Document, Mention, MentionType, Source
from store.refining import Finder, accurate
from store.samples import seeds

MADE = (
    "الكاظمي في البصرة\n\nقال الكاظمي في بغداد إنه سيزور واشنطن يوم 26 يوليو 2021. والتقى الكاظمي جو بايدن أمس.\n",
    "بغداد تنفي\n\nنفى سامي حداد لقاء الكاظمي في 26 يوليو 2021. وعاد حداد إلى بغداد يوم الخميس.\nاقرأ أيضا: خبر آخر\n",
    "لقاء في بيروت\n\nالتقى سامي كمال حداد في 26 يوليو 2021 الرئيس بايدن في بيروت.\nحقوق النشر محفوظة\n",
)
_LENGTH = 900
_NAMES = ("اسم جديد", "بغداد", "الرئيس")
_TYPES: tuple[MentionType, ...] = ("PER", "ORG", "LOC")
_KINDS: tuple[BlockKind, ...] = ("body", "boilerplate", "title", "caption", "related")
_DATES = ("2021-07-27", "2021-12-14", None)
_WHO = ("ليلى", "سعيد")


@cache
def texts() -> tuple[Document, ...]:
    """Beginnings of the samples, one of them twice, and a few that share names with them and with one another."""
    found: list[Document] = []
    for path in seeds():
        text = path.read_text("utf-8")
        found.append(_document(text[: text.rfind("\n", 0, _LENGTH)], None))
    found = found[:3]
    found.append(_document(found[0].text + "\nأضيفت هذه الجملة في نسخة أخرى من الخبر.\n", "وكالة أخرى"))
    return (*found, *(_document(text, None) for text in MADE))


def _document(text: str, outlet: str | None) -> Document:
    return Document(text, Source("made.txt", "plain", "1"), hashlib.sha256(text.encode()).hexdigest(), outlet=outlet)


@cache
def read(at: int) -> Analysis:
    return analyse(texts()[at])


@cache
def finder() -> Finder:
    find, known = accurate(), dict[tuple[Any, ...], Sequence[Mention]]()

    def names(article: Article) -> Sequence[Mention]:
        key = article.document.digest, article.cleaned.blocks, article.sentences
        if key not in known:
            known[key] = find(article)
        return known[key]

    return names


def refine(writer: Writer, most: int) -> None:
    for article_id in writer.waiting(most):
        article = writer.article(article_id)
        writer.refine(article_id, article.document.text, finder()(article), article.cleaned.blocks)


class Corpus:
    """A corpus, and what may happen to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = open_writer(path)
        self.ids: dict[int, int] = {}

    def add(self, at: int) -> None:
        at %= len(texts())
        self.ids[at], new = self.writer.add(read(at), refine=True)
        if new:
            date_by_others(self.writer, [self.ids[at]])

    def entities(self) -> list[int]:
        with open_reader(self.path) as reader:
            rows = reader.entities([id_ for _, ids in reader.entity_groups() for id_ in ids])
            return [row.id for row in sorted(rows, key=lambda row: (row.name, row.type, row.mentions))]

    def entity(self, at: int) -> int:
        found = self.entities()
        if not found:
            raise QueryError("all are hidden")
        return found[at % len(found)]

    def article(self, at: int) -> int:
        known = sorted(self.ids)
        return self.ids[known[at % len(known)]]

    def event(self, at: int) -> tuple[int, Article, int]:
        article = self.writer.article(self.article(at))
        if not article.events:
            raise QueryError("tells nothing")
        event_id, event = article.events[at % len(article.events)]
        return event_id, article, event.start

    def act(self, what: str, one: int, other: int) -> None:
        writer = self.writer
        writer.who = _WHO[other % 2] if what in ("undo", "redo") else _WHO[one % 2]
        match what:
            case "add":
                self.add(one)
            case "rename":
                writer.rename_entity(self.entity(one), _NAMES[other % len(_NAMES)])
            case "retype":
                writer.retype_entities([self.entity(one)], _TYPES[other % len(_TYPES)])
            case "hide":
                writer.hide_entities([self.entity(one), self.entity(other)])
            case "unhide":
                with open_reader(self.path) as reader:
                    writer.hide_entities([row.id for row in reader.hidden_entities()][: one % 3], False)
            case "merge":
                writer.merge_entities([self.entity(one)], self.entity(other))
            case "split":
                with open_reader(self.path) as reader:
                    entity = self.entity(one)
                    forms = [reason.partition(" (")[0] for reason in reader.why_entity(entity)]
                writer.split_entity(entity, forms[other % len(forms)])
            case "part":
                name = _NAMES[one % len(_NAMES)] if one % 2 else None
                writer.split_articles(self.entity(one), [self.article(other)], name)
            case "merge-events":
                writer.merge_events([self.event(one)[0], self.event(other)[0]])
            case "split-event":
                event, article, start = self.event(one)
                writer.split_event(event, [(article.row.id, start)])
            case "split-copy":
                writer.split_copies([self.article(one)])
            case "redate":
                writer.redate_articles([self.article(one)], _DATES[other % len(_DATES)])
            case "outlet":
                writer.reoutlet_articles([self.article(one), self.article(other)], _NAMES[other % len(_NAMES)])
            case "relabel":
                article = writer.article(self.article(one))
                blocks = article.cleaned.blocks
                writer.relabel_blocks([(article.row.id, blocks[other % len(blocks)].start)], _KINDS[one % len(_KINDS)])
            case "undo":
                writer.undo()
            case "undo-one":
                writer.undo(one % (writer.last_edit() + 1), anyone=True)
            case "redo":
                writer.redo()
            case "redo-one":
                writer.redo(one % (writer.last_edit() + 1))
            case "refine":
                refine(writer, 1 + one % 3)
            case "read":
                read_again(writer)
                place_copies(writer)
            case "repair":
                writer.close()
                repair(self.path)
                self.writer = open_writer(self.path)

    def finish(self) -> dict[str, Any]:
        """Everything is there, read and refined; what it shows then."""
        for at in range(len(texts())):
            self.add(at)
        read_again(self.writer)
        self.writer.wait()
        refine(self.writer, 100)
        read_again(self.writer)
        place_copies(self.writer)
        self.writer.close()
        assert list(verify(self.path)) == []
        with open_reader(self.path) as reader:
            return shown(reader)

    def log(self) -> bytes:
        with open_reader(self.path) as reader:
            return "".join(export(reader, "edits", "jsonl")).encode()


def shown(reader: Reader) -> dict[str, Any]:
    """All that can be seen of a corpus, without what is only a number here."""
    articles = [reader.article(id_) for id_ in reader.article_ids(Filter(copies=True))]
    digests = {article.row.id: article.document.digest[:6] for article in articles}
    events: dict[int, set[tuple[Any, ...]]] = {}
    named: dict[int, set[tuple[Any, ...]]] = {}
    told = {}
    for article in articles:
        digest = digests[article.row.id]
        told[digest] = (
            article.row.title, article.row.outlet, article.row.published.value, article.row.published.basis,
            [(block.start, block.end, block.kind) for block in article.cleaned.blocks],
            [(date.start, date.value) for date in article.dates],
            sorted(digests[row.id] for row, _ in reader.why_copies(article.row.id)),
        )  # fmt: skip
        for event_id, event in article.events:
            events.setdefault(event_id, set()).add((digest, event.start, event.value, event.names))
        for stored in article.mentions:
            place = digest, stored.mention.start, stored.mention.end
            named.setdefault(stored.entity_id, set()).add(place)
    hidden = {row.id for row in reader.hidden_entities()}
    rows = {row.id: row for row in reader.entities(list(named))}
    return {
        "articles": told,
        "events": sorted(sorted(map(str, event)) for event in events.values()),
        "entities": sorted(
            (
                rows[id_].name, rows[id_].type, id_ in hidden, rows[id_].articles, rows[id_].mentions,
                str(rows[id_].entity), sorted(places),
            )
            for id_, places in named.items()
        ),
    }  # fmt: skip


_ACTS = (
    "add", "add", "rename", "retype", "hide", "unhide", "merge", "merge", "split", "part", "merge-events",
    "split-event", "split-copy", "redate", "outlet", "relabel", "relabel", "undo", "undo", "undo-one", "redo",
    "redo-one", "refine", "read", "repair",
)  # fmt: skip
_STEPS = st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 59), st.integers(0, 59)), min_size=1, max_size=14)


@pytest.fixture(scope="module", autouse=True)
def models() -> None:
    finder()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS, st.permutations(range(len(MADE) + 4)), st.booleans(), st.sampled_from([0, linking.MANY]))
def test_a_corpus_is_what_its_log_makes_of_its_documents(
    steps: list[tuple[str, int, int]], order: list[int], log_first: bool, many: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linking, "MANY", many)  # names are handed over one article at a time, or as sets
        check(steps, order, log_first)


def check(steps: Sequence[tuple[str, int, int]], order: Sequence[int], log_first: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder) / "one.db")
        corpus.add(order[0])
        corpus.add(order[1])
        for step in steps:
            with contextlib.suppress(QueryError):  # there is no such thing to say at this moment
                corpus.act(*step)
        here = corpus.finish()
        log = corpus.log()
        again = Corpus(Path(folder) / "two.db")
        for at in () if log_first else order:
            again.add(at)
        lines = log.count(b"\n")
        assert import_edits(again.path, io.BytesIO(log), "log", _fail) == (lines, 0)
        for at in order:
            again.add(at)
        there = again.finish()
        assert again.log().count(b"\n") == lines
        assert import_edits(again.path, io.BytesIO(log), "log", _fail) == (0, lines)
    for what in here:
        assert there[what] == here[what]


def test_a_namesake_of_a_known_thing_stays_apart_where_the_log_comes_first() -> None:
    check([("part", 36, 52)], [0, 3, 1, 2, 4, 5, 6], log_first=True)


def test_a_line_that_a_person_calls_what_it_is_is_passed_over_by_the_accurate_pass_too() -> None:
    check([("refine", 44, 7), ("relabel", 26, 0)], [1, 4, 0, 2, 3, 5, 6], log_first=False)


_SHARED = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(_ACTS), st.integers(0, 59), st.integers(0, 59)),
        st.tuples(st.sampled_from(["one", "two"]), st.just("import"), st.just(0), st.just(0)),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SHARED)
def test_two_who_share_their_logs_come_to_the_same_corpus(steps: list[tuple[str, str, int, int]]) -> None:
    share(steps)


def share(steps: Sequence[tuple[str, str, int, int]]) -> None:
    """Both do something now and then, and take over the other's log now and then, at the end each the other's once."""
    with tempfile.TemporaryDirectory() as folder:
        corpora = {name: Corpus(Path(folder) / f"{name}.db") for name in ("one", "two")}
        other = {"one": corpora["two"], "two": corpora["one"]}
        for at, corpus in enumerate(corpora.values()):
            corpus.add(at)
            corpus.add(at + 3)
        for name, what, one, two in steps:
            if what == "import":
                _take(corpora[name], other[name])
                continue
            with contextlib.suppress(QueryError):
                corpora[name].act(what, one, two)
        for name in ("one", "two", "one"):
            before = corpora[name].log()
            _take(corpora[name], other[name])
        assert corpora["one"].log() == before  # nothing is left to be said
        told = [_told(corpus) for corpus in corpora.values()]
        assert told[0] == told[1]
        here, there = (corpus.finish() for corpus in corpora.values())
    # Without numbers: of copies that have no date the one added last is counted, and each adds in an order of its own.
    for found in (here, there):
        found["entities"] = [(*one[:3], *one[5:]) for one in found["entities"]]
    for what in here:
        assert there[what] == here[what]


def _take(corpus: Corpus, other: Corpus) -> None:
    import_edits(corpus.path, io.BytesIO(other.log()), "log", _fail)


def _told(corpus: Corpus) -> list[dict[str, Any]]:
    """The log without what is only a number in its corpus."""
    return [{**json.loads(line), "id": 0} for line in corpus.log().splitlines()]


def _fail(error: Exception) -> None:
    raise AssertionError(error)
