"""Which names are one entity: for reasons that can be told, and whatever the order of adding."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import EntityRow
from store.database import open_reader, open_writer, verify
from store.models import Analysis, MentionType
from tests.store.database.making import Named, analysis

Shown = list[tuple[str, str, int, int, str, list[str]]]


def shown(path: Path, documents: list[Analysis], remove: list[int] | None = None) -> Shown:
    """The entities of a corpus made in this order, ids left out."""
    path.unlink(missing_ok=True)
    with open_writer(path) as writer:
        ids = [writer.add(document)[0] for document in documents]
        for at in remove or []:
            writer.remove(ids[at])
    assert not list(verify(path))
    with open_reader(path) as reader:
        rows: list[EntityRow] = []
        for _, group in reader.entity_groups():
            rows += reader.entities(group)
        return sorted(
            (row.name, row.type, row.articles, row.mentions, row.entity or "", sorted(reader.why_entity(row.id)))
            for row in rows
        )


def named(number: int, *names: Named) -> Analysis:
    """A document that says nothing but names."""
    text = f"خبر {number}: " + " ثم ".join(str(name[0]) for name in names)
    return analysis(text, names)


FULL = named(1, ("مصطفى الكاظمي", "PER"))
BARE = named(2, ("الكاظمي", "PER"))
OTHER = named(3, ("حيدر الكاظمي", "PER"))
FIRST_NAME = named(4, ("كاظمي رضا", "PER"))
PLACE = named(5, ("الكاظمي", "LOC"))


def test_a_bare_surname_belongs_to_the_only_person_who_bears_it(tmp_path: Path) -> None:
    for order in itertools.permutations([FULL, BARE, PLACE]):
        rows = shown(tmp_path / "c.db", list(order))
        assert [row[:4] for row in rows] == [("الكاظمي", "LOC", 1, 1), ("مصطفى الكاظمي", "PER", 2, 2)]
        assert any("the only one" in reason for reason in rows[1][5])


def test_a_second_bearer_leaves_the_surname_alone_and_its_going_gives_it_back(tmp_path: Path) -> None:
    for order in itertools.permutations([FULL, BARE, OTHER]):
        rows = shown(tmp_path / "c.db", list(order))
        assert {row[0]: row[2] for row in rows} == {"الكاظمي": 1, "مصطفى الكاظمي": 1, "حيدر الكاظمي": 1}
        rows = shown(tmp_path / "c.db", list(order), remove=[order.index(OTHER)])
        assert {row[0]: row[2] for row in rows} == {"مصطفى الكاظمي": 2}


def test_a_word_that_is_also_a_first_name_is_not_taken_for_a_surname(tmp_path: Path) -> None:
    for order in itertools.permutations([FULL, BARE, FIRST_NAME]):
        assert len(shown(tmp_path / "c.db", list(order))) == 3


def test_known_things_are_one_whatever_they_are_called(tmp_path: Path) -> None:
    america = named(1, ("أمريكا", "LOC", "الولايات المتحدة", "Q30"))
    states = named(2, ("الولايات المتحدة", "LOC", "الولايات المتحدة الأمريكية", "Q30"))
    unlinked = named(3, ("الولايات المتحدة", "LOC"))
    for order in itertools.permutations([america, states, unlinked]):
        rows = shown(tmp_path / "c.db", list(order))
        assert [row[:5] for row in rows] == [("الولايات المتحدة", "LOC", 3, 3, "Q30")]


def test_a_name_of_two_known_things_belongs_to_neither(tmp_path: Path) -> None:
    documents = [
        named(1, ("طرابلس", "LOC", "طرابلس", "Q3579")),
        named(2, ("طرابلس", "LOC", "طرابلس", "Q168954")),
        named(3, ("طرابلس", "LOC")),
    ]
    for order in itertools.permutations(documents):
        assert [row[2] for row in shown(tmp_path / "c.db", list(order))] == [1, 1, 1]


def test_an_entity_is_found_by_all_it_may_be_called(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(named(1, ("مصطفى الكاظمي", "PER")))
        writer.add(named(2, ("العراق", "LOC"), ("التحالف الدولي", "ORG"), ("واشنطن", "LOC", "الولايات المتحدة")))
        writer.add(named(3, ("البنك المركزي العراقي", "ORG"), ("العراق", "LOC")))
    with open_reader(path) as reader:
        for name, expected in {
            "مصطفى الكاظمي": "مصطفى الكاظمي",
            "مُصطفى الكاظمى": "مصطفى الكاظمي",
            "الكاظمي": "مصطفى الكاظمي",
            "كاظمي": "مصطفى الكاظمي",
            "مصطفى": "مصطفى الكاظمي",
            "عراق": "العراق",
            "تحالف دولي": "التحالف الدولي",
            "واشنطن": "الولايات المتحدة",
            "المركزي": "البنك المركزي العراقي",
        }.items():
            assert [row.name for row in reader.find_entities(name)][:1] == [expected], name
        assert reader.find_entities("العراق", "ORG") == []
        for nothing in ("", "   ", "؟!", "غير موجود", "' OR 1=1 --", "%"):
            assert reader.find_entities(nothing) == []


_PEOPLE: list[Named] = [
    ("مصطفى الكاظمي", "PER"), ("الكاظمي", "PER"), ("حيدر الكاظمي", "PER"), ("كاظمي رضا", "PER"), ("كاظمي", "PER"),
    ("بريت ماكجورك", "PER"), ("بريت ماكغورك", "PER"), ("ماكجورك", "PER"), ("مصطفى عبد اللطيف الكاظمي", "PER"),
    ("الطاقة الأردنية", "ORG"), ("وزارة الطاقة الأردنية", "ORG"), ("هيئة الطاقة الأردنية", "ORG"),
    ("محمد الكاظمي", "PER"), ("محمد أحمد الكاظمي", "PER"), ("محمد كاظمي", "PER"), ("أحمد الكاظمي", "PER"),
    ("عادل عبد المهدي", "PER"), ("عبد المهدي", "PER"), ("المهدي", "PER"), ("طرابلس", "LOC"),
    ("طرابلس", "LOC", "طرابلس", "Q3579"), ("طرابلس", "LOC", "طرابلس الغرب", "Q3579"), ("طرابلس", "LOC", "طرابلس", "Q1"),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(range(len(_PEOPLE))), min_size=1, max_size=6), st.randoms(), st.sets(st.integers(0, 5)))
def test_the_order_of_adding_does_not_matter(chosen: list[int], chance: object, removed: set[int]) -> None:
    import random
    import tempfile

    assert isinstance(chance, random.Random)
    documents = [named(number, _PEOPLE[at]) for number, at in enumerate(chosen)]
    gone = [at for at in removed if at < len(documents)]
    kept = [document for at, document in enumerate(documents) if at not in gone]
    other = kept.copy()
    chance.shuffle(other)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        assert shown(path, documents, gone) == shown(path, other)


def test_spellings_and_middle_names_are_one_person(tmp_path: Path) -> None:
    documents = [
        named(1, ("بريت ماكجورك", "PER")),
        named(2, ("بريت ماكغورك", "PER"), ("سامي حداد", "PER")),
        named(3, ("ماكجورك", "PER"), ("سامي عبد الله حداد", "PER")),
        named(4, ("بريت ماكغورك", "PER"), ("حداد", "PER")),
    ]
    for order in itertools.permutations(documents):
        rows = shown(tmp_path / "c.db", list(order))
        assert [row[:3] for row in rows] == [
            ("بريت ماكغورك", "PER", 4),
            ("سامي حداد", "PER", 3),
        ]


def test_a_middle_name_is_not_made_up_where_others_have_the_surname(tmp_path: Path) -> None:
    short, full = named(1, ("سالم الغامدي", "PER")), named(2, ("سالم فهد الغامدي", "PER"))
    other = named(3, ("علي الغامدي", "PER"))
    for order in itertools.permutations([short, full]):
        assert len(shown(tmp_path / "c.db", list(order))) == 1
    for three in itertools.permutations([short, full, other]):
        rows = shown(tmp_path / "c.db", list(three))
        assert {row[0] for row in rows} == {"سالم الغامدي", "سالم فهد الغامدي", "علي الغامدي"}
        assert any("others of the corpus have that surname" in why for row in rows for why in row[5])
        assert len(shown(tmp_path / "c.db", list(three), remove=[three.index(other)])) == 1


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("محمد العلي", "محمد علي", "PER"),
        ("محمد نور", "عبدالقادر محمد نور", "PER"),
        ("جوهري", "علي الجوهري", "PER"),
        ("القوات البرية الأردنية", "قيادة القوات البرية الأردنية", "ORG"),
        ("المقاومة الشعبية", "حركة المقاومة الشعبية", "ORG"),
    ],
)
def test_what_different_articles_may_mean_differently_stays_apart(
    tmp_path: Path, one: str, other: str, kind: MentionType
) -> None:
    documents = [named(1, (one, kind)), named(2, (other, kind))]
    for order in itertools.permutations(documents):
        rows = shown(tmp_path / "c.db", list(order))
        assert [row[2] for row in rows] == [1, 1]
        assert any("it may be short for" in why for row in rows for why in row[5])


def test_an_organisation_without_its_noun_belongs_to_the_only_one_that_fits(tmp_path: Path) -> None:
    short, full = named(1, ("الطاقة الأردنية", "ORG")), named(2, ("وزارة الطاقة الأردنية", "ORG"))
    other = named(3, ("هيئة الطاقة الأردنية", "ORG"))
    for order in itertools.permutations([short, full]):
        assert [row[:3] for row in shown(tmp_path / "c.db", list(order))] == [("وزارة الطاقة الأردنية", "ORG", 2)]
    for three in itertools.permutations([short, full, other]):
        assert len(shown(tmp_path / "c.db", list(three))) == 3


def test_kinds_are_kept_apart(tmp_path: Path) -> None:
    kinds: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
    rows = shown(tmp_path / "c.db", [named(number, ("زين", kind)) for number, kind in enumerate(kinds)])
    assert len(rows) == 4
