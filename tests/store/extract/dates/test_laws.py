"""What holds of every text: surfaces, order, linear time, light imports, nothing guessed."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.extract.dates import find, grammar
from store.extract.dates.glance import Glance
from store.extract.dates.lexicon import WORDS_KEPT
from store.extract.dates.spans import span_of
from store.models import Block, DateMention, Sentence
from store.text.fold import fold_with_map
from store.text.sentences import split
from tests.store.extract.dates import scoring
from tests.store.extract.dates.scoring import found

_WORDS = (
    *("في", "من", "إلى", "و", "عام", "سنة", "شهر", "يوم", "الأحد", "أمس", "غداً", "قبل", "بعد", "منذ", "الساعة"),
    *("الماضي", "المقبل", "مساءً", "مارس", "تشرين الثاني", "(", ")", "/", "-", "،", ".", "رمضان", "الـ", "هـ", "م"),
    *("ثلاثة", "عشر", "ألفين", "وأربعين", "أيام", "سنوات", "نصف", "ساعة", "كل", "الأول", "14", "2021", "1445"),
    *("14/12/2021", "06:17", "١٥", "الموافق", "نهاية", "الربع", "القرن", "قال", "سيصل", "…", "ﷺ", "مُحَمَّد", "\n"),
)
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=25).flatmap(
    lambda words: st.sampled_from((" ", "", "ـ ", "  ")).map(lambda gap: gap.join(words))
)


def _check(text: str, mentions: list[DateMention]) -> None:
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text != ""
        assert (mention.earliest is None) == (mention.latest is None)
        assert mention.earliest is None or mention.latest is None or mention.earliest <= mention.latest
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@settings(max_examples=400)
@given(_TEXTS, st.sampled_from([None, "2021-12-14", "2024-02-29T23:59", "no date"]))
def test_any_text(text: str, anchor: str | None) -> None:
    _check(text, found(text, anchor))


@pytest.mark.parametrize("anchor", ["0001-01-01", "0001-12-31T23:59", "0003-02-28", "9997-01-01", "9999-12-31T23:59"])
def test_any_phrase_at_the_ends_of_the_calendar(anchor: str) -> None:
    for row in (*scoring.rows_of("dates_phrases.tsv"), *scoring.rows_of("dates_phenomena.tsv")):
        _check(row["sentence"], found(row["sentence"], anchor))


@given(st.text(max_size=80))
def test_any_characters(text: str) -> None:
    _check(text, found(text, "2021-12-14"))


@given(_TEXTS)
def test_without_an_anchor_nothing_depends_on_today(text: str) -> None:
    for mention in found(text, None):
        assert mention.anchor is None or any(mention.anchor == other.value for other in found(text, None))


@given(st.text("اأإآبـّىةَُ…ﷺ٣ x", min_size=1, max_size=40), st.data())
def test_spans_are_those_of_the_fold(source: str, data: st.DataObject) -> None:
    folded = fold_with_map(source)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    assert span_of(source)(start, end) == folded.span(start, end)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("قال الأربعاء إن", "XXXX-WXX-3"),
        ("وقع في 24 يناير", "XXXX-01-24"),
        ("في ديسمبر الجاري", "XXXX-12"),
        ("قتل أمس شخصان", "XXXX-XX-XX"),
        ("وقع الأسبوع الماضي", "XXXX-WXX"),
        ("وقع العام الماضي", "XXXX"),
        ("مساء الأحد", "XXXX-WXX-7TEV"),
        ("الساعة السادسة مساءً", "XXXX-XX-XXT18:00"),
        ("قبل ثلاثة أشهر", "XXXX-XX"),
        ("عيد الميلاد", "XXXX-12-25"),
        ("الربع الثالث", "XXXX-Q3"),
        ("يومي 12 و13 يوليو", "XXXX-07-12/XXXX-07-13"),
    ],
)
def test_open_values(text: str, value: str) -> None:
    [mention] = found(text, None)
    assert mention.value == value
    assert mention.earliest is None
    assert mention.latest is None
    assert mention.anchor is None


def test_what_the_text_gives_needs_no_anchor() -> None:
    [first, second] = found("وقع في 3 يناير 2020، وفي اليوم التالي شيع القتلى.", None)
    assert (first.value, first.anchor) == ("2020-01-03", None)
    assert (second.value, second.anchor) == ("2020-01-04", "2020-01-03")


def test_a_caption_is_not_leaned_on() -> None:
    caption, body = "صورة من 3 يناير 2020", "وفي اليوم نفسه شيع"
    text = f"{caption}\n{body}"
    blocks = [Block(0, len(caption), "caption", "test"), Block(len(caption) + 1, len(text), "body", "test")]
    first, second = find(text, None, split(text, blocks), blocks)
    assert (first.value, second.value) == ("2020-01-03", "XXXX-XX-XX")


HOSTILE = ["1234567890", "1/", "1.", "1/1/2020 ", "12-", "1:2:", "عام 2000 ", "قال أمس ", "ألف و", "من 5 إلى ", '"أمس"']


@pytest.mark.slow
@pytest.mark.parametrize("part", HOSTILE)
def test_time_is_linear(part: str) -> None:
    find(part, "2024-01-01", [Sentence(0, len(part))])
    seconds = []
    for size in (60_000, 480_000):
        text = (part * (size // len(part) + 1))[:size]
        begun = time.process_time()
        find(text, "2024-01-01", [Sentence(0, size)])
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 8 * 2.5 * max(seconds[0], 0.02)


def test_a_megabyte_of_digits() -> None:
    text = "1234567890" * 100_000
    begun = time.process_time()
    assert find(text, "2024-01-01", [Sentence(0, len(text))]) == []
    assert time.process_time() - begun < 5


def test_imports_are_light() -> None:
    code = (
        "import sys; from store.extract import dates; from store.text.sentences import split\n"
        "assert 'store.extract.dates.grammar' not in sys.modules\n"
        "text = 'قتل شخصان يوم 14 ديسمبر 2021'; assert dates.find(text, None, split(text))\n"
        "assert 'hijridate' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_seen_at_a_glance_hangs_on_nothing_seen_before() -> None:
    rules = grammar.load()
    known = rules.glance
    for room in range(4):
        full = Glance(known._lexicon, known._core)
        full.update(dict.fromkeys(map(str, range(WORDS_KEPT - room)), 0))
        assert full("في الفتره الماضيه")
