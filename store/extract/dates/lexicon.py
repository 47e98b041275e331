"""The words the grammar knows: forms, their classes and values, read from data/*.tsv when first needed.

A row is class, value, inflection, forms; see the heads of the files. A form belongs to its class and to `CLASS:value`.
Every combination of classes that a form can have is given one character, its code, so that a sentence becomes a string
of codes and the grammar's patterns become regular expressions over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import accumulate
from types import MappingProxyType

from store.extract.dates import figures, numbers
from store.extract.dates.forms import PROCLITICS, inflect, proclitics
from store.extract.dates.glued import Glued
from store.extract.dates.meaning import Number
from store.extract.dates.numbers import Reader, number_classes, sample_numbers
from store.extract.dates.verbs import Verbs
from store.text.fold import fold

LEXICON_FILES = ("calendar.tsv", "units.tsv", "words.tsv", "numbers.tsv", "cues.tsv", "events.tsv")
NUMBER_ROLES = frozenset({"NUMW", "ORDW", "DAYW", "TEENW", "SCALE"})
_TOKENS = {
    "word": r"[^\W\d_]+",
    "run": r"\d+(?:[/.:,\-–]\d+){6,}",
    "date": r"\d{1,4} ?(?P<sep>[/.\-–\\]) ?\d{1,2} ?(?P=sep) ?\d{1,4}(?!\d|[/.\-:\\]\d)",
    "clock": r"\d{1,2}:\d{2}(?::\d{2})?(?![:\d])",
    "pair": r"\d{1,4}/\d{1,4}(?![/\d])",
    "number": r"\d+(?:[.,٫٬]\d+)*",
    "mark": r"[^\w\s]|_",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{tokens})" for kind, tokens in _TOKENS.items()))
_APART = re.compile(f"({'|'.join(_TOKENS.values())})")
OTHER, DEFINITE, ACCUSATIVE = "OTHER", "DEF", "ACC"
_NOT_TANWIN = ("ها", "نا", "هما", "كما", "وا")
FINITE = frozenset(
    {
        *("past", "either", "said", "resolved", "present", "sched", "ongoing"),
        *("figure", "was", "foresaw", "refused", "never"),
    }
)
"""Kinds of cues that are verbs: with a preposition before it, such a word is a noun."""
_COLOURS = frozenset({"CUE", "NOUNAFTER"})
"""Words of these classes alone only colour dates; the grammar reads them as words it does not know."""
_SHORTEST_RUN = 5
WORDS_KEPT, LONGEST_KEPT = 50_000, 40
_FIRST_CODE = 0x61
"""Codes are letters and what follows them, so that they stand for themselves in a set of a regular expression."""


Values = Mapping[str, object]
"""What an item is, by class: the value its row gives, a number under "#", figures; see `sentence.Line`."""


@dataclass(slots=True)
class Entry:
    """What one form (or number, or mark) is: its code and, by class, its value."""

    code: str
    values: Values
    is_number: bool = False
    """Whether it is a number, or a word of one."""
    cue: str | None = None
    """The kind of cue it is; see data/cues.tsv."""


Longer = dict[str, list[tuple[tuple[str, ...], Entry]]]


@dataclass(slots=True)
class Word:
    """A token as the lexicon takes it apart: a word's proclitics, then a known form (or none); figures; a mark."""

    prefixes: tuple[Entry, ...]
    skip: int
    """How many characters of the word its proclitics take; with a fused لل the article's ل is the form's."""
    entry: Entry
    longer: Longer = field(default_factory=dict)
    """Longer forms that begin with this one, by their second word: what must follow, longest first."""
    cue: str | None = None
    known: bool = True
    """Whether it is anything but a word the lexicon does not know."""
    cuts: tuple[int, ...] = ()
    """Where it is to be cut, when it is several words run together."""
    dull: bool = field(init=False)
    """Whether it is a word that the lexicon does not know, and nothing else."""

    def __post_init__(self) -> None:
        self.dull = not (self.known or self.cue or self.cuts)


@dataclass(slots=True)
class _Form:
    classes: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, value: str) -> None:
        """Give the form a class; a second value of one class is only kept for EVENT, which names several dates."""
        self.classes |= {kind, f"{kind}:{value}"}
        earlier = self.values.get(kind)
        self.values[kind] = f"{earlier} {value}" if earlier and kind == "EVENT" else earlier or value


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each row of data file `name`; comments and blank lines are left out."""
    text = (resources.files(__package__) / "data" / name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]


def tokens_of(folded: str) -> tuple[list[str], list[int], list[int]]:
    """The tokens of a folded text, where each begins and where it ends."""
    # Whole lists at a time, for speed: what stands between tokens, the token and the sign within a date, by turns.
    pieces = _APART.split(folded)
    del pieces[2::3]
    offsets = list(accumulate(map(len, pieces)))
    return pieces[1::2], offsets[:-1:2], offsets[1::2]


class Lexicon:
    """All forms with their codes.

    `literals` are words and marks that patterns name themselves, `used` the classes that patterns speak of (forms that
    differ in none of these share a code).
    """

    def __init__(self, literals: Iterable[str], used: Iterable[str]) -> None:
        self._used = frozenset(used) | NUMBER_ROLES | {OTHER, DEFINITE, ACCUSATIVE, *figures.CLASSES}
        self._codes: dict[frozenset[str], str] = {}
        self._forms: dict[str, Entry] = {}
        self._longer: dict[str, Longer] = {}
        self.words = _Words(self)
        self.not_time: set[str] = set()
        """Words, not folded, that only their hamza tells from a time."""
        self.event_days: dict[str, int] = {}
        """Years of the events that a day without a year names wherever it stands, by month-day."""
        self._numbers: dict[tuple[object, ...], Entry] = {}
        self._verbs, self._glued = Verbs(()), Glued((), (), ())
        self._classless = self._code(frozenset())
        self.other = Entry(self._code(frozenset({OTHER})), {})
        self.definite = Entry(self._code(frozenset({OTHER, DEFINITE})), {})
        self.accusative = Entry(self._code(frozenset({OTHER, ACCUSATIVE})), {})
        self._marked = {name: self._code(frozenset({name})) for name in figures.CLASSES}
        self._load(literals)
        for number in sample_numbers():
            self.number(number)
        self.numerals = frozenset(code for classes, code in self._codes.items() if classes & NUMBER_ROLES)
        """The codes of number words."""

    def codes_of(self, name: str) -> str:
        """The codes of everything that has class `name`."""
        return "".join(code for classes, code in self._codes.items() if name in classes)

    def code_for(self, classes: frozenset[str]) -> str:
        """The code of a combination of classes, a new one when it is new (only while the grammar is being read)."""
        return self._code(classes)

    def number(self, number: Number, values: Mapping[str, str] = MappingProxyType({})) -> Entry:
        """The entry of a number; with the classes in `values` when one word is the number and more ("ثانية")."""
        key = (number.value, number.digits, number.ordinal, number.definite, number.feminine, *values.items())
        found = self._numbers.get(key)
        if found is None:
            classes = number_classes(number) | {*values} | {f"{name}:{value}" for name, value in values.items()}
            if len(self._numbers) > WORDS_KEPT:
                self._numbers.clear()
            found = self._numbers[key] = Entry(self._code(classes), values)
        return found

    def known(self, form: str) -> Entry | None:
        """The entry of a form of one word, folded."""
        return self._forms.get(form)

    def analyse(self, token: str) -> Word:
        """A folded token taken apart."""
        if token.isalpha():  # as nearly all are
            return self._analyse_word(token)
        match = TOKEN.fullmatch(token)
        kind = match.lastgroup if match else None
        if kind == "word":
            return self._analyse_word(token)
        if kind == "mark":
            return Word((), 0, self._forms.get(token, self.other))
        if kind == "number":
            number = numbers.figures(token)
            entry = Entry(self.number(number).code, {"#": number}, is_number=True) if number else self.other
            return Word((), 0, entry)
        found = figures.read(kind or "", token)
        code = next((self._marked[name] for name in found if name in self._marked), self.other.code)
        return Word((), 0, Entry(code, found))

    def _analyse_word(self, raw: str) -> Word:
        plain = raw[0] not in PROCLITICS and raw not in self._forms and raw not in self._longer
        for prefixes, skip, form in () if plain else proclitics(raw):  # most words are
            if form in self._forms or form in self._longer:
                entry = self._forms.get(form, self.other)
                cue = None if self._is_no_cue(raw, prefixes, entry.cue) else entry.cue
                longer = self._longer.get(form, {})
                if entry.code == self._classless and not longer and entry.values.keys() <= _COLOURS:
                    code = self.definite.code if form.startswith("ال") else self.other.code
                    return Word((), 0, Entry(code, entry.values), cue=cue, known=False)
                before = tuple(self._forms.get(prefix, self.other) for prefix in prefixes)
                return Word(before, skip, entry, longer, cue)
        if len(raw) >= _SHORTEST_RUN and (cuts := self._glued.cut(raw)):
            return Word((), 0, self.other, known=False, cuts=cuts)
        if raw.startswith(("ال", "وال", "بال", "فال", "لل", "وبال", "ولل")) and len(raw) > 3:
            entry = self.definite
        elif raw.endswith("ا") and not raw.endswith(_NOT_TANWIN) and len(raw) > 3:
            entry = self.accusative
        else:
            entry = self.other
        return Word((), 0, entry, cue=self._verbs.cue(raw), known=False)

    def _is_no_cue(self, raw: str, prefixes: tuple[str, ...], cue: str | None) -> bool:
        """Whether proclitics make another word of a cue: a finite verb takes no preposition, and some are listed."""
        if not cue or not prefixes:
            return False
        return (cue in FINITE and prefixes[-1] not in "وف") or self._verbs.excepts(raw)

    def _code(self, classes: frozenset[str]) -> str:
        classes &= self._used
        code = self._codes.get(classes)
        if code is None:
            code = self._codes[classes] = chr(_FIRST_CODE + len(self._codes))
        return code

    def _load(self, literals: Iterable[str]) -> None:
        forms: dict[tuple[str, ...], _Form] = {}
        not_verbs: list[str] = []
        stuck: dict[str, set[str]] = {"any": set(), "after": set(), "opener": set()}
        for name in LEXICON_FILES:
            for kinds, value, inflection, spellings in rows(name):
                for spelling in spellings.split("|"):
                    folded = fold(spelling.strip().replace("{bar}", "|"))
                    if kinds == "UNFOLDED":
                        self.not_time.add(spelling.strip())
                        continue
                    if kinds == "EVENTDAY":
                        month_day, _, year = value.partition("=")
                        self.event_days[month_day] = int(year)
                        continue
                    if kinds == "GLUED":
                        stuck[value].add(folded)
                        continue
                    if kinds == "NOTVERB":
                        not_verbs.append(folded)
                        continue
                    for form in inflect(folded, inflection):
                        known = forms.setdefault(tuple(m.group() for m in TOKEN.finditer(form)), _Form())
                        for kind in kinds.split():
                            known.add(kind, value)
        for literal in literals:
            forms.setdefault((fold(literal),), _Form()).classes.add("=" + literal)
        self._verbs = Verbs(not_verbs)
        self._glued = Glued(stuck["any"], stuck["after"], stuck["opener"])
        for words, known in forms.items():
            roles = {kind: value for kind, value in known.values.items() if kind in NUMBER_ROLES}
            entry = Entry(self._code(frozenset(known.classes)), known.values, bool(roles), known.values.get("CUE"))
            if len(words) == 1:
                self._forms[words[0]] = entry
                if roles and (alone := Reader(words, {0: roles}).read(0)):
                    self.number(alone[0], known.values)
            else:
                self._longer.setdefault(words[0], {}).setdefault(words[1], []).append((words[1:], entry))
        for by_second in self._longer.values():
            for choices in by_second.values():
                choices.sort(key=lambda choice: -len(choice[0]))


class _Words(dict[str, Word]):
    """Folded words taken apart, each once."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, raw: str) -> Word:
        word = self._lexicon.analyse(raw)
        if len(raw) <= LONGEST_KEPT:
            if len(self) > WORDS_KEPT:
                self.clear()
            self[raw] = word
        return word
