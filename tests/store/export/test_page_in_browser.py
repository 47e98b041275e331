"""The page of a timeline in a real browser without a network: nothing beyond the edge, cut, reversed or asked for."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from html import escape
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from store.database import open_reader
from store.export import export
from tests.store.export import dated, hostile

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"
MEASURING = Path(__file__).with_name("measuring.js")
MEASURE = Path(__file__).with_name("measure.js")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
WIDTHS = (360, 800, 1400)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here (Debian: apt install chromium)")

Box = dict[str, float]


def browse(page: Path, folder: Path, *flags: str) -> str:
    """The DOM of `page` as the browser leaves it."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    return done.stdout.decode("utf-8")


def measured(page: Path, folder: Path, width: int, *flags: str, script: Path = MEASURE) -> dict[str, Any]:
    """What `script` finds in a copy of `page`, in which alone a script may run."""
    text, replaced = POLICY.subn("", page.read_text("utf-8"))
    assert replaced == 1
    scripts = MEASURING.read_text("utf-8") + script.read_text("utf-8")
    text = text.replace("</body>", f"<script>{scripts}</script></body>")
    around = folder / "around.html"
    # In a frame, as a window of the browser has a least width.
    around.write_text(
        '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<body><iframe width="{width}" height="900" style="border:0" srcdoc="{escape(text)}"></iframe></body>',
        "utf-8",
    )
    dom = browse(around, folder, "--window-size=1500,1000", *flags)
    found = re.search(r'<pre id="measured"[^>]*>([^<]+)</pre>', dom)
    assert found, dom[-500:]
    return dict(json.loads(base64.b64decode(found[1])))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    corpora = {
        "seeds": seeds_corpus_once,
        "kinds": dated.build(folder / "kinds.db"),
        "hostile": hostile.build(folder / "hostile.db"),
    }
    found = {}
    for name, corpus in corpora.items():
        found[name] = folder / f"{name}.html"
        with open_reader(corpus) as reader:
            found[name].write_text("".join(export(reader, "timeline", "html")), "utf-8")
    return found


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes do not overlap."""
    return (
        one["right"] <= other["left"] + 0.5
        or other["right"] <= one["left"] + 0.5
        or one["bottom"] <= other["top"] + 0.5
        or other["bottom"] <= one["top"] + 0.5
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["seeds", "kinds", "hostile"])
def test_the_page_fits(pages: dict[str, Path], tmp_path: Path, name: str, width: int) -> None:
    found = measured(pages[name], tmp_path, width)
    assert found["requests"] == []
    for state in ("first", "hijri", "narrowed"):
        seen = found[state]
        assert (seen["inner"], seen["direction"]) == (width, "rtl")
        assert seen["scroll"] <= width
        assert seen["beyond"] == []
        assert seen["cut"] == []
        for one, other in combinations(seen["labels"], 2):
            assert apart(one["box"], other["box"]), (state, one["text"], other["text"])
        for event in seen["events"]:
            assert all(apart(one, other) for one, other in combinations(event["opaque"], 2)), (state, event["id"])
        for one, other in pairwise(seen["events"]):
            assert one["box"]["bottom"] <= other["box"]["top"]


@pytest.mark.parametrize("width", WIDTHS)
def test_time_runs_from_top_to_bottom_and_from_right_to_left(
    pages: dict[str, Path], tmp_path: Path, width: int
) -> None:
    seen = measured(pages["seeds"], tmp_path, width)["first"]
    dates = [event["date"] for event in seen["events"]]
    assert (dates[0], dates[-1]) == ("2003", "1 أغسطس 2024")
    assert [heading for heading in seen["headings"] if heading.isdecimal()] == sorted(
        {date[-4:] for date in dates}, key=int
    )
    for event in seen["events"]:
        assert event["when"]["right"] >= event["said"]["right"]
        if width < 768:
            assert event["when"]["bottom"] <= event["said"]["top"]
        else:
            assert event["when"]["left"] >= event["said"]["right"]
    labels = [(int(label["text"]), label["box"]) for label in seen["labels"]]
    assert len(labels) >= 2
    for (year, box), (later, other) in pairwise(sorted(labels, key=lambda label: label[0])):
        assert box["left"] > other["right"], (year, later)
    bars = {bar["title"].split(":")[0]: bar["box"] for bar in seen["bars"]}
    assert bars["2003"]["right"] == pytest.approx(seen["axis"]["right"], abs=1)
    assert bars["أغسطس 2024"]["left"] == pytest.approx(seen["axis"]["left"], abs=1)
    # A year is as wide wherever it lies, and a month a twelfth of it.
    years = [bars[year]["right"] - bars[year]["left"] for year in ("2003", "2008", "2017")]
    assert years == pytest.approx([years[0]] * 3, rel=0.01)
    assert bars["ديسمبر 2021"]["right"] - bars["ديسمبر 2021"]["left"] == pytest.approx(31 * years[0] / 365, rel=0.05)


def test_dates_are_read_from_right_to_left(pages: dict[str, Path], tmp_path: Path) -> None:
    """The words of a date stand in logical order from the right, each number with its first figure on the left."""
    found = measured(pages["kinds"], tmp_path, 1400)
    assert {date["text"] for date in found["dates"]} >= {"3–9 فبراير 2020", "5 مارس 2020، الساعة 14:30", "1990 – 1999"}
    for date in found["dates"]:
        pieces = re.findall(r"[\d:]+|[^\d:]+", date["text"])
        by_line = sorted(date["painted"], key=lambda char: (round(char[1]), -char[0]))
        visual = "".join(char for _, _, char in by_line)
        expected = "".join(piece[::-1] if piece[0].isdecimal() else piece for piece in pieces)
        assert visual.replace(" ", "") == expected.replace(" ", ""), date["text"]


def test_what_is_said_of_an_event_can_be_told_without_colour(pages: dict[str, Path], tmp_path: Path) -> None:
    found = measured(pages["kinds"], tmp_path, 1400)
    edges = {event["edge"] for event in found["first"]["events"]}
    assert edges == {"solid", "dotted", "dashed", "double"}
    assert set(found["first"]["turned"]) == {"matrix(-1, 0, 0, 1, 0, 0)"}
    english = [event["quote"] for event in found["first"]["events"] if event["text"].startswith("The delegation")]
    assert english == ["ltr"]
    # Boxes left empty hide events and the headings over nothing.
    assert len(found["first"]["events"]) == 15
    left = [number for event in found["narrowed"]["events"] for number in re.findall(r"رقمه (\d+)", event["text"])]
    assert sorted(left, key=int) == ["5", "7", "8", "13"]
    assert found["narrowed"]["headings"] == ["2020", "فبراير 2020", "أبريل 2020", "مايو 2020", "2021"]
    assert "فبراير 2020" not in found["hijri"]["headings"]
    assert "جمادى الآخرة – رجب 1441 هـ" in found["hijri"]["headings"]


@pytest.mark.parametrize("flags", [(), (DARK,)], ids=["light", "dark"])
def test_it_can_be_read_by_day_and_by_night(pages: dict[str, Path], tmp_path: Path, flags: tuple[str, ...]) -> None:
    seen = measured(pages["kinds"], tmp_path, 800, *flags)["first"]
    assert seen["faint"] == []
    assert seen["paper"] == ("rgb(20, 23, 26)" if flags else "rgb(253, 252, 248)")


def test_hostile_texts_build_no_elements_and_nothing_is_asked_for(pages: dict[str, Path], tmp_path: Path) -> None:
    dom = browse(pages["hostile"], tmp_path)
    assert "<script" not in dom
    assert "&lt;script&gt;" in dom
    assert not re.search(r"""(?:src|href|action|data|poster)\s*=\s*["']?(?!#|["'#])""", re.sub(r">[^<]*<", "><", dom))
