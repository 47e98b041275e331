"""A brief and a report tell what people noted: each note once, beside what it is on, whatever else there is."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from store.annotations import Target
from store.answers import Filter
from store.database import open_reader, open_writer
from store.database.queries import Reader
from store.export import export
from store.export.options import Options
from store.text.when import Language
from tests.store.export import dated, hostile, noting
from tests.store.export.noting import Put
from tests.store.export.test_brief import NOTE, PLACE, bare

LANGUAGES: tuple[Language, ...] = ("ar", "en")
TOKEN = "علامة{}فريدة"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("noted")
    sources = {
        "seeds": seeds_corpus_once,
        "kinds": dated.build(folder / "kinds.db"),
        "hostile": hostile.build(folder / "hostile.db"),
    }
    return {name: noting.build(source, folder / f"{name}-noted.db") for name, source in sources.items()}


@pytest.fixture(params=["seeds", "kinds", "hostile"])
def reader(request: pytest.FixtureRequest, corpora: dict[str, Path]) -> Iterator[Reader]:
    with open_reader(corpora[request.param]) as opened:
        yield opened


def brief(reader: Reader, language: Language = "ar", f: Filter = Filter()) -> str:
    return "".join(export(reader, "brief", "md", f, options=Options(language=language)))


def report(reader: Reader, language: Language = "ar", f: Filter = Filter()) -> html.HtmlElement:
    return html.document_fromstring("".join(export(reader, "report", "html", f, options=Options(language=language))))


def notes_of(page: html.HtmlElement) -> list[str]:
    notes = page.xpath("//div[@class='note']")
    return ["\n".join(line.text_content() for line in note.xpath("p[@dir='auto']")) for note in notes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_told_once_in_its_words(reader: Reader, language: Language) -> None:
    noted = [one for one in reader.annotations(reader.annotation_ids()) if one.kind == "note"]
    text = bare(brief(reader, language))
    assert len(noted) > 6
    for one in noted:
        assert text.count(f"✎ {bare(' / '.join(one.text.split(chr(10))))} (") == 1, one.text
    told = sorted(said.replace("\ufffd", "") for said in notes_of(report(reader, language)))
    assert told == sorted(one.text for one in noted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_beside_what_they_are_on(corpora: dict[str, Path], language: Language) -> None:
    with open_reader(corpora["seeds"]) as reader:
        newest = reader.articles(reader.article_ids(most=1))[0]
        (top, *_) = [ids[0] for kind, ids in reader.entity_groups() if kind == "PER"]
        name = reader.entity(top).name
        lines, page = bare(brief(reader, language)).splitlines(), report(reader, language)
    at = next(at for at, line in enumerate(lines) if newest.title in line and "★" in line)
    assert "#متابعة" in lines[at]
    assert any("✎ راجع المصدر مع الوزارة. / ثم اسأل" in line for line in lines[at + 1 : at + 6])
    at = next(at for at, line in enumerate(lines) if line.startswith(f"- **{name}**"))
    assert "#أسماء" in lines[at]
    assert lines[at + 1].startswith("  - ✎ من هو؟ ")
    assert "سعاد" in lines[at + 1]
    (row,) = page.xpath(f"//tr[@id='n{top}']")
    assert row.xpath("string(.//bdi[@class='tag'])") == "#أسماء"
    assert row.xpath("string(.//div[@class='note']/p[1])").startswith("من هو؟ ")
    assert page.xpath("//section[@id='new']//li[1]//span[@class='star']")


@pytest.mark.parametrize(("what", "form"), [("brief", "md"), ("report", "html")])
def test_without_notes_it_is_that_of_a_corpus_that_has_none(
    corpora: dict[str, Path], seeds_corpus_once: Path, what: str, form: str
) -> None:
    with open_reader(corpora["seeds"]) as noted, open_reader(seeds_corpus_once) as plain:
        quiet = "".join(export(noted, what, form, Filter(), options=Options(noted=False)))
        assert quiet == "".join(export(plain, what, form, Filter(), options=Options()))
        assert quiet != "".join(export(noted, what, form, Filter(), options=Options()))


def test_a_note_on_a_sentence_has_a_footnote_to_it(corpora: dict[str, Path]) -> None:
    with open_reader(corpora["seeds"]) as reader:
        text = brief(reader)
        on = next(
            one.target
            for one in reader.annotations(reader.annotation_ids("note"))
            if one.text == "هذه الجملة هي المهمة"
        )
    assert on is not None
    before = text.split("هذه الجملة هي المهمة")[0]
    number = re.findall(r"\[\^(\d+)\]", before)[-1]
    place = PLACE["ar"].search(bare(dict(NOTE.findall(text))[number]))
    assert place is not None
    assert tuple(map(int, place.groups())) == (on.id, on.start, on.end)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_people_wrote_is_markup(reader: Reader, language: Language) -> None:
    text = brief(reader, language)
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)
    assert len([token for token in tokens if token.type == "html_block"]) == 2
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {
        "text", "text_special", "strong_open", "strong_close", "footnote_ref", "footnote_anchor", "softbreak",
    }  # fmt: skip
    for line in text.splitlines():  # isolates are closed where they are opened
        assert line.count("\u2068") + line.count("\u2066") == line.count("\u2069")
    page = report(reader, language)
    assert not page.xpath("//script | //a[not(starts-with(@href, '#'))] | //b[text()='أ']")


def test_of_a_view_only_what_is_in_it(corpora: dict[str, Path]) -> None:
    with open_reader(corpora["seeds"]) as reader:
        every = reader.annotations(reader.annotation_ids())
        first, *_ = sorted(reader.article_ids(Filter(copies=True)))
        digest = reader.article(first).document.digest
        f = Filter(article=first)
        named = {id_ for _, ids in reader.entity_groups(f) for id_ in ids}
        told = set(reader.event_ids(f))
        found = reader.noted(f)
    inside = {
        one.uid
        for one in every
        if (one.key.on in ("article", "sentence") and one.key.digest == digest)
        or (one.target is not None and one.target.on == "entity" and one.target.id in named)
        or (one.target is not None and one.target.on == "event" and one.target.id in told)
    }
    assert {one.uid for one in found.told} == inside
    assert 0 < found.count == len(inside) < len(every)


def test_without_annotations_nothing_is_said_of_them(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:
        assert "What people noted" not in brief(reader, "en")
        assert not report(reader).xpath("//section[@id='noted'] | //div[@class='noted'] | //span[@class='marks']")


@contextmanager
def statements_of(reader: Reader) -> Iterator[list[str]]:
    said: list[str] = []
    reader.put(lambda connection: connection.set_trace_callback(said.append))
    yield said
    reader.put(lambda connection: connection.set_trace_callback(None))


def test_many_annotations_take_no_more_questions_than_few(seeds_corpus_once: Path, tmp_path: Path) -> None:
    asked = {}
    for number in (1, 60):
        path = Path(shutil.copy(seeds_corpus_once, tmp_path / f"{number}.db"))
        with open_reader(path) as reader:
            every = noting.targets(reader)
        kinds = {on: [one for one in every if one.on == on] for on in ("article", "sentence", "entity", "event")}
        noting.put(path, [
            Put(some[at % len(some)], "note", TOKEN.format(at)) for some in kinds.values() for at in range(number)
        ])  # fmt: skip
        with open_reader(path) as reader, statements_of(reader) as said:
            assert reader.noted().count == 4 * number
            assert reader.noted(Filter(since="2000")).count >= 3 * number
            asked[number] = len(said)
    assert asked[60] == asked[1]


def test_of_very_many_the_newest_are_told_and_the_others_counted(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        first, *_ = sorted(reader.article_ids(Filter(copies=True)))
    noting.put(seeds_corpus, [Put(Target("article", first), "note", TOKEN.format(number)) for number in range(2_500)])
    with open_reader(seeds_corpus) as reader:
        text, page = brief(reader, "en"), report(reader, "en")
    assert text.count("✎") == len(notes_of(page)) == 10
    assert "and others: 2490 annotations" in text
    assert "and others: 2490 annotations" in page.text_content()


def test_a_note_is_told_whatever_was_bookmarked_later(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        every = noting.targets(reader)
    noting.put(seeds_corpus, [Put(every[0], "note", TOKEN.format(1))])
    noting.put(seeds_corpus, [Put(on, "tag", f"بطاقة{number}") for on in every for number in range(12)])
    with open_reader(seeds_corpus) as reader:
        found = reader.noted(most=1_000)
        assert found.count == 12 * len(every) + 1 > 1_000 == len(found.told)
        assert found.told[-1].text == TOKEN.format(1)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_noted_each_note_is_told_once(corpora: dict[str, Path], data: st.DataObject) -> None:
    """Where nothing is beyond what is told at most, in any number, on anything."""
    with tempfile.TemporaryDirectory() as folder:
        path = dated.build(Path(folder) / "c.db", dated.KINDS[4:9])
        with open_reader(path) as reader:
            every = noting.targets(reader)
        chosen = data.draw(st.lists(st.sampled_from(every), max_size=12))
        noting.put(path, [Put(on, "note", TOKEN.format(number)) for number, on in enumerate(chosen)])
        hiding = data.draw(st.integers(0, 1))
        if chosen and hiding:  # a name that is hidden is told of nowhere, and its notes neither
            hidden = next((on for on in chosen if on.on == "entity"), None)
            if hidden is not None:
                with open_writer(path) as writer:
                    writer.hide_entity(hidden.id)
                chosen = [on if on != hidden else Target("entity", 0) for on in chosen]
        with open_reader(path) as reader:
            text, told = brief(reader), notes_of(report(reader))
        for number, on in enumerate(chosen):
            assert text.count(f"{TOKEN.format(number)} ") == (on.id > 0)
            assert told.count(TOKEN.format(number)) == (on.id > 0)
        if any(on.id for on in chosen):
            assert "وغيرها: " not in text.split("ما دُوِّن")[1].split("##")[0]
