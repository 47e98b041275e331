"""`khabar dossier` and `khabar compare`: readable text, one object, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.database import open_reader
from tests.store.database.making import add_all, analysis
from tests.store.export.hostile import build
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

KADHIMI = "مصطفى الكاظمي"
OLDER = "وصل الوفد إلى غزّة صباح اليوم.\nثم التقى وزير الخارجية.\nوغادر مساء إلى أربيل."
NEWER = "وصل الوفد إلى غزة صباح الأحد.\nوأدلى بتصريح قصير للصحافة.\nثم التقى وزير الخارجية.\nوغادر مساء إلى أربيل."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(shutil.copy(seeds_corpus_once, home.folder / "seeds.db"))
    return home


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two versions of an article; and people of one surname."""
    home = Home(tmp_path_factory.mktemp("home"))
    path = home.folder / "c.db"
    add_all(
        path,
        [
            analysis(OLDER, published="2021-12-01", outlet="ألف", title="الأول"),
            analysis(NEWER, published="2021-12-02", outlet="باء", title="الثاني"),
            analysis("قال سامي حداد ورامي حداد.", [("سامي حداد", "PER"), ("رامي حداد", "PER")]),
        ],
    )
    home.env["KHABAR_CORPUS"] = str(path)
    return home


def test_all_that_is_known_of_a_person(home: Home) -> None:
    done = home.run("dossier", KADHIMI)
    assert (done.code, done.err) == (0, "")
    lines = done.out.split("\n")
    assert lines[0] == KADHIMI
    for heading in ("Spellings", "Articles when", "People named along with it", "Outlets"):
        assert heading in lines
    assert any(line.endswith("رئيس الوزراء العراقي  2, 5") for line in lines)
    assert done.out.isprintable() or all(line.isprintable() for line in lines)


def test_what_was_noted_is_told(versions: Home, tmp_path: Path) -> None:
    corpus = shutil.copy(versions.env["KHABAR_CORPUS"], tmp_path / "c.db")
    add = ("-c", str(corpus), "annotations", "add")
    versions.run(*add, "--entity", "سامي حداد", "--tag", "مهم", "--note", "من هو؟")
    versions.run(*add, "--article", "3", "--note", "راجع المصدر\nمرتين")
    done = versions.run("-c", str(corpus), "dossier", "سامي حداد")
    assert (done.code, done.err) == (0, "")
    assert "Noted of it: 2 of 2" in done.out
    assert "Noted of its articles and events: 1 of 1" in done.out
    assert "راجع المصدر" in done.out
    (found,) = versions.run("-c", str(corpus), "dossier", "سامي حداد", "--json").objects
    noted = found["annotations"]
    assert {(one["kind"], one["text"]) for one in noted["own"]} == {("tag", "مهم"), ("note", "من هو؟")}
    assert [(one["article"], one["text"]) for one in noted["told"]] == [(3, "راجع المصدر\nمرتين")]
    (other,) = versions.run("-c", str(corpus), "dossier", "--outlet", "ألف", "--json").objects
    assert other["annotations"] == {"own_count": 0, "own": [], "count": 0, "told": []}


def test_one_object(home: Home) -> None:
    (found,) = home.run("dossier", KADHIMI, "--json").objects
    assert found["entities"][0]["name"] == KADHIMI
    assert sum(one["articles"] for one in found["trend"]) + found["undated"] == found["articles"]
    assert sum(one["mentions"] for one in found["spellings"][0]) == found["mentions"][0]
    assert {one["text"] for one in found["roles"]["roles"]} >= {"رئيس الوزراء العراقي"}
    assert found["together"] is None
    assert found["first"]["published"]["value"] <= found["last"]["published"]["value"]
    with open_reader(Path(home.env["KHABAR_CORPUS"])) as reader:
        for role in found["roles"]["roles"]:
            for place in role["mentions"]:
                article = reader.article(place["article"])
                assert any(mention.mention.start == place["start"] for mention in article.mentions)


def test_of_two_and_of_an_outlet(home: Home) -> None:
    (pair,) = home.run("dossier", "العراق", KADHIMI, "--json").objects
    assert [row["name"] for row in pair["entities"]] == ["العراق", KADHIMI]
    assert pair["roles"] is None
    assert pair["together"]["count"] >= len(pair["together"]["sentences"]) > 0
    assert all("العراق" in one["text"] for one in pair["together"]["sentences"])
    (outlet,) = home.run("dossier", "--outlet", "المدن", "--json").objects
    assert (outlet["outlet"], outlet["articles"], outlet["entities"]) == ("المدن", 1, [])
    assert [one["how"] for one in outlet["told"] if one["stories"]] == ["alone"]
    assert "Sentences that name both" in home.run("dossier", "العراق", KADHIMI).out
    assert "Stories it tells" in home.run("dossier", "--outlet", "المدن").out


def test_a_name_that_may_be_several_is_refused_with_all_of_them(versions: Home) -> None:
    said = versions.run("dossier", "حداد").refused()
    assert "'حداد' may be" in said
    assert "سامي حداد, PER" in said
    assert "رامي حداد, PER" in said
    number = said.split("'#")[1].split("'")[0]
    assert versions.run("dossier", f"#{number}").out.split("\n")[0] in ("سامي حداد", "رامي حداد")


@pytest.mark.parametrize(
    "call", [(), ("a", "b", "c"), ("غزة", "--outlet", "ألف"), ("لا أحد",), ("--outlet", "لا أحد"), ("#99999",)]
)
def test_what_is_no_call_is_refused(versions: Home, call: tuple[str, ...]) -> None:
    assert versions.run("dossier", *call).refused()


def test_both_names_of_one_are_refused(home: Home) -> None:
    assert "both names mean" in home.run("dossier", KADHIMI, KADHIMI).refused()


def test_on_a_terminal_it_is_laid_out(home: Home) -> None:
    with Terminal([*KHABAR, "--bidi", "visual", "dossier", KADHIMI], 80, 200, home.env) as terminal:
        terminal.wait(lambda text: "Outlets" in text)
        shown = terminal.text()
    assert "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d" in shown
    assert "الكاظمي" not in shown


def test_what_differs_between_two_versions(versions: Home) -> None:
    done = versions.run("compare", "1", "2")
    assert (done.code, done.err) == (0, "")
    head, text = done.out.split("\n\n", 1)
    assert head.split("\n")[0] == "- 1, ألف, 2021-12-01"
    assert text == (
        "وصل الوفد إلى [≈غزّة|غزة≈] صباح [-اليوم-] {+الأحد+}.\n{+وأدلى بتصريح قصير للصحافة+}.\n"
        "ثم التقى وزير الخارجية.\nوغادر مساء إلى أربيل\n"
    )
    assert "words: 12 the same, 1 spelt otherwise, 1 only in the first, 5 only in the second" in head


def test_the_spans_of_what_differs(versions: Home) -> None:
    (found,) = versions.run("compare", "1", "2", "--json").objects
    assert (found["a"], found["b"]) == (1, 2)
    pieces = [(piece["kind"], OLDER[slice(*piece["a"])], NEWER[slice(*piece["b"])]) for piece in found["pieces"]]
    assert ("minor", "غزّة", "غزة") in pieces
    assert ("gone", "اليوم", "") in pieces
    assert ("come", "", "وأدلى بتصريح قصير للصحافة") in pieces
    assert all(one == other for kind, one, other in pieces if kind == "same")


def test_an_article_that_is_not_there(versions: Home) -> None:
    assert "holds no article 99" in versions.run("compare", "1", "99").refused()


def test_what_is_hostile_is_printable(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.env["KHABAR_CORPUS"] = str(build(tmp_path / "hostile.db"))
    (first, second, *_) = [row["id"] for row in home.run("articles", "--json").objects]
    (entity, *_) = [row["id"] for row in home.run("entities", "--json").objects]
    calls = [("compare", str(first), str(second)), ("compare", str(first), str(second), "--whole")]
    calls += [("dossier", f"#{entity}"), ("dossier", f"#{entity}", "--json")]
    for call in calls:
        done = home.run(*call)
        assert (done.code, done.err) == (0, "")
        assert all(line.isprintable() for line in done.out.split("\n")), call
