"""Adding that is killed at random moments, or told to end: `python -m tests.faults [KILLS]` (`make faults`).

After each kill the corpus has to open and verify; run to its end, the same command has to leave what it would have left
undisturbed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from store.answers import Filter
from store.database import bring_up_to_date, open_reader, verify

_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
"""What ends it: a lost terminal, too."""
_PAGE = """<html><head><title>خبر {n}</title></head><body><article><h1>خبر رقم {n}</h1>
<p>قال مصطفى الكاظمي في {d} ديسمبر 2021 إن القوات الأمريكية ستغادر بغداد قبل نهاية العام الجاري وفق الاتفاق {n}.</p>
<p>وأضاف سامي حداد من البصرة أن الحكومة العراقية تتابع تنفيذ الاتفاق رقم {n} خلال الأشهر المقبلة.</p></article></body>
</html>"""


def inputs(folder: Path) -> Path:
    """Records, pages, an archive and what is none of them."""
    folder.mkdir()
    records = [{"text": f"خبر رقم {n}\n\nزار سامي حداد البصرة في {1 + n % 28} مارس 2021 للمرة {n}."} for n in range(80)]
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n{\n", "utf-8")
    for number in range(20):
        (folder / f"{number}.html").write_text(_PAGE.format(n=number, d=1 + number), "utf-8")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for number in range(15, 40):
            archive.writestr(f"{number}.html", _PAGE.format(n=number, d=1 + number % 28))
    (folder / "empty.txt").touch()
    return folder


def add(corpus: Path, folder: Path) -> subprocess.Popen[bytes]:
    """The command, in a session of its own."""
    command = [
        sys.executable,
        "-m",
        "tui.cli",
        "-c",
        str(corpus),
        "add",
        "--entities",
        "fast",
        "--jobs",
        "2",
        str(folder),
    ]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)


def told(corpus: Path) -> list[tuple[object, ...]]:
    """What there is in a corpus, whatever the order it came in."""
    with open_reader(corpus) as reader:
        articles = [reader.article(id_) for id_ in reader.article_ids(Filter(copies=True))]
        return sorted(
            (one.document.digest, one.row.title, one.row.published.value or "", len(one.mentions), len(one.dates))
            for one in articles
        )


def run(kills: int, seed: int = 8) -> int:
    """Kills so many times; returns how many kills left a corpus. Raises AssertionError where something is lost."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = inputs(Path(place) / "in")
        whole = Path(place) / "whole.db"
        begun = time.monotonic()
        assert add(whole, folder).wait() == 1  # some of it is rejected
        took = time.monotonic() - begun
        expected, corpus, there = told(whole), Path(place) / "c.db", 0
        for number in range(kills):
            if number % 10 == 0:
                for each in Path(place).glob("c.db*"):
                    each.unlink()
            process = add(corpus, folder)
            try:
                process.wait(chance.uniform(0, took))
            except subprocess.TimeoutExpired:
                os.kill(process.pid, chance.choice(_SIGNALS))
                process.wait()
            if corpus.exists() and corpus.stat().st_size:
                there += 1
                bring_up_to_date(corpus)  # as every command does; it may have been killed while it was made
                assert not list(verify(corpus)), f"kill {number}"
        assert add(corpus, folder).wait() == 1
        assert told(corpus) == expected
        assert not list(verify(corpus))
        if shutil.which("pgrep"):
            left = subprocess.run(["pgrep", "-f", str(corpus)], capture_output=True, check=False).stdout
            assert not left, "processes are left"
    return there


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"faults: {wanted} kills, a corpus was there after {run(wanted)} of them: nothing lost, nothing twice")
