"""What the store says, taken back to its templates and told in Arabic."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store
from store.errors import CorpusError, InputError, QueryError
from store.resolve.weekdays import NAMES
from tui.locale import of_context, use
from tui.locale.collecting import all_templates, sentences, templates, whole_modules
from tui.locale.said import again, joined
from tui.locale.told import CONTEXT, in_words, sentence, told

ROOT = Path(store.__file__).parents[1]
CASES = ROOT / "tests" / "cases"
_HOLE = re.compile(r"\{(\d+)\}")
_ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture(autouse=True)
def arabic() -> Iterator[None]:
    use("ar")
    yield
    use("en")


def _said_by_the_store() -> set[str]:
    found: set[str] = set()
    for folder in ("store", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            found.update(template for _line, template in templates(tree))
            if (but := whole_modules().get(path.relative_to(ROOT).as_posix())) is not None:
                found.update(template for _line, template in all_templates(tree, but))
    return found


def test_all_that_the_store_says_is_translated() -> None:
    known = of_context(CONTEXT)
    assert len(known) > 600
    assert sorted(_said_by_the_store() - known.keys()) == []


def test_what_an_error_is_made_of_can_be_followed_or_says_why_not() -> None:
    lines = (CASES / "unfollowed.tsv").read_text("utf-8").splitlines()
    allowed = {tuple(line.split("\t")[:2]): line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    found = set()
    for folder in ("store", "tui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = path.relative_to(ROOT).as_posix()
            found |= {(module, leaf.source) for leaf in sentences(ast.parse(path.read_text("utf-8")))
                      if leaf.template is None}  # fmt: skip
    assert found == allowed.keys()
    assert all(len(why.split()) > 2 for why in allowed.values())


def test_every_template_is_found_again_in_what_it_makes() -> None:
    known = of_context(CONTEXT)
    lost = []
    for template, translated in known.items():
        holes = [int(number) for number in _HOLE.findall(template)]
        if not holes or template in ("{0} says “{1}”", "article {0}: {1}", "{0}: {1} dated sentences"):
            continue
        english = _HOLE.sub(lambda hole: f"§{hole[1]}", template).replace("{{", "{").replace("}}", "}")
        wanted = _HOLE.sub(lambda hole: f"§{hole[1]}", translated).replace("{{", "{").replace("}}", "}")
        if _ISOLATES.sub("", str(told(english))) != _ISOLATES.sub("", wanted):
            lost.append((english, str(told(english))))
    assert lost == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("is empty", "news.txt", "check where it came from"), "news.txt: فارغ؛ تحقق من مصدره"),
        (
            InputError("is damaged UTF-8 (line 3, byte 17)", "a.txt", "fetch it again"),
            "a.txt: UTF-8 تالف (السطر 3، البايت 17)؛ اجلبه من جديد",
        ),
        (
            QueryError("a bracket is not closed", "(بغداد", "close it", 0),
            "(بغداد: قوس لم يُغلق (عند الحرف 1)؛ أغلقه",
        ),
        (
            CorpusError("cannot be written (Permission denied)", "/x", "name another place"),
            "/x: لا تمكن كتابته (لا إذن بذلك)؛ اذكر مكاناً آخر",
        ),
        (
            InputError("is an e-book, which khabar does not read", "b.epub", "leave it out"),
            "b.epub: كتاب إلكتروني، وخبر لا يقرؤه؛ اتركه",
        ),
    ],
)
def test_an_error_is_one_sentence_in_arabic(error: Exception, said: str) -> None:
    assert _ISOLATES.sub("", str(in_words(error))) == said
    use("en")
    assert in_words(error) == str(error)


def test_what_comes_from_another_process_is_told_in_arabic_too() -> None:
    error = InputError("is empty", "C: drive/a: b.txt", "check where it came from")
    assert _ISOLATES.sub("", str(sentence(str(error)))) == "C: drive/a: b.txt: فارغ؛ تحقق من مصدره"


def test_a_path_stands_in_isolates_and_no_control_comes_through() -> None:
    said = str(in_words(InputError("is empty", "a\x1b[2J\u202eb.txt", "mend it")))
    assert said.startswith("\N{FIRST STRONG ISOLATE}")
    assert said.count("\N{FIRST STRONG ISOLATE}") == said.count("\N{POP DIRECTIONAL ISOLATE}")
    assert _ISOLATES.sub("", said).isprintable()
    assert "\u202e" not in said


def test_days_of_the_week_have_names() -> None:
    assert all(told(name) != name for name in NAMES)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_is_told_raises_and_english_stays(what: str, where: str, remedy: str) -> None:
    use("ar")
    assert isinstance(str(in_words(InputError(what, where, remedy))), str)
    assert isinstance(str(told(what)), str)
    use("en")
    assert in_words(InputError(what, where, remedy)) == str(InputError(what, where, remedy))
    assert told(what) == what


def test_a_text_is_said_again_in_another_language_with_what_was_filled_in() -> None:
    from tui.locale import gettext, ngettext

    text = joined(" · ", [gettext("search: {query}").format(query=gettext("article")), "2021",
                          ngettext("{n} article", "{n} articles", 11).format(n=11)])  # fmt: skip
    assert _ISOLATES.sub("", text) == "بحث: مقال · 2021 · 11 مقالاً"
    use("en")
    assert again(text) == "search: article · 2021 · 11 articles"
    assert again("plain") == "plain"
