"""The whole way of a document: what is added, what is refused, and that nothing else suffers."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.errors import CorpusError, InputError
from store.ingest import Added, Known, Progress, Rejected, add, analyse, redate, undo
from store.models import Analysis, Document
from store.readers import read


def kinds(progress: list[Progress]) -> Counter[str]:
    return Counter(type(item).__name__ for item in progress)


def test_the_samples_are_added_once(seeds: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    first = list(add(path, [seeds]))
    assert kinds(first) == {"Added": 5}
    assert kinds(list(add(path, [seeds]))) == {"Known": 5}
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.article_ids()) == 5
        for item in first:
            assert isinstance(item, Added)
            assert item.article is not None
            stored = reader.article(item.article)
            assert stored.document == item.analysis.document
            assert stored.sentences == item.analysis.sentences
            assert tuple(mention.mention for mention in stored.mentions) == item.analysis.mentions
            if stored.row.published == item.analysis.published:  # else another article dated it afterwards
                assert stored.dates == item.analysis.dates


def test_what_the_samples_tell(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        found = reader.find_entities("مصطفى الكاظمي", "PER")
        assert [row.name for row in found] == ["مصطفى الكاظمي"]
        articles = reader.articles(reader.article_ids(Filter(entities=(found[0].id,))))
        assert sorted(Path(row.path).name[:3] for row in articles) == ["000", "001", "004"]
        values = {row.value for row in reader.events(reader.event_ids())}
        assert {"2021-12-09", "2020-01-05"} <= values
        assert len(reader.article_ids(Filter(query="بغداد"))) == 5
        assert len(reader.article_ids(Filter(query="امريكا"))) >= 1


def test_one_bad_document_never_stops_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text("الخبر الأول من بغداد.\n", "utf-8")
    (folder / "2.txt").write_bytes(b"")
    (folder / "3.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "4.jsonl").write_bytes(
        '{"text": "الخبر الثاني كاملا"}\n{"text": \n{"text": "الخبر الثالث كاملا"}\n'.encode()
    )
    (folder / "5.txt").write_text("الخبر الرابع من تونس.\n", "utf-8")
    path = tmp_path / "c.db"
    done = list(add(path, [folder, tmp_path / "missing.txt"]))
    assert kinds(done) == {"Added": 4, "Rejected": 4}
    rejected = [item for item in done if isinstance(item, Rejected)]
    for item, name in zip(rejected, ("2.txt", "3.txt", "4.jsonl", "missing.txt"), strict=True):
        assert name in item.path
        assert name in str(item.error)
    assert not list(verify(path))


def test_a_fault_in_extraction_is_a_rejection_that_names_the_document(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"الخبر رقم {number} من بغداد.\n", "utf-8")

    def brittle(document: Document) -> Analysis:
        if document.source.path.endswith("1.txt"):
            raise IndexError("list index out of range")
        return analyse(document)

    path = tmp_path / "c.db"
    done = list(add(path, [tmp_path / f"{number}.txt" for number in range(3)], analyse=brittle))
    assert [type(item) for item in done] == [Added, Rejected, Added]
    (fault,) = (item for item in done if isinstance(item, Rejected))
    assert "1.txt" in str(fault.error)
    assert "IndexError" in str(fault.error)
    assert isinstance(fault.error, InputError)
    assert not list(verify(path))


def test_a_rehearsal_writes_nothing(seeds: Path, tmp_path: Path) -> None:
    done = list(add(tmp_path / "c.db", [seeds, seeds], dry_run=True))
    assert kinds(done) == {"Added": 5, "Known": 5}
    assert not list(tmp_path.iterdir())


def test_what_the_caller_knows_is_given(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    text = "عنوان الخبر الطويل\n\nأعلنت الوزارة في بغداد أمس القرار.\n".encode()
    (item,) = add(path, ["-"], published="2021-12-14", outlet="صحيفة الأفق", stdin=io.BytesIO(text))
    assert isinstance(item, Added)
    with open_reader(path) as reader:
        row = reader.articles(reader.article_ids())[0]
    assert (row.published.value, row.published.basis, row.outlet) == ("2021-12-14", "given", "صحيفة الأفق")


def test_a_file_that_is_no_corpus_stops_at_once(seeds: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"not a database" * 100)
    with pytest.raises(CorpusError, match=r"junk\.db"):
        list(add(junk, [seeds]))
    assert junk.read_bytes() == b"not a database" * 100


def test_a_new_date_is_read_with_new_eyes(tmp_path: Path) -> None:
    text = "وصل الوفد إلى بغداد أمس وغادر اليوم بعد اجتماع طويل.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    path = tmp_path / "c.db"
    (item,) = add(path, [tmp_path / "a.txt"])
    assert isinstance(item, Added)
    assert item.article is not None
    for published, yesterday in (("2021-12-14", "2021-12-13"), ("2020-03-01", "2020-02-29")):
        redate(path, item.article, published)
        with open_reader(path) as reader:
            article = reader.article(item.article)
        assert article.row.published.value == published
        assert article.row.published.basis == "given"
        assert yesterday in {date.value for date in article.dates}
    for before in ("2021-12-13", None):
        assert "redate" in str(undo(path))
        with open_reader(path) as reader:
            article = reader.article(item.article)
        assert before is None or before in {date.value for date in article.dates}
    assert article.row.published == item.analysis.published
    assert article.dates == item.analysis.dates
    assert undo(path) is None
    assert not list(verify(path))


APRIL = """اتفاق على برنامج التدريب

الثلاثاء 14 ديسمبر 2021

توصلت وزارة الزراعة واتحاد المزارعين، خلال الجولة الثالثة من حوار الري، في أبريل الماضي، إلى اتفاق يقضي بإنهاء توزيع \
الحصص القديمة وحصر مهام اللجان المتبقية في التدريب.
"""
OPEN = """المزارعون يعودون إلى الحقول

قالت مصادر الأربعاء إن المزارعين عادوا إلى الحقول مع الأيام الأولى من العام الجديد.

وكانت الجولة الثالثة من حوار الري في أبريل الماضي انتهت إلى اتفاق يقضي بإنهاء توزيع الحصص القديمة وحصر مهام اللجان \
في التدريب.

وفي 26 ديسمبر الماضي أعلن الاتحاد افتتاح القناة.
"""
OTHER_YEAR = APRIL.replace("الثلاثاء 14 ديسمبر 2021", "الأربعاء 14 ديسمبر 2022")


def dated(path: Path) -> dict[str, str | None]:
    """The publication date of each article by its title; the corpus is whole."""
    assert not list(verify(path))
    with open_reader(path) as reader:
        return {row.title: row.published.value for row in reader.articles(reader.article_ids())}


def test_an_undated_article_is_dated_by_another_that_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / "april.txt").write_text(APRIL, "utf-8")
    (tmp_path / "open.txt").write_text(OPEN, "utf-8")
    (tmp_path / "other.txt").write_text(OTHER_YEAR, "utf-8")
    title = OPEN.split("\n")[0]
    alone = tmp_path / "alone.db"
    list(add(alone, [tmp_path / "open.txt"]))
    assert dated(alone)[title] is None
    for number, order in enumerate((["open.txt", "april.txt"], ["april.txt", "open.txt"])):
        together, apart = tmp_path / f"together{number}.db", tmp_path / f"apart{number}.db"
        list(add(together, [tmp_path / name for name in order]))
        for name in order:
            list(add(apart, [tmp_path / name]))
        for path in (together, apart):
            assert dated(path)[title] == "2022-01-05"
            with open_reader(path) as reader:
                row = next(r for r in reader.articles(reader.article_ids()) if r.title == title)
                assert row.published.basis == "inferred"
                assert "another article" in row.published.reason
                values = {event.value for event in reader.events(reader.event_ids(Filter(article=row.id)))}
                assert {"2021-12-26", "2021-04"} <= values
        # Witnesses that disagree say nothing, whenever they come.
        list(add(apart, [tmp_path / "other.txt"]))
        assert dated(apart)[title] is None


NO_YEAR = """بدء المحادثات بشأن القناة

بدأت اللجنة يوم السبت محادثات بشأن مستقبل القناة.

وقالت وزارة الزراعة، يوم الأربعاء 24 يناير، إن الأضرار الأخيرة التي لحقت بعدة محطات للضخ كانت أعمال تخريب متعمدة.

وتعهدت الوزارة يوم الأربعاء بإصلاح المحطات.
"""
WITH_YEAR = """الوزارة تتحدث عن تخريب متعمد

الخميس 25 يناير 2024

قالت وزارة الزراعة، يوم الأربعاء 24 يناير 2024، إن الأضرار الأخيرة التي لحقت بعدة محطات للضخ كانت أعمال تخريب متعمدة.
"""


def test_another_article_gives_a_weekday_its_year(tmp_path: Path) -> None:
    (tmp_path / "open.txt").write_text(NO_YEAR, "utf-8")
    (tmp_path / "year.txt").write_text(WITH_YEAR, "utf-8")
    title = NO_YEAR.split("\n")[0]
    for order in (["open.txt", "year.txt"], ["year.txt", "open.txt"]):
        path = tmp_path / f"{order[0]}.db"
        for name in order:
            list(add(path, [tmp_path / name]))
        assert dated(path)[title] == "2024-01-27"
        with open_reader(path) as reader:
            row = next(r for r in reader.articles(reader.article_ids()) if r.title == title)
            assert row.published.basis == "inferred"
            assert "يوم الأربعاء 24 يناير" in row.published.reason
            assert "another article" in row.published.reason
    # Of another year that day is no Wednesday: that article tells of something else, or is wrong.
    (tmp_path / "year.txt").write_text(WITH_YEAR.replace("2024", "2023").replace("الخميس", "الأربعاء"), "utf-8")
    alone = tmp_path / "alone.db"
    list(add(alone, [tmp_path / "open.txt", tmp_path / "year.txt"]))
    assert dated(alone)[title] is None


def test_reading_a_document_is_a_pure_function(seeds: Path) -> None:
    (path, *_) = sorted(seeds.glob("*.txt"))
    (document,) = read(path)
    assert isinstance(document, Document)
    assert analyse(document) == analyse(document)


def test_the_same_bytes_under_two_names_are_one_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("الخبر نفسه من بغداد مرتين.\n", "utf-8")
    done = list(add(tmp_path / "c.db", [tmp_path / "a.txt", tmp_path / "b.txt"]))
    assert [type(item) for item in done] == [Added, Known]


def test_undated_articles_are_asked_again_only_when_what_was_added_may_date_them(tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    for name, text in (
        ("open", "قالت الحكومة يوم الأربعاء 24 يناير إن الضربات الجوية على القواعد كانت أعمال عدوان.\n"),
        ("other", "افتتح الوزير المتحف في 3 مارس 2021 بحضور الضيوف.\n"),
        ("same", "افتتح الوزير المصنع في 24 يناير 2021 بحضور الضيوف.\n"),
    ):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        list(add(corpus, [tmp_path / f"{name}.txt"]))
    with open_writer(corpus) as writer:
        assert writer.open_articles([1]) == [1]
        assert writer.open_articles([2]) == []
        assert writer.open_articles([3]) == [1]
        assert writer.stretches()["01-24"] == [("2021-01-24", "2021-01-24")]
