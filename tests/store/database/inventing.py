"""Articles of made sentences about a few names, days and words, in every mixture."""

from __future__ import annotations

from functools import cache

from store.models import Analysis, MentionType, Said
from store.samples import seeds
from tests.store.database.making import analysis

NAMES: list[tuple[str, MentionType]] = [
    ("سامي حداد", "PER"), ("بغداد", "LOC"), ("الناتو", "ORG"), ("البصرة", "LOC"), ("حداد", "PER"), ("رامي حداد", "PER"),
]  # fmt: skip
DAYS = [None, "2020-05-01", "2021-12-09", "2021-12", "2022"]
TOLD = ["2019-03-02", "2021-12-08", "2021-12", "2021"]
AUTHORS = ["أحمد علي", "علي حسن", "Ahmad Ali"]
WORDS = ["قال", "زار", "انسحب", "للقوات"]


def document(
    number: int, names: list[int], day: int, told: list[int], words: list[int], copied: int | None = None
) -> Analysis:
    """An article with a sentence for each name (index of NAMES), with a date (of TOLD) and a word (of WORDS) in turn;
    published on a day (of DAYS). With `copied` it begins with a story that others tell too, whole or in part."""
    lines = [f"خبر رقم {number}"]
    for at, which in enumerate(names):
        said = f"{WORDS[words[at % len(words)]]} " if words else ""
        date = f" يوم {TOLD[told[at % len(told)]]}" if told else ""
        lines.append(f"{said}{NAMES[which][0]} هنا{date}.")
    if copied is not None:
        lines.insert(1, stories()[copied])
    text = "\n".join(lines)
    there = [NAMES[which] for which in dict.fromkeys(names)]
    dates = [(TOLD[which], TOLD[which]) for which in dict.fromkeys(told) if TOLD[which] in text]
    # a short name within a long one is no mention of its own
    kept = [name for name in there if not (name[0] == "حداد" and any(n[0].endswith(" حداد") for n in there))]
    sayings = [Said("author", AUTHORS[which % len(AUTHORS)], "made") for which in names]
    sayings.append(Said("updated", f"2021-12-09T10:{number % 60:02}:00+03:00", "made"))
    return analysis(
        text, kept, dates, DAYS[day], outlet=["ألف", "باء"][number % 2], kinds=["title"], said=sayings,
        keywords=[WORDS[which] for which in dict.fromkeys(words)], language="fa" if number % 7 == 3 else "ar",
    )  # fmt: skip


@cache
def stories() -> list[str]:
    """Two stories in several versions, some of which are copies of others that are not copies of one another."""
    found = []
    for path in list(seeds())[:2]:
        words = path.read_text("utf-8").split()[60:260]
        parts = (words, words[:150], words[:92], words[50:], [*words[:100], *words[50:0:-1]])
        found += [" ".join(part) for part in parts]
    return found
