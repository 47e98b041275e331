"""However many processes find what is in documents: the corpus is the same, and no document ends the others."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, verify
from store.errors import InputError
from store.extraction import Given, Item, Result, extract, outcomes
from store.ingest import Added, Known, Left, Progress, Rejected, add, analyse
from store.models import Analysis, Document, Source
from store.pool import Pool
from store.readers import Unread

PAGE = (
    "<html><head><title>عنوان {n}</title></head><body><nav><a href='/'>الرئيسية</a></nav><article>"
    "<h1>عنوان الخبر {n}</h1>"
    "<p>قال مصطفى الكاظمي في {n} ديسمبر 2021 إن القوات الأمريكية ستغادر بغداد قبل نهاية العام الجاري بحسب الاتفاق.</p>"
    "<p>وأضاف أن الحكومة العراقية تتابع تنفيذ ما اتفق عليه الجانبان في واشنطن خلال الأشهر الماضية.</p></article>"
    "</body></html>"
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty records, some of them the same or none at all, and pages alone and in an archive."""
    folder = tmp_path_factory.mktemp("in")
    lines = []
    for number in range(60):
        record = {"text": f"خبر رقم {number % 50}\n\nزار سامي حداد البصرة يوم {1 + number % 28} مارس 2021.", "id": "x"}
        lines.append(json.dumps(record) if number % 9 else "{")
    (folder / "records.jsonl").write_text("\n".join(lines))
    for number in range(1, 5):
        (folder / f"page{number}.html").write_text(PAGE.format(n=number))
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for number in range(3, 20):
            archive.writestr(f"page{number}.html", PAGE.format(n=number))
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n")
    (folder / "empty.html").write_text("<html></html>")
    return folder


def told(done: list[Progress]) -> list[tuple[object, ...]]:
    """What became of each input, without what may differ between runs."""
    found: list[tuple[object, ...]] = []
    for item in done:
        match item:
            case Added():
                found.append(("added", item.path, item.article, item.analysis))
            case Known():
                found.append(("known", item.path, item.article))
            case Rejected():
                found.append(("rejected", item.path, str(item.error)))
            case Left():
                found.append(("left", item.path, item.kind))
    return found


def test_it_is_the_same_however_many_work(everything: Path, tmp_path: Path) -> None:
    runs = []
    for jobs in (1, 3):
        path = tmp_path / f"{jobs}.db"
        done = list(add(path, [everything], jobs=jobs, published="2022-01-01"))
        assert not list(verify(path))
        with open_reader(path) as reader:
            articles = [reader.article(id_) for id_ in sorted(reader.article_ids(Filter(copies=True)))]
        runs.append((told(done), articles))
        assert {type(item) for item in list(add(path, [everything], jobs=jobs))} == {Known, Rejected, Left}
    assert runs[0] == runs[1]
    assert len(runs[0][1]) > 60
    assert told(list(add(tmp_path / "none.db", [everything], jobs=3, dry_run=True)))[:40]
    assert not (tmp_path / "none.db").exists()


def document(text: str) -> Document:
    return Document(text, Source("x.txt", "text", "1"), "0" * 64)


def test_given_words_go_before_those_of_a_page() -> None:
    page = Unread("html", PAGE.format(n=1).encode(), "p.html", "https://example.org/2020/05/01/x")
    ((found,),) = extract([page], Given("2021-05-05", "الشرق"))
    assert isinstance(found, Analysis)
    assert (found.document.published, found.published.basis, found.document.outlet) == ("2021-05-05", "given", "الشرق")
    assert found.document.url == "https://example.org/2020/05/01/x"


def test_what_ends_its_process_is_refused_and_the_others_go_on() -> None:
    pool = Pool(2)
    try:
        good = document("زار سامي حداد البصرة يوم 3 مارس 2021.")
        assert pool.submit([good], Given()).result() == [[analyse(good)]]
        broken = pool.submit([Deadly("x", Source("deadly.txt", "text", "1"), "1" * 64)], Given())
        with pytest.raises(BrokenExecutor):
            broken.result()
        (refused,) = pool.alone(Deadly("x", Source("deadly.txt", "text", "1"), "1" * 64), Given())
        assert isinstance(refused, InputError)
        assert refused.where == "deadly.txt"
        assert pool.alone(good, Given()) == [analyse(good)]
        assert pool.submit([good, good], Given()).result() == [[analyse(good)]] * 2
    finally:
        pool.close()


class Deadly(Document):
    """A document that ends whatever process gets it, as one does for which there is not enough memory."""

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return _die, (multiprocessing.current_process().pid,)


def _die(parent: int) -> None:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


_WITHOUT = """
import resource, sys
from pathlib import Path

if __name__ == "__main__":
    from store.ingest import Added, add

    processes = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    done = list(add(sys.argv[1], [Path(sys.argv[2])], jobs=2))
    print(sum(isinstance(item, Added) for item in done), len(done))
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may get at."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.parametrize("processes", [1, 4, 5, 8])
def test_a_machine_without_room_for_others_does_it_here(place: Path, processes: int) -> None:
    records = ({"text": f"خبر رقم {n}\n\nزار سامي حداد البصرة يوم {1 + n % 28} مارس 2021."} for n in range(50))
    (place / "records.jsonl").write_text("\n".join(map(json.dumps, records)))
    (place / "script.py").write_text(_WITHOUT)
    command = [sys.executable, "script.py", "c.db", "records.jsonl", str(processes)]
    if os.getuid() == 0:  # limits of processes do not hold for root
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("no setpriv")
        may = "+dac_override,+dac_read_search"
        command = [setpriv, "--reuid=65534", "--clear-groups", f"--inh-caps={may}", f"--ambient-caps={may}", *command]
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, timeout=100, check=False)
    assert (done.stdout, done.stderr) == ("50 50\n", "")
    assert not list(verify(place / "c.db"))


def test_what_is_waited_for_is_handed_on_at_once() -> None:
    asked: list[int] = []

    def stream() -> Iterator[Document]:
        for number in range(20):
            asked.append(number)
            yield document(f"زار سامي حداد البصرة للمرة {number}.")

    seconds = itertools.count()
    done = 0
    for portion in outcomes(stream(), Given(), lambda: Pool(1), clock=lambda: next(seconds)):
        done += len(portion)
        assert done == len(asked)
    assert done == 20


class Late:
    """A worker that gives a batch when the next one has been begun, by a clock that goes on whenever it gets one."""

    number, batch = 1, 8

    def __init__(self, seconds: float) -> None:
        self.now, self._seconds = 0.0, seconds
        self._begun: list[tuple[Future[list[list[Result]]], int]] = []

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        self.give()
        future: Future[list[list[Result]]] = Future()
        self._begun.append((future, len(items)))
        self.now += self._seconds
        return future

    def give(self) -> None:
        for future, size in self._begun:
            future.set_result([[InputError("was made", "x.txt")]] * size)
        self._begun.clear()

    def alone(self, item: Item, given: Given) -> list[Result]:
        raise AssertionError("no batch ends it")

    def close(self) -> None:
        pass


@pytest.mark.parametrize("alone", [0, 16])
@pytest.mark.parametrize(("seconds", "sizes"), [(0.01, [8, 16, 32, 64, 64, 64, 24]), (1.0, [8] * 34)])
def test_what_is_done_waits_for_others_but_not_for_long(seconds: float, sizes: list[int], alone: int) -> None:
    others = Late(seconds)

    def stream() -> Iterator[Document]:
        yield from [document("زار سامي حداد البصرة.")] * (272 + alone)
        others.give()

    portions = outcomes(stream(), Given(), lambda: others, alone=alone, clock=lambda: others.now)
    assert [len(portion) for portion in portions] == [1] * alone + sizes


def test_records_go_to_the_workers_at_once_and_a_few_files_to_none(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    few = tmp_path / "few"
    few.mkdir()
    for number in range(3):
        (few / f"{number}.txt").write_text(f"زار سامي حداد البصرة للمرة {number}.", "utf-8")
    records = tmp_path / "records.jsonl"
    lines = (json.dumps({"text": "زار سامي حداد البصرة للمرة الأولى. " * 40 + str(at)}) for at in range(40))
    records.write_text("\n".join(lines), "utf-8")
    assert records.stat().st_size > 200_000
    began: dict[Path, list[int]] = {few: [], records: []}
    for path, beside in began.items():
        for item in add(tmp_path / f"{path.name}.db", [path], jobs=2):
            assert isinstance(item, Added)
            beside.append(len(set(multiprocessing.active_children()) - before))
    assert began[few] == [0, 0, 0]
    assert began[records][0] > 0
