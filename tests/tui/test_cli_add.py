"""`add` and `analyse` from outside: the sample articles, repeats, and input that is no article."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.store.readers.making import zipped
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

TEXT = "عنوان الخبر\n\nقال المتحدث في بغداد يوم 9 ديسمبر 2021 إن الأمر انتهى.\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Home:
    home = Home(tmp_path_factory.mktemp("seeded"))
    done = home.run("add", seeds)
    assert done.code == 0, done.err  # a line of progress may stand there: models are read first
    assert done.out.startswith("Added 5 articles to ")
    return home


def test_what_is_added_goes_to_the_default_corpus(seeded: Home) -> None:
    assert (seeded.folder / "data/khabar/corpus.db").is_file()
    assert len(seeded.run("articles", "--json").objects) == 5
    assert not (seeded.folder / "cache").exists()
    out = seeded.run().out
    assert "articles  5" in out
    assert "Sample" not in out


def test_adding_twice_adds_nothing(seeded: Home, seeds: Path) -> None:
    done = seeded.run("add", seeds)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Added 0 articles to ")
    assert "; 5 there already" in done.out
    assert seeded.run("verify").code == 0


def test_temporary_files_may_lie_deep(home: Home, seeds: Path) -> None:
    """Where clusters put them: a socket's path may have some 100 bytes."""
    deep = home.folder.joinpath(*["temporary files"] * 8)
    deep.mkdir(parents=True)
    done = home.run("add", "--jobs", "2", seeds, env={"TMPDIR": str(deep)})
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Added 5 articles to ")


def test_dry_run_writes_nothing(home: Home, seeds: Path) -> None:
    done = home.run("add", "--dry-run", seeds)
    assert done.code == 0
    assert "Would add 5 articles" in done.out
    assert "2021-12-14" in done.out
    assert list(home.folder.iterdir()) == []


def test_json_has_an_object_for_each_input(home: Home, seeds: Path) -> None:
    (home.folder / "empty.txt").touch()
    done = home.run("add", "--json", seeds, home.folder / "empty.txt")
    assert done.code == 1
    assert [row["status"] for row in done.objects] == ["added"] * 5 + ["rejected"]
    assert all({"path", "article", "title", "published", "outlet"} <= set(row) for row in done.objects[:5])
    assert "empty.txt" in done.objects[5]["error"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 64),
        ("broken.jsonl", '{"text": "نص الخبر هنا"}\n{"text": \n'.encode()),
        ("name\x1b[2J.txt", b""),
    ],
)
def test_bad_input_is_named_and_the_rest_goes_on(home: Home, name: str, content: bytes) -> None:
    (home.folder / name).write_bytes(content)
    (home.folder / "good.txt").write_text(TEXT, "utf-8")
    done = home.run("add", home.folder / name, home.folder / "good.txt")
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert line.isprintable()
    assert name.split("\x1b")[0].split(".")[0] in line
    assert "Traceback" not in done.err
    assert "1 rejected" in done.out
    assert "عنوان الخبر" in home.run("articles").out


def test_dates_that_cannot_be_read_are_counted_and_lose_nothing(home: Home) -> None:
    feed = home.folder / "feed.jsonl"
    dates = ["2021-12-14", "أمس", "soon", None]
    rows = [{"text": f"قال الناطق إن الأمر {n} انتهى.", "published": date} for n, date in enumerate(dates)]
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = home.run("add", "--dry-run", "--json", feed)
    assert (done.code, done.err) == (0, "")
    assert [row.get("unread_date") for row in done.objects] == [None, "أمس", "soon", None]
    done = home.run("add", feed)
    assert (done.code, done.err) == (0, "")
    assert f'2 dates of publication could not be read, the first in {feed}:2: "أمس"; ' in done.out
    assert "khabar edit redate" in done.out
    shown = home.run("show", "2", "--json").objects[0]
    assert shown["published"]["value"] is None
    assert home.run("rejected").out == "Nothing is rejected.\n"
    feed.write_text(json.dumps(rows[2] | {"text": "قال الناطق إن أمراً آخر انتهى."}) + "\n", "utf-8")
    arabic = home.run("add", feed, env={"LANG": "ar_IQ.UTF-8", "LC_ALL": "ar_IQ.UTF-8"})
    assert f"تعذرت قراءة تاريخ النشر في {feed}:1: «soon»؛" in arabic.out


def test_both_days_that_a_date_may_be_are_told(home: Home) -> None:
    feed = home.folder / "feed.jsonl"
    text = "قال الناطق إن الأمر انتهى."
    feed.write_text(json.dumps({"text": text, "published": "03/04/2021"}) + "\n", "utf-8")
    done = home.run("add", "--dry-run", feed)
    assert (done.code, done.err) == (0, "")
    assert f'in {feed}:1 could not be read: "03/04/2021" (2021-04-03 or 2021-03-04); the article is' in done.out
    arabic = home.run("add", feed, env={"LANG": "ar_IQ.UTF-8", "LC_ALL": "ar_IQ.UTF-8"})
    assert "«03/04/2021» (2021-04-03 أو 2021-03-04)؛" in arabic.out
    asked = home.run("analyse", "--jsonl", feed)
    assert asked.code == 1
    assert asked.err == f'khabar: {feed}:1: "published" may be two dates: "03/04/2021"; ' + (
        "write it like 2021-04-03 or 2021-03-04\n"
    )


def test_a_missing_path_is_named(home: Home) -> None:
    done = home.run("add", "no-such-file")
    assert done.code == 1
    assert "no-such-file" in done.err


def test_a_name_that_is_no_utf8(home: Home) -> None:
    path = bytes(home.folder) + b"/\xe3\xcf.txt"
    Path(path.decode("utf-8", "surrogateescape")).write_text(TEXT, "utf-8")
    assert home.run("add", path).code == 0
    assert len(home.run("articles", "--json").objects) == 1
    assert home.run("articles").code == 0


def test_stdin_with_what_the_caller_knows(home: Home) -> None:
    done = home.run("add", "--published", "2021-12-14T06:17", "--outlet", "الخليج الجديد", "-", stdin=TEXT)
    assert (done.code, done.err) == (0, "")
    (row,) = home.run("articles", "--json").objects
    assert row["published"] == {"value": "2021-12-14T06:17", "basis": "given"}
    assert row["outlet"] == "الخليج الجديد"


def test_progress_is_shown_on_a_terminal_and_cleared(home: Home, seeds: Path) -> None:
    with Terminal([*KHABAR, "add", str(seeds)], 300, 10, home.env) as terminal:
        assert terminal.ended() == 0
        assert b" added, 0 known, 0 rejected" in terminal.written
        first, *summary = (line for line in terminal.text().splitlines() if line.strip())
    assert first.startswith("Added 5 articles to ")
    assert not any("added" in line for line in summary)


def test_the_summary_says_what_was_taken_left_and_rejected(home: Home, seeds: Path) -> None:
    shutil.copytree(seeds, home.folder / "in")
    (home.folder / "in" / "empty.txt").touch()
    (home.folder / "in" / "none.txt").write_text(" ")
    (home.folder / "in" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (home.folder / "in" / "saved.html").write_text(" ")
    (home.folder / "in" / "saved_files").mkdir()
    (home.folder / "in" / "saved_files" / "frame.txt").write_text(TEXT)
    done = home.run("add", "--dry-run", home.folder / "in")
    assert done.code == 1
    at = done.out.index("Would add 5 articles")
    words = " ".join(done.out[at:].split())
    assert "; 3 rejected; 2 left out would come from outlet published plain text 5 " in words
    assert " شفق نيوز 1 " in words
    assert " undated 3 " in words
    assert words.endswith("left out 1 pictures 1 files of saved pages rejected 3 is empty")
    assert len(done.err.splitlines()) == 3


def test_the_summary_fits_a_terminal_in_visual_order(home: Home, seeds: Path) -> None:
    with Terminal([*KHABAR, "add", "--dry-run", str(seeds)], 80, 40, home.env) as terminal:
        assert terminal.ended() == 0
        lines = terminal.text().splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("would come from"))
    assert not any("الشرق" in line for line in lines[first:])
    assert any(unicodedata.normalize("NFKC", line[::-1]).find("الشرق") >= 0 for line in lines[first:])


def test_a_table_with_columns_of_its_own(home: Home) -> None:
    path = home.folder / "export.csv"
    path.write_text(f'day;body;desk\n14/12/2021;"{TEXT}";العراق\n', "utf-8")
    done = home.run("add", "--map", "text=article", path)
    assert done.err == f'rejected: {path}: has no column "article"; its columns are: day, body, desk\n'
    done = home.run("add", "--json", "--map", "published=day,title=desk", path)
    assert (done.code, done.err) == (0, "")
    (row,) = done.objects
    assert (row["title"], row["published"]["value"]) == ("العراق", "2021-12-14")
    for wrong, says in (
        ("body", "write text=COLUMN"),
        ("words=body", "is nothing that a column can hold"),
        ("text=", "without text there is no article"),
    ):
        assert says in home.run("add", "--map", wrong, path).refused()


def test_archives_through_a_pipe(home: Home) -> None:
    done = home.run("add", "-", stdin=zipped({"folder/a.txt": TEXT.encode(), "logo.png": b"x"}))
    assert (done.code, done.err) == (0, "")
    (row,) = home.run("articles", "--json").objects
    assert "; 1 left out" in done.out
    assert home.run("show", str(row["id"]), "--json").objects[0]["path"] == "stdin/folder/a.txt"


def test_what_is_named_is_never_left_out(home: Home) -> None:
    picture = home.folder / "in" / "photo.jpg"
    picture.parent.mkdir()
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    done = home.run("add", picture)
    assert done.code == 1
    assert "photo.jpg: is a picture" in done.err
    done = home.run("add", "--json", picture.parent)
    assert (done.code, done.err) == (0, "")
    assert done.objects == [{"path": str(picture), "status": "left", "kind": "pictures"}]


def test_analyse_gives_what_is_promised_and_stores_nothing(home: Home, seeds: Path) -> None:
    path = next(seeds.glob("000*"))
    done = home.run("analyse", path)
    assert (done.code, done.err) == (0, "")
    (found,) = done.objects
    text = path.read_text("utf-8")
    promised = "id title outlet published blocks sentences mentions dates events quotes"
    assert set(promised.split()) <= set(found)
    assert found["title"]["text"] == text[found["title"]["start"] : found["title"]["end"]]
    assert found["published"]["value"].startswith("2021-12-14")
    assert found["published"]["basis"] == "header"
    for kind, fields in {
        "mentions": "start end text type name entity score",
        "dates": "start end text type value mod earliest latest precision modality anchor rule",
        "events": "start end value earliest latest modality names",
    }.items():
        assert found[kind], kind
        assert set(fields.split()) <= set(found[kind][0])
    for span in (*found["mentions"], *found["dates"]):
        assert text[span["start"] : span["end"]] == span["text"]
    assert list(home.folder.iterdir()) == []


def test_analyse_reads_stdin_and_takes_a_date(home: Home) -> None:
    (found,) = home.run("analyse", "--published", "2020-05-01", stdin=TEXT).objects
    assert (found["published"]["value"], found["published"]["basis"]) == ("2020-05-01", "given")


def test_analyse_jsonl_answers_every_line_in_order_with_its_id(home: Home) -> None:
    lines = [
        json.dumps({"id": "أ", "text": TEXT, "published": "2021-12-14"}),
        "",
        '{"id": 7, "text": ',
        json.dumps({"id": 8, "text": 8}),
        json.dumps({"id": {"a": [1]}, "text": TEXT}),
        json.dumps(["text"]),
        json.dumps({"id": "x\x1b[2J", "text": TEXT, "published": "soon"}),
        "[" * 100_000,
        json.dumps({"text": TEXT}),
        json.dumps({"id": "z", "text": TEXT, "published": None}),
    ]
    done = home.run("analyse", "--jsonl", stdin="\n".join(lines))
    assert done.code == 1
    assert [row["id"] for row in done.objects] == ["أ", None, 8, {"a": [1]}, None, "x\x1b[2J", None, None, "z"]
    assert ["error" in row for row in done.objects] == [False, True, True, False, True, True, True, False, False]
    assert len(done.err.splitlines()) == 5
    assert all(line.isprintable() for line in done.err.splitlines())
    assert done.objects[0]["published"] == done.objects[0]["published"] | {"value": "2021-12-14", "basis": "given"}


def test_analyse_jsonl_counts_the_code_points_it_was_given(home: Home) -> None:
    text = "\ufeffعنوان\r\n\r\nزار الرئيس بغداد\x07 يوم 9 ديسمبر 2021.\r\nثم غادر القاهرة في 10 ديسمبر 2021.\r\n"
    (found,) = home.run("analyse", "--jsonl", stdin=json.dumps({"id": 1, "text": text})).objects
    assert {date["value"] for date in found["dates"]} == {"2021-12-09", "2021-12-10"}
    for span in (*found["mentions"], *found["dates"]):
        assert text[span["start"] : span["end"]] == span["text"]


def test_analyse_jsonl_answers_while_it_reads(home: Home) -> None:
    with Terminal(["bash", "-c", f"stty -echo; {' '.join(KHABAR)} analyse --jsonl"], 200, 50, home.env) as terminal:
        terminal.wait(lambda shown: "Ctrl+D" in shown)
        terminal.send('{"id": "first", "text": "x"}\n')
        terminal.wait(lambda shown: '{"id": "first"' in shown)
        terminal.send("\x04")
        assert terminal.ended() in (0, 1)
