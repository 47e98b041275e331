"""What of a text is an event, and when two sentences tell the same one."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import Block, BlockKind, DateMention, Mention, Published, Sentence
from store.resolve.alike import Told, agreement, tell
from store.resolve.events import of_document
from store.resolve.sketches import Seeker, sketch
from store.resolve.stems import stems
from tests.store.database.making import analysis


def test_each_dated_sentence_is_an_event_with_its_names() -> None:
    found = analysis(
        "زار سامي حداد تونس في 9 مارس 2021 ثم عاد سامي حداد في 11 مارس 2021. ولم يحدث شيء بعدها.",
        [("سامي حداد", "PER"), ("تونس", "LOC")],
        [("9 مارس 2021", "2021-03-09"), ("11 مارس 2021", "2021-03-11")],
    )
    assert [(event.value, event.names) for event in found.events] == [
        ("2021-03-09", ("سامي حداد", "تونس")),
        ("2021-03-11", ("سامي حداد", "تونس")),
    ]
    text = found.document.text
    assert {text[event.start : event.end] for event in found.events} == {text[: text.index(" ولم")]}
    assert [text[event.date_start : event.date_end] for event in found.events] == ["9 مارس 2021", "11 مارس 2021"]


@pytest.mark.parametrize("kind", ["header", "caption", "keywords", "related", "source", "boilerplate"])
def test_blocks_that_tell_nothing(kind: BlockKind) -> None:
    text = "صورة من التدريب في 9 مارس 2021"
    dates = [("9 مارس 2021", "2021-03-09")]
    assert analysis(text, (), dates).events
    assert not analysis(text, (), dates, kinds=[kind]).events


def test_what_denotes_no_days_is_no_event() -> None:
    found = analysis("استمر العمل يومين ثم توقف العمل.", (), [("يومين", "2021-03-09")])
    (date,) = found.dates
    for other in (
        replace(date, type="DURATION", value="P2D", earliest=None, latest=None),
        replace(date, type="SET", value="P1D"),
        replace(date, value="PAST_REF", earliest=None, latest=None),
        replace(date, value="XXXX-03-09", earliest=None, latest=None),
    ):
        parts = found.sentences, found.cleaned.blocks, [other], found.mentions, found.published
        assert of_document(found.document.text, *parts) == []


def test_a_stamp_is_no_event_and_a_day_said_twice_is_one() -> None:
    assert not analysis("الثلاثاء 9 مارس 2021", (), [("9 مارس 2021", "2021-03-09")]).events
    found = analysis(
        "في 9 مارس 2021 وصل الوفد، أي يوم الثلاثاء نفسه.",
        (),
        [("9 مارس 2021", "2021-03-09"), ("يوم الثلاثاء", "2021-03-09")],
    )
    assert len(found.events) == 1


def told(text: str, days: tuple[str, str], *names: str, article: int = 1, modality: str = "asserted") -> Told:
    """A sentence that begins with its date; `names` stand in it or are what something in it stands for."""
    named = [(at, at + len(name)) for name in names if (at := text.find(name)) >= 0]
    return tell(article, days[0], days, modality, text, (0, 0), named, names)


DAY, MONTH, YEAR = ("2021-07-26", "2021-07-26"), ("2021-07-01", "2021-07-31"), ("2021-01-01", "2021-12-31")
SIGNED = told("وقع حداد ومنصور الاتفاق الذي أنهى مهمة القوات", DAY, "حداد", "منصور")
CASES = [
    ("a name and some words", SIGNED, told("أنهى حداد بالاتفاق مهمات كثيرة", DAY, "حداد", article=2), True),
    ("two names", SIGNED, told("ابتسم حداد ومنصور طويلا", DAY, "حداد", "منصور", article=2), True),
    ("most words, no name", SIGNED, told("أنهى الاتفاق الموقع مهمة القوات، وقع أمس", DAY, article=2), True),
    ("a name alone", SIGNED, told("ابتسم الرجل طويلا", DAY, "حداد", article=2), False),
    ("some words, no name", SIGNED, told("القوات تتدرب على مهمة أخرى في الصحراء البعيدة", DAY, article=2), False),
    ("another day", SIGNED, replace(SIGNED, earliest="2021-07-27", latest="2021-07-27", article=2), False),
    ("in that month, both names", SIGNED, told("التقى حداد منصور", MONTH, "حداد", "منصور", article=2), True),
    ("in that month, one name", SIGNED, told("التقيا", MONTH, "حداد", article=2), False),
    ("in that month, one author", SIGNED, told("التقى حداد منصور", MONTH, "حداد", "منصور"), False),
    (
        "planned",
        SIGNED,
        told("التقى حداد منصور", MONTH, "حداد", "منصور", article=2, modality="planned"),
        False,
    ),
    ("in that year, both named", SIGNED, told("التقيا", YEAR, "حداد", "منصور", article=2), False),
    ("in that year, names and words", SIGNED, told("حداد: الاتفاق والقوات", YEAR, "حداد", "منصور", article=2), True),
    (
        "a sentence that names a better day",
        SIGNED,
        replace(told("التقى حداد منصور", MONTH, "حداد", "منصور", article=2), others=(DAY,)),
        False,
    ),
]


@pytest.mark.parametrize(("name", "one", "other", "same"), CASES, ids=[case[0] for case in CASES])
def test_agreement(name: str, one: Told, other: Told, same: bool) -> None:
    reason = agreement(one, other)
    assert (reason is not None) == same, (name, reason)
    assert agreement(other, one) == reason
    if reason:
        assert reason.startswith(("the same date", "2021-07-26 lies in"))


_TOLD = st.builds(
    told,
    st.sampled_from(["وقع الاتفاق وأنهى مهمة القوات", "التقيا", "الاتفاق والقوات", "", "قوات"]),
    st.sampled_from([DAY, MONTH, YEAR, ("1990-01-01", "2021-07-26"), ("-500-01-01", "-401-12-31")]),
    st.sampled_from(["حداد", "منصور"]),
    article=st.integers(1, 2),
    modality=st.sampled_from(["asserted", "planned"]),
)


_WORDS = [
    "وقع", "حداد", "ومنصور", "الاتفاق", "الذي", "أنهى", "مهمة", "القوات", "في", "البصرة", "وقال", "ناطق", "إن", "الجيش",
    "قصف", "مواقع", "وغادر", "الوفد", "العاصمة",
]  # fmt: skip
_SENTENCES = st.builds(
    lambda words, *rest, **more: told(" ".join(words), *rest, **more),
    st.lists(st.sampled_from(_WORDS), max_size=24),
    st.sampled_from([DAY, MONTH, YEAR]),
    st.sampled_from(["حداد", "منصور"]),
    article=st.integers(1, 2),
    modality=st.sampled_from(["asserted", "planned"]),
)


@settings(max_examples=500)
@given(_TOLD | _SENTENCES, _TOLD | _SENTENCES)
def test_a_sketch_keeps_none_apart_that_agree(one: Told, other: Told) -> None:
    """But the same date in the same sentence, of which a sketch is not asked."""
    if one.text != other.text and agreement(one, other):
        assert Seeker(one).may_agree(other.article, other.days, sketch(other))
        assert Seeker(other).may_agree(one.article, one.days, sketch(one))


@pytest.mark.parametrize(("name", "one", "other", "same"), CASES, ids=[case[0] for case in CASES])
def test_a_sketch_tells_most_apart(name: str, one: Told, other: Told, same: bool) -> None:
    may = Seeker(one).may_agree(other.article, other.days, sketch(other))
    assert may or not same
    if name in ("a name alone", "some words, no name", "in that month, one name", "in that year, both named"):
        assert not may


def test_words_of_one_number_are_taken_for_the_same() -> None:
    """16 bits: some of a hundred thousand words have the number of another; then it is compared word by word."""
    crowded = tell(1, DAY[0], DAY, "asserted", " ".join(f"كلمة{number}" for number in range(100_000)), (0, 0))
    assert Seeker(SIGNED).may_agree(1, DAY, sketch(crowded))
    assert not agreement(SIGNED, crowded)


def test_too_many_names_to_be_counted_are_not_sketched() -> None:
    many = replace(SIGNED, names=frozenset(f"PER\t\t{number}" for number in range(5_000)), article=2)
    assert sketch(many) == b""
    assert Seeker(SIGNED).may_agree(2, DAY, b"")
    assert Seeker(SIGNED).may_agree(2, DAY, None)


@given(_TOLD, _TOLD)
def test_agreement_does_not_depend_on_which_comes_first(one: Told, other: Told) -> None:
    assert agreement(one, other) == agreement(other, one)


def test_stems_leave_out_names_dates_and_small_words() -> None:
    text = "أعلن سامي حداد في 9 مارس أن القوات غادرت وأن قواته عادت"
    name = text.index("سامي"), text.index("سامي") + len("سامي حداد")
    assert stems(text, [name]) == {"قوا", "غادر", "عاد"}


def test_many_dates_among_many_names_take_time_in_proportion() -> None:
    """Each sentence asks for its own names only."""
    sentence, number = "زار سامي تونس في 9 مارس ", 20_000
    text = sentence * number
    starts = range(0, len(text), len(sentence))
    sentences = [Sentence(start, start + len(sentence) - 1) for start in starts]
    mentions = [Mention(at + 4, at + 8, "سامي", "PER", "سامي", None, 1.0, "t", "1", "t", "") for at in starts]
    dates = [
        DateMention(
            at + 17, at + 23, "9 مارس", "DATE", "2021-03-09", None, "2021-03-09", "2021-03-09", "day", "asserted",
            None, "t", "t", "1",
        )
        for at in starts
    ]  # fmt: skip
    begun = time.process_time()
    found = of_document(
        text, sentences, [Block(0, len(text), "body", "t")], dates, mentions, Published(None, "unknown", "")
    )
    assert time.process_time() - begun < 5
    assert len(found) == number
    assert {event.names for event in found} == {("سامي",)}
