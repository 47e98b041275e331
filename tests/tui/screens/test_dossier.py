"""The dossier in the explorer: its sections, where its lines lead, and the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from store.annotations import Target
from store.answers import Filter, MentionRow
from store.database import dossiers, open_reader, open_writer
from store.dossiers import Subject
from store.models import Published
from tests.store.database.inventing import document
from tests.tui.screens.driving import Driver, explorer
from tui.locale import use
from tui.panes.dossier import Line
from tui.screens.article_list import ArticlesSheet
from tui.screens.dossier import DossierSheet
from tui.screens.dossier_parts import parts_of
from tui.screens.mentions import MentionRows, MentionsSheet
from tui.screens.statements import StatementsSheet, said

KADHIMI = "مصطفى الكاظمي"
# As it is painted, written out so that the layout under test has no say in what is expected.
AL_KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"


def sheet(khabar: Driver) -> DossierSheet:
    """The dossier, which is open."""
    assert isinstance(khabar.app.screen, DossierSheet)
    return khabar.app.screen


def lines(khabar: Driver) -> list[Line]:
    """All its lines."""
    rows = sheet(khabar).rows
    return [row for key in rows.ids if key >= 0 and (row := rows.row(key)) is not None]


def put_on(khabar: Driver, text: str) -> Line:
    """Put its cursor on the first line that says something."""
    rows = sheet(khabar).rows
    for key in rows.ids:
        row = rows.row(key) if key >= 0 else None
        if row is not None and row.text == text:
            assert rows.select(key)
            return row
    raise AssertionError(f"{text} is not in the dossier")


async def of(khabar: Driver, name: str = KADHIMI) -> None:
    """Open the dossier of a name in the list of entities."""
    await khabar.press("2")
    khabar.put_cursor_on("entities", name)
    await khabar.press("E")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_section_is_there(seeds_corpus: Path, size: tuple[int, int], language: str) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        if language == "ar":
            await khabar.press("l")
        await of(khabar)
        with open_reader(seeds_corpus) as reader:
            about = Subject((reader.entity(reader.find_entities(KADHIMI)[0].id),))
            expected = [
                len(shown) for part in parts_of(about) for _, shown in part.show(part.ask(reader, about), about)
            ]
        assert len(lines(khabar)) == sum(expected)
        assert not any(line.figure == "…" for line in lines(khabar))
        shown = khabar.shown()
        assert AL_KADHIMI in shown
        assert all(cell_len(row) == size[0] for row in shown.split("\n"))
        if language == "en":
            assert "3 articles" in shown
            assert "spellings" in shown
        else:
            assert lines(khabar)[0].text == "مقالات"  # as three are counted
    use("en")


async def test_an_arabic_keyboard_opens_it_too(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2", "\u064f")
        assert isinstance(khabar.app.screen, DossierSheet)


async def test_a_spelling_leads_to_what_is_spelt_so_and_on_to_the_article(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        put_on(khabar, "الكاظمي")
        await khabar.press("enter")
        listed = khabar.app.screen
        assert isinstance(listed, MentionsSheet)
        with open_reader(seeds_corpus) as reader:
            entity = reader.find_entities(KADHIMI)[0].id
            assert list(listed.rows.ids) == list(dossiers.spelled(reader, entity, "الكاظمي"))
        await khabar.press("escape")
        assert put_on(khabar, "الكاظمي")
        await khabar.press("enter", "down", "enter")
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.pane == "reader"
        mark = khabar.explorer.reader.mark
        article = khabar.explorer.reader.article
        assert mark is not None
        assert article is not None
        assert article.document.text[mark.start : mark.end] == "الكاظمي"
        # back where the list was opened: the dossier, its cursor on that line
        await khabar.press("backspace")
        row = sheet(khabar).rows.current_row
        assert row is not None
        assert row.text == "الكاظمي"
        await khabar.press("backspace")
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.pane == "entities"


async def test_a_role_leads_to_where_it_is_said(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        role = "رئيس الوزراء العراقي"
        line = put_on(khabar, role)
        await khabar.press("enter")
        listed = khabar.app.screen
        assert isinstance(listed, MentionsSheet)
        assert len(listed.query_one(MentionRows).ids) == int(line.figure)
        row = listed.rows.current_row
        assert isinstance(row, MentionRow)
        assert role in row.sentence.text


async def test_what_was_noted_leads_to_what_it_is_on(seeds_corpus: Path) -> None:
    with open_writer(seeds_corpus) as writer, open_reader(seeds_corpus) as reader:
        entity = reader.find_entities(KADHIMI)[0].id
        about = Filter(entities=(entity,))
        article = reader.article(reader.article_ids(about)[0])
        event = reader.events(reader.event_ids(about, "time", 1))[0]
        sentence = article.sentences[2]
        span = sentence.start, sentence.end
        writer.annotate(Target("entity", entity), "note", "من هو؟\nومتى؟")
        writer.annotate(Target("article", article.row.id), "tag", "مهم")
        writer.annotate(Target("sentence", article.row.id, *span), "note", "راجع المصدر")
        writer.annotate(Target("event", event.id), "bookmark")
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        assert "noted" in khabar.shown()
        put_on(khabar, "✎ من هو؟ / ومتى؟")
        await khabar.press("enter")
        assert isinstance(khabar.app.screen, MentionsSheet)
        await khabar.press("escape")
        put_on(khabar, "✎ راجع المصدر")
        await khabar.press("enter")
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.reader.sentence == span
        await khabar.press("backspace")
        put_on(khabar, "\u2068#مهم\u2069")
        await khabar.press("enter")
        shown = khabar.explorer.reader.article
        assert shown is not None
        assert shown.row.id == article.row.id
        await khabar.press("backspace")
        (bookmark,) = (line.text for line in lines(khabar) if line.text.startswith("★"))
        put_on(khabar, bookmark)
        await khabar.press("enter")
        mark = khabar.explorer.reader.mark
        assert mark is not None
        told = {(one.article, one.start) for one in event.sentences}
        shown = khabar.explorer.reader.article
        assert shown is not None
        assert any(one == shown.row.id and start <= mark.start for one, start in told)


async def test_two_marked_names_are_a_pair_and_more_are_none(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2", "g", "asterisk", "down", "asterisk")
        marked = khabar.explorer.marked("entities")
        assert len(marked) == 2
        await khabar.press("g", "E")
        assert [row.id for row in sheet(khabar).about.entities] == marked
        await khabar.press("escape", "G", "asterisk", "E")
        assert khabar.app.screen is khabar.explorer
        assert khabar.status().startswith("a dossier is of one name or of two; 3 are marked")
        await khabar.press("escape", "E")
        assert len(sheet(khabar).about.entities) == 1


async def test_headings_with_names_run_as_the_language_of_the_interface(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 40)) as khabar:
        await khabar.press("slash", *"ظظظ", "enter")
        assert "┃search: \ufec6\ufec8\ufec7" in khabar.shown()
        await khabar.press("escape", "2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("asterisk", "asterisk", "E")
        (heading,) = [line for line in khabar.shown().splitlines() if "spellings of" in line and AL_KADHIMI in line]
        assert heading.startswith("│ spellings of ")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ((KADHIMI,), "person"),
        (("مصطفى الكاظمي", "جو بايدن"), "People"),
        (("مصطفى الكاظمي", "التحالف الدولي"), "person, organisation"),
    ],
)
async def test_the_title_says_what_it_is_about_as_many_as_there_are(
    seeds_corpus: Path, names: tuple[str, ...], what: str
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("2")
        for name in names:
            khabar.put_cursor_on("entities", name)
            await khabar.press(*(["asterisk"] if len(names) > 1 else []))
        await khabar.press("E")
        title = next(row for row in khabar.shown().split("\n") if "Esc closes" in row)
        assert f"· {what}  " in title


async def test_a_companion_leads_to_the_pair_and_back(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        put_on(khabar, "بغداد")
        await khabar.press("enter")
        assert [row.name for row in sheet(khabar).about.entities] == [KADHIMI, "بغداد"]
        both = sheet(khabar).about.filter
        # of two no third makes a dossier, but articles
        put_on(khabar, "العراق")
        await khabar.press("enter")
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.filter.entities[:2] == both.entities
        assert len(khabar.explorer.filter.entities) == 3
        assert "entity: مصطفى الكاظمي · entity: بغداد · entity: العراق" in khabar.status()
        await khabar.press("backspace")
        assert len(sheet(khabar).about.entities) == 2
        await khabar.press("backspace")
        assert [row.name for row in sheet(khabar).about.entities] == [KADHIMI]
        row = sheet(khabar).rows.current_row
        assert row is not None
        assert row.text == "بغداد"
        await khabar.press("a")
        assert khabar.explorer.filter == both
        await khabar.press("backspace", "E")
        assert [row.name for row in sheet(khabar).about.entities] == ["بغداد"]
        await khabar.press("escape")
        assert khabar.app.screen is khabar.explorer


async def test_a_month_leads_to_its_articles_and_the_first_sighting_to_its_sentence(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        rows = sheet(khabar).rows
        lines = {key: row for key in rows.ids if key >= 0 and isinstance(row := rows.row(key), Line)}
        month = next(key for key, line in lines.items() if line.figure == "2022-01")
        rows.select(month)
        await khabar.press("enter")
        assert (khabar.explorer.filter.since, khabar.explorer.filter.until) == ("2022-01", "2022-01")
        assert len(khabar.ids("articles")) == 1
        await khabar.press("backspace", "g", "down", "down", "down", "enter")
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.reader.mark is not None


async def test_the_outlet_of_an_article(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number, copied in enumerate((0, 0, 1, None)):
            one = document(number, [1], 1, [], [], copied)
            writer.add(replace(one, published=Published(f"2021-12-0{number + 1}", "given", "made")))
        list(writer.place_copies())
    async with explorer(path) as khabar:
        await khabar.press("1", "E")
        assert sheet(khabar).about == Subject(outlet="باء")
        told = put_on(khabar, "told by it alone")
        assert told.figure == "1"
        await khabar.press("enter")
        assert isinstance(khabar.app.screen, ArticlesSheet)
        assert "1 article" in khabar.shown()
        await khabar.press("enter")
        assert khabar.explorer.place.article == 4
        await khabar.press("backspace", "G", "enter")
        assert khabar.explorer.filter.outlet == "باء"
        assert khabar.explorer.filter.said


async def test_what_has_no_dossier_says_so(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "E")
        assert khabar.app.screen is khabar.explorer
        assert "name or an article" in khabar.status()
        assert khabar.explorer.filter == Filter()


async def test_it_can_be_left_before_it_is_filled(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        for _ in range(4):
            khabar.explorer.action_dossier()
            await khabar.pilot.press("escape")
        await khabar.settle()
        while khabar.app.screen is not khabar.explorer:
            await khabar.press("escape")
        assert all(worker.is_finished for worker in khabar.app.workers)
        assert khabar.app._batch_count == 0


async def test_what_cannot_be_asked_is_said(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        content = seeds_corpus.read_bytes()
        seeds_corpus.write_bytes(b"no corpus" + content[9:])
        put_on(khabar, "بغداد")
        await khabar.press("enter")
        assert "is no khabar corpus" in khabar.shown()
        await khabar.press("enter", "a", "y", "escape")
        seeds_corpus.write_bytes(content)


async def test_a_statement_leads_to_its_sentence_and_a_kind_to_the_list(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        with open_reader(seeds_corpus) as reader:
            about = Subject((reader.entity(reader.find_entities(KADHIMI)[0].id),))
            found = dossiers.spoken(reader, about)
        assert found.count == 12
        line = put_on(khabar, "warns" if "warned" in dict(found.kinds) else "says")
        await khabar.press("enter")
        listed = khabar.app.screen
        assert isinstance(listed, StatementsSheet)
        assert len(listed.rows.ids) == int(line.figure)
        await khabar.press("escape")
        latest = found.latest[0]
        put_on(khabar, said(latest))
        await khabar.press("enter")
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.reader.sentence == (latest.sentence.start, latest.sentence.end)
        await khabar.press("backspace")
        row = sheet(khabar).rows.current_row
        assert row is not None
        assert row.text == said(latest)


async def test_a_role_has_its_days_and_its_holder(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        line = put_on(khabar, "رئيس الوزراء العراقي")
        days, holder = line.note.split(" · ")
        assert holder == "العراق"
        assert days.split(" – ") == sorted(days.split(" – "))
