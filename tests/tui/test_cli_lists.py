"""Lists, `show` and the overview over a corpus whose texts are hostile."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from store.database import open_writer
from tests.store.database.inventing import document
from tests.store.database.making import analysis
from tests.store.export.hostile import TITLES, build
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal
from tui.arabic import layout_paragraph
from tui.arabic.modes import GUARD, simulate_runs
from tui.cli import main

READING = [
    ["articles"],
    ["entities"],
    ["outlets"],
    ["timeline"],
    ["timeline", "--by", "month"],
    ["search", "زيد"],
    ["show", "1"],
    ["show", "1", "--whole"],
    ["verify"],
    [],
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(build(home.folder / "hostile.db"))
    return home


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_piped_output_is_printable_and_unshaped(home: Home, command: list[str]) -> None:
    done = home.run(*command)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    assert all(line.isprintable() for line in done.out.split("\n"))
    assert not any("\ufb50" <= char <= "\ufefc" for char in done.out)


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("columns", [80, 40])
def test_a_terminal_gets_joined_letters_in_visual_order_within_its_width(
    home: Home, command: list[str], columns: int
) -> None:
    with Terminal([*KHABAR, *(command or ["articles"])], columns, 200, home.env) as terminal:
        assert terminal.ended() == 0
        shown = terminal.text()
    assert "زيد" not in shown
    assert "بغداد" not in shown
    if command[:1] in (["articles"], ["show"], ["entities"]):
        assert any("\ufe70" <= char <= "\ufefc" for char in shown)
    for line in terminal.written.decode().split("\r\n"):
        assert "\x1b]" not in line.replace("\x1b]50;", "")


def test_rows_take_one_line_each_on_a_narrow_terminal(home: Home) -> None:
    with Terminal([*KHABAR, "articles"], 50, 60, {**home.env, "NO_COLOR": "1"}) as terminal:
        assert terminal.ended() == 0
        lines = [line for line in terminal.text().splitlines() if line.strip()]
    assert len(lines) == 1 + len(TITLES)
    assert b"\x1b[1m" not in terminal.written


@pytest.mark.parametrize(("columns", "under"), [(60, True), (80, True), (120, False), (200, False)])
def test_sentences_of_the_timeline_go_under_their_rows_on_a_narrow_terminal(
    home: Home, columns: int, under: bool
) -> None:
    command = ["--sample", "--bidi", "visual", "timeline", "--from", "2014", "--to", "2014-08", "--json"]
    (event,) = home.run(*command).objects
    sentence = event["sentences"][0]["text"]
    with Terminal([*KHABAR, *command[:-1]], columns, 30, home.env) as terminal:
        assert terminal.ended() == 0
        lines = [line.rstrip() for line in terminal.text().splitlines()[1:] if line.strip()]
    assert ("sentence" in lines[0]) is not under
    assert lines[1].startswith("2014")
    room = columns - 4
    wrapped = [" " * (room - line.width) + line.visual() for line in layout_paragraph(sentence, room)]
    assert (lines[2:] == wrapped) is under
    assert len(lines) == (2 + len(wrapped) if under else 2)


def test_a_long_sentence_is_cut_under_its_row(home: Home, tmp_path: Path) -> None:
    text = f"وفي 3 مايو 2021 {'قال فلان ' * 60}شيئا."
    with open_writer(tmp_path / "long.db") as writer:
        writer.add(analysis(text, [], [("3 مايو 2021", "2021-05-03")], "2021-05-04"))
    command = ["-c", str(tmp_path / "long.db"), "timeline"]
    assert home.run(*command).out.splitlines()[1].rstrip().endswith("شيئا.")
    with Terminal([*KHABAR, *command], 60, 30, home.env) as terminal:
        assert terminal.ended() == 0
        lines = [line for line in terminal.text().splitlines() if line.strip()]
    assert 4 <= len(lines) <= 6
    assert lines[-1].strip().startswith("…")


@pytest.mark.parametrize(
    "command", [["articles"], ["show", "1"], ["search", "زيد"], ["--sample", "timeline", "--to", "2011"]], ids=" ".join
)
def test_a_terminal_that_reorders_shows_what_others_show(home: Home, command: list[str]) -> None:
    with Terminal([*KHABAR, "--bidi", "visual", *command], 79, 60, home.env) as plain:
        assert plain.ended() == 0
    with Terminal([*KHABAR, *command], 80, 60, {**home.env, "KHABAR_BIDI": "runs"}) as reordering:
        assert reordering.ended() == 0
    assert "زيد" not in plain.text()
    for seen, sent in zip(plain.screen.display, reordering.screen.display, strict=True):
        shown = "".join(glyph for glyph, _ in simulate_runs([(char, None) for char in sent.rstrip()]))
        assert shown.replace(GUARD, " ")[1:].rstrip() == seen.rstrip()


def test_headings_are_bold_on_a_terminal_that_may_be_styled(home: Home) -> None:
    with Terminal([*KHABAR, "articles"], 80, 60, home.env) as terminal:
        assert terminal.ended() == 0
    assert b"\x1b[1m" in terminal.written


def test_articles_json_has_the_fields_promised(home: Home) -> None:
    found = home.run("articles", "--json").objects
    assert len(found) == len(TITLES)
    assert {row["title"] for row in found} == set(TITLES)
    for row in found:
        assert {"id", "title", "published", "outlet", "path"} <= set(row)
        assert row["published"] == {"value": "2021-12-14", "basis": "given"}


def test_search_json_adds_a_snippet(home: Home) -> None:
    found = home.run("search", "--json", "زيد").objects
    assert len(found) == len(TITLES)
    assert all("زيد" in row["snippet"] for row in found)


def test_a_query_of_several_words_needs_no_quotes(home: Home) -> None:
    assert home.run("search", "--json", "زيد", "بغداد").objects == home.run("search", "--json", "زيد بغداد").objects


def test_latin_letters_find_arabic_names_and_say_so(home: Home) -> None:
    arabic = home.run("search", "--json", "بغداد").objects
    assert home.run("search", "--json", "baghdad").objects == arabic
    assert home.run("search", "baghdad").out.startswith("baghdad is read as بغداد\n")
    for alone in (["--no-latin", "baghdad"], ["=baghdad"]):
        assert home.run("search", "--json", *alone).objects == []
    done = home.run("articles", "--json", "--entity", "zayd ibn ali")
    assert done.objects == home.run("articles", "--json", "--entity", "زيد بن علي").objects
    assert done.err == "khabar: zayd ibn ali is read as زيد بن علي\n"


def test_what_is_no_field_is_told_and_searched_for_as_text(home: Home) -> None:
    done = home.run("search", "--json", "entty:بغداد")
    assert (done.code, done.err) == (0, "khabar: no field is called 'entty'; did you mean 'entity'?\n")
    assert done.objects == home.run("search", "--json", "entty بغداد").objects
    done = home.run("export", "articles", "--query", "covid:19")
    assert (done.code, done.err) == (0, "khabar: no field is called 'covid': it is searched for as a word\n")
    done = home.run("search", "soruce:baghdad", env={"LC_ALL": "ar_IQ.UTF-8"})
    assert "لا حقل باسم 'soruce'؛ أتقصد 'outlet'؟" in done.err
    for plain in ("قال: نعم", "12:30", "http://example.org"):
        assert "field" not in home.run("search", plain).err


def test_search_by_relevance_finds_the_same_in_another_order(home: Home) -> None:
    newest, ranked, best = (
        home.run("search", "--json", "--order", order, "زيد") for order in ("newest", "relevance", "best")
    )
    assert sorted(row["id"] for row in ranked.objects) == sorted(row["id"] for row in newest.objects)
    assert ranked.err == best.err == ""
    assert best.objects == ranked.objects
    assert len(home.run("search", "--json", "--order", "relevance", "--limit", "1", "زيد").objects) == 1


def test_search_by_relevance_says_when_it_ranks_the_newest_alone(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # last where it comes from: a module read after that would keep the 1 for good
    for module in ("store.database.ranking", "store.database.reading", "store.answers"):
        monkeypatch.setattr(f"{module}.RANKED", 1)
    assert main(["-c", home.env["KHABAR_CORPUS"], "search", "--json", "--order", "relevance", "زيد"]) == 0
    assert capsys.readouterr().err == f"Ranked among the newest 1 of {len(TITLES)}.\n"
    assert main(["-c", home.env["KHABAR_CORPUS"], "search", "--json", "--order", "best", "زيد"]) == 0
    assert capsys.readouterr().err == ""


def test_entities_json_has_the_fields_promised(home: Home) -> None:
    found = {row["name"]: row for row in home.run("entities", "--json").objects}
    assert set(found) == {"زيد بن علي", "بغداد"}
    assert {"id", "name", "type", "mentions", "articles", "entity"} <= set(found["بغداد"])
    assert (found["بغداد"]["type"], found["بغداد"]["articles"]) == ("LOC", len(TITLES))


def test_timeline_json_has_the_fields_promised(home: Home) -> None:
    found = home.run("timeline", "--json").objects
    assert found
    for row in found:
        assert {"value", "earliest", "latest", "precision", "modality", "names", "articles", "sentences"} <= set(row)
        assert all({"article", "start", "end", "text"} <= set(sentence) for sentence in row["sentences"])


def test_timeline_by_month_counts(home: Home) -> None:
    events = home.run("timeline", "--json").objects
    (bucket,) = home.run("timeline", "--by", "month", "--json").objects
    assert bucket == {"value": "2021-12", "events": len(events)}


def test_show_json_holds_spans_of_its_text(home: Home) -> None:
    (found,) = home.run("show", "1", "--json").objects
    text = found["text"]
    assert found["mentions"]
    for mention in found["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_show_reads_as_text(home: Home) -> None:
    out = home.run("show", "1").out
    assert "- قال زيد بن علي في بغداد يوم 9 ديسمبر 2021" in out
    assert "People\nزيد بن علي" in out


@pytest.mark.parametrize(
    ("narrow", "count"),
    [
        (["--entity", "زيد بن علي"], 5),
        (["--entity", "زَيْد بن عليّ"], 5),
        (["--entity", "بغداد", "--entity", "زيد بن علي"], 5),
        (["--entity", "بغداد", "--from", "2021", "--to", "2021-12"], 5),
        (["--from", "2021-12-14", "--to", "2021-12-14"], 5),
        (["--from", "٢٠٢٢"], 0),
        (["--to", "2021-11"], 0),
        (["--outlet", "@منفذ"], 5),
        (["--type", "loc"], 5),
        (["--type", "ORG"], 0),
        (["--limit", "2"], 2),
        (["--limit", "0"], 0),
    ],
    ids=str,
)
def test_filters(home: Home, narrow: list[str], count: int) -> None:
    done = home.run("articles", "--json", *narrow)
    assert (done.code, len(done.objects)) == (0, count)


def test_an_entity_can_be_named_by_its_number(home: Home) -> None:
    number = home.run("entities", "--type", "LOC", "--json").objects[0]["id"]
    assert len(home.run("articles", "--entity", f"#{number}", "--json").objects) == len(TITLES)


def test_nothing_found_is_said_on_stderr_and_is_no_error(home: Home) -> None:
    done = home.run("search", "لاوجودلهذه")
    assert (done.code, done.out, done.err) == (0, "", "No article matches.\n")
    done = home.run("search", "--json", "لاوجودلهذه")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1", "POSIX"])
def test_output_is_utf8_whatever_the_locale(home: Home, locale: str) -> None:
    done = home.run("articles", env={"LC_ALL": locale, "PYTHONCOERCECLOCALE": "0"})
    assert (done.code, done.err) == (0, "")
    assert "عاجل" in done.out


def test_a_reader_that_leaves_ends_it_quietly(home: Home) -> None:
    for command in ("articles --json", "export mentions --format csv", "--help"):
        pipe = f"{subprocess.list2cmdline(KHABAR)} {command} | true"
        done = subprocess.run(
            ["bash", "-c", f"{pipe}; exit ${{PIPESTATUS[0]}}"], env=home.env, capture_output=True, check=False
        )
        assert done.stderr == b""
        assert done.returncode in (0, 141)


@pytest.mark.parametrize(
    "command", [["articles"], ["export", "articles", "--format", "html"], ["--help"]], ids=" ".join
)
def test_a_full_disk_is_one_sentence(home: Home, command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = home.run(*command, stdout=full.fileno())
    assert done.code == 2
    assert done.err == "khabar: the output cannot be written: no space left on device\n"


def test_export_writes_a_file_whole_or_not_at_all(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "graph.gexf"
    done = home.run("export", "graph", "-o", target)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.read_text().startswith("<?xml")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.gexf"]
    over_it = home.run("export", "articles", "--format", "csv", "-o", home.env["KHABAR_CORPUS"])
    assert "is the corpus itself" in over_it.refused()
    assert home.run("verify").code == 0


def test_export_to_stdout_is_what_the_file_would_be(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "timeline.csv"
    assert home.run("export", "timeline", "-o", target).code == 0
    assert home.run("export", "timeline", "--format", "csv").out == target.read_text("utf-8")


@pytest.mark.parametrize(
    ("suffix", "begins"), [("txt", "الخط الزمني"), ("md", "# الخط الزمني"), ("html", "<!doctype html>")]
)
def test_what_a_file_ends_with_says_the_form(home: Home, tmp_path: Path, suffix: str, begins: str) -> None:
    target = tmp_path / f"timeline.{suffix}"
    done = home.run("export", "timeline", "--entity", "بغداد", "-o", target)
    assert (done.code, done.out, done.err) == (0, "", "")
    written = target.read_text("utf-8")
    assert written.startswith(begins)
    assert "الأسماء: بغداد" in written
    assert written == home.run("export", "timeline", "--entity", "بغداد", "-f", suffix).out


def test_copies_of_a_story_are_one_row_unless_each_is_asked_for(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.env["KHABAR_CORPUS"] = str(tmp_path / "c.db")
    with open_writer(tmp_path / "c.db") as writer:
        for number in range(3):
            writer.add(document(number, [1], 1, [], [], 0 if number < 2 else None))
        list(writer.place_copies())
    found = home.run("articles", "--json").objects
    assert [(row["id"], row["copies"], row["outlets"]) for row in found] == [(3, 0, 0), (2, 2, 2)]
    assert [row["id"] for row in home.run("articles", "--json", "--copies").objects] == [3, 2, 1]
    assert [row["id"] for row in home.run("search", "--json", "بغداد", "--outlet", "ألف").objects] == [3, 1]
    assert len(home.run("export", "articles").objects) == 3
    assert len(home.run("export", "timeline").objects) == 0


@pytest.mark.parametrize(
    ("query", "same"),
    [
        (("القوات", "-داعش"), "القوات NOT داعش"),
        (("القوات", "-outlet:المدن"), "القوات NOT outlet:المدن"),
        (("القوات", '-"قوات التحالف"', "--limit", "2"), 'القوات NOT "قوات التحالف"'),
    ],
)
def test_what_is_left_out_of_a_search_need_not_be_quoted(home: Home, query: tuple[str, ...], same: str) -> None:
    done, wanted = home.run("--sample", "search", *query, "--json"), home.run("--sample", "search", same, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == wanted.out.splitlines()[: 2 if "--limit" in query else None]
