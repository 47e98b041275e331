"""What a dossier says is what the articles say, counted one by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.annotations import Target
from store.answers import Article, Filter, place_of_mention
from store.database import dossiers, open_reader, open_writer
from store.database.queries import Reader
from store.dossiers import Subject, by_year
from store.errors import Cancelled
from store.models import Published
from store.spoken import Wanted
from tests.store.database.inventing import NAMES, document
from tests.store.database.making import add_all, analysis

PAIRS = [("سامي حداد", "بغداد"), ("بغداد", "الناتو"), ("رامي حداد", "سامي حداد")]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Some ninety articles of many days, half of which tell one of two stories that others tell too."""
    path = tmp_path_factory.mktemp("dossiers") / "c.db"
    chance = random.Random(9)
    with open_writer(path) as writer:
        for number in range(90):
            names = chance.choices(range(len(NAMES)), k=chance.randrange(5))
            copied = chance.choice([None, *range(10)]) if number % 2 else None
            one = document(number, names, 1, [number % 4], [number % 4], copied)
            if number % 11:
                one = replace(one, published=Published(f"20{18 + number % 5}-{1 + number % 12:02}-03", "given", "made"))
            writer.add(one)
        list(writer.place_copies())
    with open_reader(path) as reader:
        yield reader


def subject(reader: Reader, *names: str) -> Subject:
    """Entities by their names."""
    return Subject(tuple(reader.entity(reader.find_entities(name)[0].id) for name in names))


def subjects(reader: Reader) -> list[Subject]:
    """All of a kind: each entity, some pairs, both outlets."""
    alone = [subject(reader, name) for name, _ in NAMES if reader.find_entities(name)]
    return [*alone, *(subject(reader, *pair) for pair in PAIRS), Subject(outlet="ألف"), Subject(outlet="باء")]


def articles(reader: Reader, f: Filter) -> list[Article]:
    """Those of a filter, newest first."""
    return [reader.article(id_) for id_ in reader.article_ids(f)]


def test_the_summary(told: Reader) -> None:
    for about in subjects(told):
        there = articles(told, about.filter)
        dated = sorted(one.row.published.value or "" for one in there if one.row.published.value)
        found = dossiers.summary(told, about)
        assert (found.articles, found.undated) == (len(there), len(there) - len(dated))
        for row, times in zip(about.entities, found.mentions, strict=True):
            assert times == sum(mention.entity_id == row.id for one in there for mention in one.mentions)
        for sighting, day in ((found.first, dated[:1]), (found.last, dated[-1:])):
            assert ([sighting.article.published.value] if sighting else []) == day
            if sighting and about.entities:
                one = told.article(sighting.article.id)
                starts = [m.mention.start for m in one.mentions if m.entity_id == about.entities[0].id]
                assert sighting.start == min(starts)


def test_the_trend(told: Reader) -> None:
    for about in subjects(told):
        days = [one.row.published.value for one in articles(told, about.filter)]
        months = Counter(day[:7] for day in days if day)
        found = dossiers.trend(told, about)
        assert [(one.value, one.articles) for one in found] == sorted(months.items())
        years = Counter(day[:4] for day in days if day)
        assert [(one.value, one.articles) for one in by_year(found)] == sorted(years.items())
        assert dossiers.trend(told, about, "year") == by_year(found)


def test_the_spellings_lead_to_what_is_spelt_so(told: Reader) -> None:
    everything = articles(told, Filter(copies=True))
    for about in subjects(told):
        for row in about.entities:
            expected: dict[str, list[tuple[int, int]]] = {}
            for one in everything:
                for mention in one.mentions:
                    if mention.entity_id == row.id:
                        expected.setdefault(mention.mention.text, []).append((one.row.id, mention.mention.start))
            found = dossiers.spellings(told, row.id)
            assert {one.form: one.mentions for one in found} == {form: len(some) for form, some in expected.items()}
            assert [one.mentions for one in found] == sorted((one.mentions for one in found), reverse=True)
            for form, places in expected.items():
                keys = dossiers.spelled(told, row.id, form)
                assert [place_of_mention(key) for key in keys] == places
                assert list(dossiers.spelled(told, row.id, form, 3)) == list(keys[:3])
                assert [one.id for one in told.mention_rows(row.id, keys)] == list(keys)


def test_companions_and_what_chance_would_bring(told: Reader) -> None:
    stories = told.count(Filter())
    for about in subjects(told):
        there = articles(told, about.filter)
        along = Counter(id_ for one in there for id_ in {mention.entity_id for mention in one.mentions})
        found = {one.row.id: one for _, some in dossiers.companions(told, about, 50) for one in some}
        itself = {row.id for row in about.entities}
        assert {id_: one.row.articles for id_, one in found.items()} == {
            id_: count for id_, count in along.items() if id_ not in itself
        }
        for one in found.values():
            assert one.expected == pytest.approx(told.entity(one.row.id).articles * len(there) / stories)
            assert one.lift == pytest.approx(one.row.articles / one.expected)
        for kind, some in dossiers.companions(told, about, 1):
            assert [one.row.type for one in some] == [kind]


def test_sentences_that_name_both(told: Reader) -> None:
    for pair in PAIRS:
        about = subject(told, *pair)
        expected = []
        for one in articles(told, about.filter):
            for sentence in one.sentences:
                inside = [m for m in one.mentions if sentence.start <= m.mention.start < sentence.end]
                starts = {row.id: [m.mention.start for m in inside if m.entity_id == row.id] for row in about.entities}
                if all(starts.values()):
                    expected.append((one.row.id, min(starts[about.entities[0].id])))
        found = dossiers.together(told, about, most=2)
        assert [place_of_mention(key) for key in found.keys] == expected
        assert [row.id for row in found.rows] == list(found.keys[:2])
        assert found.sampled == told.count(about.filter)


def test_sentences_that_name_both_of_a_pair(tmp_path: Path) -> None:
    text = "زار سالم بغداد أمس.\nقال سالم كلاما.\nفي بغداد وقف سالم.\nسكتت بغداد."
    add_all(tmp_path / "c.db", [analysis(text, [("سالم", "PER"), ("بغداد", "LOC")], (), "2021-12-01")])
    with open_reader(tmp_path / "c.db") as reader:
        found = dossiers.together(reader, subject(reader, "سالم", "بغداد"))
        assert [row.sentence.text for row in found.rows] == ["زار سالم بغداد أمس.", "في بغداد وقف سالم."]
        assert [text[row.start : row.end] for row in found.rows] == ["سالم", "سالم"]


def test_events(told: Reader) -> None:
    for about in subjects(told):
        there = list(told.event_ids(about.filter))
        found = dossiers.events(told, about, 5)
        assert found.count == len(there)
        assert len(found.rows) == min(5, len(there))
        assert {row.id for row in found.rows} <= set(there)
        outlets = [row.outlets for row in found.rows]
        assert outlets == sorted(outlets, reverse=True)
        assert len({row.id for row in dossiers.events(told, about, 1000).rows}) <= len(there)


def test_who_tells_it(told: Reader) -> None:
    for about in subjects(told):
        found = dossiers.tellers(told, about, 9)
        if about.outlet is None:
            expected = Counter(one.row.outlet for one in articles(told, replace(about.filter, copies=True)))
            assert {one.name: one.articles for one in found} == expected
        else:
            said = Counter(
                value
                for one in articles(told, replace(about.filter, copies=True))
                for value in {each.value for each in one.document.said if each.name == "author"}
            )
            assert {(one.kind, one.name): one.articles for one in found} == {
                ("author", name): count for name, count in said.items()
            }


def test_what_an_outlet_tells_alone_and_first(told: Reader) -> None:
    for outlet in ("ألف", "باء"):
        expected: Counter[str] = Counter()
        for one in articles(told, Filter(outlet=outlet)):
            story = [told.article(id_).row for id_ in told.article_ids(Filter(story=one.row.id))]
            mine = min((row.published.value or "9" for row in story if row.outlet == outlet), default="9")
            others = min((row.published.value or "9" for row in story if row.outlet != outlet), default="9")
            if all(row.outlet == outlet for row in story):
                expected["alone"] += 1
            elif mine < "9":
                expected["first" if mine < others else "level" if mine == others else "later"] += 1
        found = dossiers.told(told, outlet, 1000)
        assert {way.how: way.stories for way in found if way.stories} == expected
        for way in found:
            assert len(way.newest) == way.stories
            assert all(told.article(id_).row.outlet == outlet for id_ in way.newest)


def test_roles_with_where_they_are_said(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        about = subject(reader, "مصطفى الكاظمي")
        found = dossiers.roles(reader, about.entities[0].id)
        assert found.sampled == dossiers.summary(reader, about).mentions[0]
        by_text = {role.text: role.mentions for role in found.roles}
        assert "رئيس الوزراء العراقي" in by_text
        for text, mentions in by_text.items():
            for row in reader.mention_rows(about.entities[0].id, mentions):
                before = row.sentence.text[: row.start - row.sentence.start]
                assert text.split()[-1] in before


def test_roles_have_holders_and_the_days_of_their_articles(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        about = subject(reader, "مصطفى الكاظمي")
        for role in dossiers.roles(reader, about.entities[0].id).roles:
            articles = {reader.article(one >> 24).row.published.value for one in role.mentions}
            days = sorted(value[:10] for value in articles if value)
            assert (role.first, role.last) == ((days[0], days[-1]) if days else (None, None))
            assert role.holder == "العراق"


def test_what_an_entity_says_by_kind_and_lately(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        about = subject(reader, "مصطفى الكاظمي")
        found = dossiers.spoken(reader, about, 5)
        ids = reader.statement_ids(about.filter, Wanted(about.entities[0].id))
        rows = reader.statement_rows(ids)
        assert list(found.latest) == rows[:5]
        assert dict(found.kinds) == Counter(row.quote.kind for row in rows)
        assert found.count == len(ids) == 12
        assert dossiers.spoken(reader, subject(reader, "بغداد")).count >= 0


def test_a_merged_entity_answers_to_its_old_id(told: Reader, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(told.path.read_bytes())
    with open_writer(path) as writer, open_reader(path) as reader:
        gone, kept = (subject(reader, name).entities[0] for name in ("الناتو", "بغداد"))
        writer.merge_entities([gone.id], kept.id)
        assert {one.form for one in dossiers.spellings(reader, gone.id)} == {"الناتو", "بغداد"}
        one, other = (dossiers.summary(reader, Subject((row,))) for row in (gone, kept))
        assert one == other


def test_what_was_noted_of_it_its_articles_and_its_events(told: Reader, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(told.path.read_bytes())
    chance = random.Random(4)
    with open_reader(path) as reader, open_writer(path) as writer:
        every = list(reader.article_ids(Filter(copies=True)))
        put: list[str] = []
        for id_ in chance.sample(every, 30):
            sentence = reader.article(id_).sentences[-1]
            whole, part = Target("article", id_), Target("sentence", id_, sentence.start, sentence.end)
            put.append(writer.annotate(chance.choice([whole, part]), "note", f"ملاحظة {id_}"))
        for event in chance.sample(list(reader.event_ids(Filter())), 5):
            put.append(writer.annotate(Target("event", event), "tag", "مهم"))
        for name in ("بغداد", "الناتو"):
            writer.annotate(Target("entity", reader.find_entities(name)[0].id), "note", f"عن {name}")
        for about in subjects(reader):
            there = set(reader.article_ids(replace(about.filter, copies=True)))
            events = set(reader.event_ids(replace(about.filter, copies=True)))
            rows = {one.uid: one for one in reader.annotations(reader.annotation_ids())}
            expected = [
                one
                for one in map(rows.__getitem__, put)
                if (one.article in there if one.target and one.target.on != "event" else False)
                or (one.target and one.target.on == "event" and one.target.id in events)
            ]
            found = dossiers.notes(reader, about, 1000)
            assert {one.uid for one in found.told} == {one.uid for one in expected}
            assert found.count == len(expected)
            assert set(found.articles) == {one.article for one in expected}
            assert dossiers.notes(reader, about, 2).told == found.told[:2]
            names = {row.name for row in about.entities} & {"بغداد", "الناتو"}
            assert {one.text for one in found.own} == {f"عن {name}" for name in names}
            assert found.own_count == len(names)


def test_a_corpus_without_anything(tmp_path: Path) -> None:
    add_all(tmp_path / "c.db", [analysis("كلام.", outlet="ألف")])
    with open_reader(tmp_path / "c.db") as reader:
        for about in (Subject(outlet="ألف"), Subject(outlet="لا أحد")):
            assert dossiers.trend(reader, about) == []
            assert dossiers.companions(reader, about) == []
            assert dossiers.events(reader, about).rows == ()
            assert dossiers.tellers(reader, about) == []
        assert [one.stories for one in dossiers.told(reader, "ألف")] == [1, 0, 0, 0]


def test_a_question_can_be_stopped(told: Reader) -> None:
    with open_reader(told.path) as reader:
        reader.stop()
        with pytest.raises(Cancelled):
            dossiers.summary(reader, Subject(outlet="ألف"))
