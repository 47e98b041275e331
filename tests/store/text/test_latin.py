"""Latin spellings laid against Arabic words: what fits, what sounds alike, how a name is divided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.fold import fold
from store.text.latin import Spelling, is_spelling, plain
from store.text.latin_letters import marked, sound, symbols, table, units
from store.text.latin_names import known, of_words, parts, spans


@pytest.mark.parametrize(
    ("latin", "arabic", "others"),
    [
        ("kadhimi", "كاظمي", ["قديمي", "كاتب", "كامل"]),
        ("kazimi", "كاظمي", ["كاتب", "خازم"]),
        ("baghdad", "بغداد", ["بغدادي", "باجه", "بهداد"]),
        ("ghannouchi", "غنوشي", ["خنوشي", "غنيم"]),
        ("mustafa", "مصطفي", ["مستوفي", "مصطاف"]),
        ("khaled", "خالد", ["كالد", "خليل", "خلود"]),
        ("ali", "علي", ["لي", "علاوي", "الي"]),
        ("sana'a", "صنعاء", ["سنه", "صنع"]),
        ("abdulrahman", "عبد الرحمن", ["عبد الرحيم", "رحمن"]),
        ("abderrahmane", "عبدالرحمن", ["عبدالرحيم"]),
        ("nasrallah", "نصر الله", ["نصر", "ناصر"]),
        ("noureddine", "نور الدين", ["نور", "نوري"]),
        ("benghazi", "بنغازي", ["بنزرت", "غازي"]),
        ("shi'a", "شيعه", ["شي", "شاي"]),
        ("3ali", "علي", ["لي"]),
        ("7amas", "حماس", ["ماس"]),
        ("جamal", "", ["جمال"]),
    ],
)
def test_the_word_that_is_meant_fits_best(latin: str, arabic: str, others: list[str]) -> None:
    spelling = Spelling(plain(latin))
    found = spelling.fits([*others, *([arabic] if arabic else [])])
    assert next(iter(found), "") == arabic
    if arabic:
        assert sound(arabic) in spelling.sounds()


def test_an_article_may_be_written_with_the_name_or_apart() -> None:
    for latin, article in (("alkadhimi", False), ("elkadhimi", False), ("kadhimi", True), ("kadhimi", False)):
        assert Spelling(latin, article=article).fits(["كاظمي"])
    assert Spelling("sisi", article=True).fits(["سيسي"])


def test_patience_lets_rarer_spellings_through() -> None:
    assert not Spelling("guelleh").fits(["جيلي"])
    assert Spelling("guelleh", patience=2.0).fits(["جيلي"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mustafa al-Kadhimi", [("mustafa", ""), ("kadhimi", "al")]),
        ("Bashar El Assad", [("bashar", ""), ("assad", "el")]),
        ("as-Sisi", [("sisi", "as")]),
        ("As Kadhimi", [("kadhimi", "as")]),
        ("Ash-Sharqiyah", [("sharqiyah", "ash")]),
        ("Sana a", [("sanaa", "")]),
        ("the Hague", [("hague", "the")]),
        ("Moktar Ould Daddah", [("moktar", ""), ("ould", ""), ("daddah", "")]),
        ("Saïd Bouteflika", [("said", ""), ("bouteflika", "")]),
        ("بغداد", []),
        ("COVID-19", []),
        ("1984", []),
        ("", []),
        ("a b c d e f g h", []),
        ("one two three four five six seven", []),
    ],
)
def test_parts_of_a_name(name: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.latin, part.article) for part in parts(name)] == expected


def test_words_that_belong_together_are_one_span_too() -> None:
    found = {(span.start, span.end): span.latin for span in spans(parts("Abd al-Rahman Nasr Allah"))}
    assert found == {
        (0, 1): "abd",
        (1, 2): "rahman",
        (0, 2): "abdalrahman",
        (2, 3): "nasr",
        (3, 4): "allah",
        (2, 4): "nasrallah",
    }
    assert len(list(spans(of_words(("mustafa", "kadhimi"))))) == 2


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("cairo", "القاهرة"), ("egypt", "مصر"), ("damascus", "دمشق"), ("jerusalem", "القدس"), ("germany", "ألمانيا"),
        ("united nations", "الأمم المتحدة"), ("un", "الأمم المتحدة"), ("isis", "داعش"), ("le caire", "القاهرة"),
    ],
)  # fmt: skip
def test_names_that_are_other_names_in_english(latin: str, arabic: str) -> None:
    assert arabic in known(latin.split())
    assert not known(["no", "such", "name"])


def test_units_of_a_name() -> None:
    assert list(units(fold("عبد الرحمن الكاظمي").split())) == ["عبد", "رحمن", "كاظمي", "عبد الرحمن"]
    assert marked(symbols("عبد الرحمن")) == "^عبد+رحمن"
    assert marked(symbols("ايه")) == "^ايه$"
    assert symbols("") == ""


_ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويء", min_size=2, max_size=7)


@given(_ARABIC)
def test_a_word_fits_what_its_letters_are_mostly_written_as(word: str) -> None:
    """Each symbol by its likeliest way: the spelling that comes of it may stand for the word again."""
    likeliest: dict[str, tuple[float, str]] = {}
    for latin, ways in table().ways.items():
        for part, cost in ways.written.items():
            likeliest[part] = min(likeliest.get(part, (cost, latin)), (cost, latin))
    latin = "".join(likeliest[symbol][1] for symbol in symbols(word))
    if is_spelling(latin) and any(letter not in "اويعءه" for letter in word):
        assert word in Spelling(latin, patience=3.0).fits([word])


@given(st.text(max_size=30))
def test_any_text_has_parts_or_none(text: str) -> None:
    for part in parts(text):
        assert is_spelling(part.latin)
        Spelling(part.latin).sounds()


@given(st.lists(_ARABIC, max_size=30), st.text("abdeghiklmnorstuz'", min_size=2, max_size=9))
def test_what_fits_does_not_depend_on_what_else_there_is(words: list[str], latin: str) -> None:
    together = Spelling(latin).fits(words)
    for word, cost in together.items():
        assert Spelling(latin).fits([word])[word] == pytest.approx(cost)
    if together:
        best = min(Spelling(latin).fits([word]).get(word, 99.0) for word in words)
        assert min(together.values()) == pytest.approx(best)


@given(st.lists(_ARABIC, max_size=30), st.text("abdeghiklmnorstuz'", min_size=2, max_size=9), st.integers(1, 5))
def test_the_first_few_are_the_first_of_all(words: list[str], latin: str, most: int) -> None:
    every = Spelling(latin).fits(words, behind=99.0)
    assert list(Spelling(latin).fits(words, most, behind=99.0).items()) == list(every.items())[:most]
    near = [(word, cost) for word, cost in every.items() if cost <= min(every.values()) + 2.0]
    assert list(Spelling(latin).fits(words, behind=2.0).items()) == near


def test_the_first_few_of_many_spellings_of_one_name() -> None:
    words = [f"{start}{middle}ه" for start in ("حم", "حام", "حيم") for middle in ("زه", "ذا", "ظ", "زا", "ز", "زي")]
    every = list(Spelling("hamza").fits(words).items())
    assert len(every) > 5
    for most in range(1, len(every) + 1):
        assert list(Spelling("hamza").fits(words, most).items()) == every[:most]
