"""A filter lets through the articles, entities and events that its words say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from store.answers import Article, Filter
from store.database import kept, open_reader, open_writer
from store.database.queries import Reader
from store.models import MentionType
from tests.store.database.making import analysis

FILTERS = [
    Filter(query="زار"), Filter(query="زار -انسحب"), Filter(query="زار OR date:2022"),
    Filter(query="القوات type:PER"), Filter(query="type:ORG -outlet:ألف"),
    Filter(query="(زار OR outlet:ألف) date:2021.."),
    Filter(since="2021"), Filter(until="2021-06"), Filter(since="2021-12", until="2021-12-31"), Filter(undated=True),
    Filter(outlet="ألف"), Filter(outlet="لا"), Filter(type="ORG"), Filter(type="LOC"), Filter(precision="month"),
    Filter(modality="asserted"), Filter(query="زار", outlet="باء", since="2020"), Filter(article=5), Filter(event=3),
    Filter(latin=False), Filter(query="خبر"), Filter(query="author:علي"), Filter(query='author:"علي حسن" -keyword:زار'),
    Filter(query="language:fa OR keyword:انسحب"), Filter(said=(("author", "ahmad"), ("language", "ar"))),
    Filter(query="زار -language:fa"), Filter(said=(("keyword", "قوات"),)),
]  # fmt: skip


def _lets_through(f: Filter, article: Article, types: dict[int, MentionType], told: Counter[tuple[str, str]]) -> bool:
    """Written from the words of `Filter`, article by article; what a query asks was worked out by hand."""
    text, at, outlet = article.document.text, article.row.published.value, article.row.outlet
    kinds = {types[one.entity_id] for one in article.mentions if one.entity_id in types}
    when = at or ""
    authors = [said.value for said in article.document.said if said.name == "author"]
    keywords, language = article.cleaned.keywords, article.cleaned.language
    queries: dict[str, bool] = {
        "": True,
        "زار": "زار" in text,
        "زار -انسحب": "زار" in text and "انسحب" not in text,
        "زار OR date:2022": "زار" in text or when.startswith("2022"),
        "القوات type:PER": "للقوات" in text and "PER" in kinds,
        "type:ORG -outlet:ألف": "ORG" in kinds and outlet != "ألف",
        "(زار OR outlet:ألف) date:2021..": ("زار" in text or outlet == "ألف") and when >= "2021",
        "خبر": True,
        "author:علي": any("علي" in author for author in authors),
        'author:"علي حسن" -keyword:زار': "علي حسن" in authors and "زار" not in keywords,
        "language:fa OR keyword:انسحب": language == "fa" or "انسحب" in keywords,
        "زار -language:fa": "زار" in text and language != "fa",
    }
    said: dict[tuple[str, str], bool] = {
        ("author", "ahmad"): "Ahmad Ali" in authors,
        ("language", "ar"): language == "ar",
        ("keyword", "قوات"): False,  # للقوات is another word
    }
    since = {"2021": "2021", "2020": "2020", "2021-12": "2021-12", None: ""}[f.since]
    until = {"2021-06": "2021-06-30", "2021-12-31": "2021-12-31", None: "9999"}[f.until]
    return (
        queries[f.query]
        and all(said[each] for each in f.said)
        and (not (f.since or f.until) or (bool(at) and since <= when and when + "-01-01"[len(when) - 4 :] <= until))
        and (not f.undated or at is None)
        and f.outlet in (None, outlet)
        and (f.type is None or f.type in kinds)
        and f.article in (None, article.row.id)
        and (f.event is None or f.event in {event for event, _ in article.events})
        and (not f.precision or any(told[f"{event}", f.precision] for event, _ in article.events))
        and (not f.modality or any(told[f"{event}", f.modality] for event, _ in article.events))
    )


def test_a_filter_lets_through_what_its_words_say(many: Reader) -> None:
    _compare(many, FILTERS)


def test_several_entities_are_those_of_all(many: Reader) -> None:
    ids = {name: many.find_entities(name)[0].id for name in ("سامي حداد", "بغداد", "الناتو")}
    _compare(
        many,
        [
            *(Filter(entities=(id_,)) for id_ in ids.values()),
            Filter(entities=tuple(ids.values())),
            Filter(entities=(ids["بغداد"],), query="زار", outlet="ألف"),
        ],
    )


def _compare(many: Reader, filters: list[Filter]) -> None:
    everything = [many.article(id_) for id_ in many.article_ids()]
    visible = {id_: kind for kind, ids in many.entity_groups() for id_ in ids}
    events = many.events(many.event_ids())
    known: Counter[tuple[str, str]] = Counter()
    for event in events:
        known[f"{event.id}", event.precision] = known[f"{event.id}", event.modality] = 1
    assert [article.row.id for article in everything] == [
        article.row.id for article in sorted(everything, key=lambda a: (_moment(a), a.row.id), reverse=True)
    ]
    for f in filters:
        for fresh in (True, False):  # found for the first time, and from memory
            if fresh:
                kept._states.clear()
            expected = [
                article
                for article in everything
                if _lets_through(f, article, visible, known)
                and set(f.entities) <= {mention.entity_id for mention in article.mentions}
            ]
            ids = [article.row.id for article in expected]
            assert list(many.article_ids(f, most=7)) == ids[:7], f
            assert many.count(f) == len(ids), f
            assert list(many.article_ids(f)) == ids, f
            mentions = Counter(m.entity_id for article in expected for m in article.mentions)
            within = Counter(e for article in expected for e in {m.entity_id for m in article.mentions})
            if f.type:
                within = Counter({e: n for e, n in within.items() if visible.get(e) == f.type})
            ranked = sorted((e for e in within if e in visible), key=lambda e: (-within[e], -mentions[e], e))
            for most in (2, None):
                groups = dict(many.entity_groups(f, most=most))
                for kind in ("PER", "ORG", "LOC", "MISC"):
                    of_kind = [e for e in ranked if visible[e] == kind]
                    assert list(groups.get(kind, [])) == of_kind[:most], (f, kind, most)
            rows = many.entities(ranked, f)
            assert [(row.id, row.articles, row.mentions) for row in rows] == [
                (e, within[e], mentions[e]) for e in ranked
            ], f


def _moment(article: Article) -> str:
    return article.row.published.value or ""


@pytest.mark.parametrize("few", [0, 10_000], ids=["columns", "one by one"])
def test_a_filter_lets_through_the_events_its_words_say(
    many: Reader, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("store.database.choosing_events._FEW", few)
    monkeypatch.setattr("store.database.facets.FEW", few)
    baghdad = many.find_entities("بغداد")[0]
    every = many.events(many.event_ids())
    assert [e.id for e in every] == [
        e.id for e in sorted(every, key=lambda e: (e.earliest, tuple(-ord(c) for c in e.latest), e.id))
    ]
    for f, wanted in (
        (Filter(since="2021-12-08"), lambda e: e.latest >= "2021-12-08"),
        (Filter(until="2020", since="2019-01"), lambda e: e.earliest <= "2020-12-31" and e.latest >= "2019-01-01"),
        (Filter(precision="month"), lambda e: e.precision == "month"),
        (Filter(entities=(baghdad.id,)), lambda e: "بغداد" in e.names),
        (Filter(type="ORG"), lambda e: "الناتو" in e.names),
        (Filter(query="زار"), lambda e: set(e.articles) & set(many.article_ids(Filter(query="زار")))),
        (Filter(outlet="ألف", since="2021"), lambda e: e.latest >= "2021" and _told_by(many, e.articles, "ألف")),
        (Filter(event=every[3].id), lambda e: e.id == every[3].id),
        (Filter(), lambda e: True),
    ):
        kept._states.clear()
        expected = [event for event in every if wanted(event)]
        for most in (1, 3, 20):
            kept._states.clear()
            assert list(many.event_ids(f, most=most)) == [e.id for e in expected[:most]], (f, most)
        assert list(many.event_ids(f)) == [e.id for e in expected], f
        assert many.event_count(f) == len(expected)
        assert sum(bucket.events for bucket in many.buckets(f, "month")) == len(expected)
        days = Counter(
            e.earliest if e.earliest == e.latest else e.earliest[: _shared(e.earliest, e.latest)] for e in expected
        )
        assert {b.value: b.events for b in many.buckets(f, "day")} == dict(days), f
        by_outlets = sorted(expected, key=lambda e: (-e.outlets, -len(e.sentences), e.earliest, e.id))
        assert list(many.event_ids(f, "outlets")) == [e.id for e in by_outlets], f


def _shared(first: str, last: str) -> int:
    return 7 if first[:7] == last[:7] else 4


def _told_by(many: Reader, articles: tuple[int, ...], outlet: str) -> bool:
    return any(many.article(id_).row.outlet == outlet for id_ in articles)


def test_an_entity_named_alone_in_a_sentence_that_joined_what_people_put_together(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis("التقى سامي حداد يوم 2020-01-01.", [("سامي حداد", "PER")], [("2020-01-01", "2020-01-01")]))
        told = "وقع الاتفاق الكبير بين الشركتين في المدينة القديمة خلال 2021-01 كما أعلن رامي حداد."
        writer.add(analysis(told, [("رامي حداد", "PER")], [("2021-01", "2021-01")]))
        with open_reader(writer.path) as reader:
            writer.merge_events(list(reader.event_ids()))
        again = told.replace("كما أعلن رامي حداد", "كما أعلن رامي حداد والناتو")
        writer.add(analysis(again, [("رامي حداد", "PER"), ("الناتو", "ORG")], [("2021-01", "2021-01")]))
        for number in range(12):
            day = f"2020-06-{number + 1:02}"
            writer.add(analysis(f"زار الناتو المدينة رقم {number} يوم {day}.", [("الناتو", "ORG")], [(day, day)]))
    with open_reader(tmp_path / "c.db") as reader:
        nato = Filter(entities=(reader.find_entities("الناتو")[0].id,))
        first = list(reader.event_ids(nato, most=2))
        assert first == list(reader.event_ids(nato))[:2]
        assert reader.events(first)[0].earliest < "2020-06"


def test_none_are_asked_for(many: Reader) -> None:
    for f in (Filter(), Filter(since="2020"), Filter(query="زار"), Filter(query="زار", outlet="ألف")):
        assert list(many.article_ids(f, most=0)) == list(many.event_ids(f, most=0)) == []
        assert many.entity_groups(f, most=0) == []
