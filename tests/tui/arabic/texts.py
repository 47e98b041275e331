"""Texts to lay out in properties: Arabic news as it comes, and anything else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

SEEDS = Path(__file__).parents[3] / "seeds"

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگکیٹڈڑےۆێڕڵەۇۈښځګڼ"
_MARKS = "ًٌٍَُِّْٰٓٔ\u0301\u0308"
_INVISIBLE = (
    "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\u034f\u200b\ufe0f"
)
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۴۵"
_OTHER = " .,:;/-+%$#@()[]{}<>«»“”\"'!?؟،؛٪٫٬…–_abcXYZéשל中文👍🏻🇮🇶\u00a0\u06dd\t\n"

alphabet = st.sampled_from(_LETTERS * 4 + _MARKS + _INVISIBLE + _DIGITS * 2 + _OTHER * 2)
"""Characters that meet in Arabic news, the awkward ones too."""

mixed = st.text(alphabet, max_size=40)
anything = st.one_of(mixed, st.text(max_size=40), st.text(st.characters(), max_size=20))

words = st.lists(
    st.one_of(
        st.text(_LETTERS, min_size=1, max_size=8),
        st.from_regex(r"[0-9]{1,4}([./,:][0-9]{1,2})?%?", fullmatch=True),
        st.from_regex(r"[A-Za-z]{1,8}[0-9]{0,2}", fullmatch=True),
        st.text("٠١٢٣٤٥", min_size=1, max_size=4),
        st.text(_LETTERS, min_size=1, max_size=5).map(lambda word: f"({word})"),
        st.text(_LETTERS, min_size=1, max_size=5).map(lambda word: f"«{word}»،"),
    ),
    max_size=8,
).map(" ".join)
"""Text such as a reporter writes: words, numbers and names between blanks, brackets closed."""


def seed_paragraphs() -> list[str]:
    """The lines of the sample articles that are not blank."""
    return [
        line
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
