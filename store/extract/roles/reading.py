"""A text as roles are read off it: its words, its names, which words are titles and which go on one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from store.extract.entities.lexicon import Kind, lexicon
from store.extract.entities.tokens import Word, tokenize
from store.models import Mention
from store.text.fold import fold

_KEPT, _LONGEST = 50_000, 40
_UNKNOWN = ("", -1)
_TITLES: dict[tuple[str, int], tuple[str, int] | None] = {}
"""What words are as titles, by form and kinds: the title and of how many letters its proclitics are."""
_IMAM = ("امام", "الامام")
ON = "على"
"""Keeps its dotless letter in the words of a text."""
HIS = ("ه", "ها", "هم", "نا")
"""Pronouns attached to a title."""


@cache
def sets() -> dict[str, frozenset[str]]:
    """The sets of `data/words.tsv`, folded, by name."""
    text = resources.files(__package__).joinpath("data", "words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(fold(word).replace("_", " ") for word in words.split()) for name, words in rows}


class Reading:
    """The words of a text, and the names among them."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.tokens = text, tokenize(text)
        self.inside: dict[int, Mention] = {}
        self.spans: dict[int, tuple[int, int]] = {}
        """First and last word (exclusive) of each mention, by its offset."""
        for mention in mentions:
            words = self.tokens.between(mention.start, mention.end)
            self.inside.update(dict.fromkeys(words, mention))
            self.spans[mention.start] = (words.start, max(words.start, words.stop))
        self.sets = sets()
        self.titles = lexicon().titles

    def title(self, index: int) -> str | None:
        """The folded title or function that a word is, without proclitics."""
        word = self.tokens.words[index]
        title = _TITLES.get((word.form, word.kinds), _UNKNOWN)
        if title is _UNKNOWN:
            title = self._titled(word)
            if len(_TITLES) >= _KEPT:
                _TITLES.clear()
            if len(word.form) < _LONGEST:
                _TITLES[word.form, word.kinds] = title
        return None if title is None or (title[0] in _IMAM and not self._imam(index, title[1])) else title[0]

    def _titled(self, word: Word) -> tuple[str, int] | None:
        """The title that a word is, and of how many letters its proclitics are."""
        for reading in word.readings:
            base = reading.base
            if (reading.kind & Kind.TITLE and base in self.titles) or base in self.sets["also roles"]:
                return base, reading.skip
        for reading in word.readings if word.form.endswith(HIS) else ():
            for his in HIS:  # أمينه العام, مبعوثها
                bare = reading.base.removesuffix(his)
                if bare != reading.base and (self.titles.get(bare) == "c" or bare in self.sets["also roles"]):
                    return reading.base, reading.skip
        return None

    def _imam(self, index: int, skip: int) -> bool:
        """Whether a word is إمام and not أمام, in front of, which is folded alike."""
        at = self.tokens.offset(index, skip)
        return self.text[at : at + 1] == "إ" or self.text[at : at + 3] == "الإ"

    def begins(self, index: int) -> bool:
        """Whether a word is a title without a proclitic."""
        reading = self.tokens.words[index].readings[0]
        return bool(reading.kind & Kind.TITLE) or reading.base in self.sets["also roles"]

    def plain(self, index: int) -> bool:
        """Whether a word may stand within a role."""
        form, word = self.tokens.words[index].form, self.tokens.words[index]
        mention = self.inside.get(index)
        if mention is not None:
            # مستشار الأمن القومي لبايدن: whose adviser it is
            return mention.type != "PER" or mention.start > self.tokens.starts[index]
        if form in self.sets["ends"] or (form[:1] in "وف" and form[1:] in self.sets["ends"]):
            return False
        if form == ON:
            return self._overseen(index)
        if form in self.sets["reign"] and index and self.tokens.words[index - 1].form == "في":
            return False  # وزير في عهد الرئيس X
        if form in self.sets["links"] or form in self.sets["within"]:
            return True
        if form in self.sets["also roles"]:
            return True
        if word.kind & Kind.VERB and not word.kind & (Kind.TITLE | Kind.COMMON | Kind.NATIONALITY):
            return False
        return not word.kind & Kind.STOP or bool(word.kind & Kind.TITLE) or form.startswith(("ال", "لل"))

    def _overseen(self, on: int) -> bool:
        """Whether على belongs to a title: المشرف العام على كرة القدم."""
        return any(self.title(at) in self.sets["oversees"] for at in range(max(0, on - 2), on))

    def listed(self, head: int) -> bool:
        """Whether و before a role says that what stands before it is of another: الأمير Y محافظ جدة، والأمير X."""
        return self.tokens.words[head].form.startswith("و") and not self.begins(head)

    def of_a_person(self, at: int) -> bool:
        """Whether a word says what is somebody's and not what he is: إدارة بايدن, لخلافة بلاتر."""
        form = self.tokens.words[at].form
        return any(one in self.sets["of a person"] for one in (form, form[1:] if form[:1] in "وفبل" else form))
