"""Who holds an office that speaks: the person beside it, here or where it was named before."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.extract.entities.lexicon import Kind
from store.extract.entities.tokens import BREAK, COLON, COMMA, PUNCT
from store.extract.quotes.lexicon import word_set
from store.extract.quotes.passage import Passage
from store.extract.quotes.sources import named
from store.models import Speaker

_REACH = 18
"""Words behind the first of an office among which its holder stands."""
_OFFICE, _PLACES = 3, 4
"""Fewest words of an office that tells who holds it, and how often it is looked at."""


@dataclass(slots=True)
class Offices:
    """Finds the persons of offices."""

    passage: Passage
    places: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Where offices stand, by their first two words, once one is asked for."""

    def person(self, index: int, last: int) -> tuple[Speaker, int] | None:
        """The person behind a role that begins at a word, if nothing but the role lies between."""
        passage = self.passage
        commas, office = 0, passage.forms[index] in word_set("speaks for")
        for at in range(index + 1, min(last, index + _REACH)):
            gap = passage.tokens.gaps[at]
            mention = passage.names.get(at)
            if gap in (BREAK, COLON) or (gap == PUNCT and not self.bracket(at)):
                return None
            if passage.forms[at][:1] == "ل" and passage.word(at).kinds & ~passage.word(at).kind & Kind.TITLE:
                if at == index + 1 or not self._described(index + 1, at):
                    return None  # قائد موال للرئيس X, وزير يوجه دعوة لرئيس المكتب X
                office = True  # المستشار الإعلامي لرئيس المكتب، X
            if passage.forms[at - 1] in word_set("of a person") and passage.forms[at].startswith("ال"):
                office = office or bool(passage.word(at).kinds & Kind.TITLE)  # مسؤول في إدارة الرئيس جو بايدن
            if gap == COMMA:
                commas += 1
                if not (mention is not None and mention.type == "PER") and not passage.word(at).kinds & Kind.TITLE:
                    return None
            if mention is not None and mention.type == "PER" and passage.bare(at):
                if passage.forms[at - 1] in word_set("of a kin"):
                    continue  # نائب عشيرة آل فلان حسن محمد
                if not commas and (office or passage.forms[at - 1] in word_set("of a person")):
                    office = True
                    continue  # مستشار مكتب زيلينسكي، ميخائيل بودولياك
                return named(mention), passage.words(mention.start, mention.end).stop
            # الناطق باسم القائد العام X: the name is that of the commander, not of the one who speaks.
            if passage.forms[at - 1] in word_set("speaks for") and passage.word(at).kinds & Kind.TITLE:
                office = True
            if passage.verb(at) is not None and at not in passage.inside and passage.word(at).kind & Kind.VERB:
                return None
        return None

    def held_before(self, index: int, source: Speaker, after: int) -> tuple[Speaker, int] | None:
        """The person beside whom an office of several words stood before: محمد علي، نائب رئيس الوفد المفاوض، …"""
        passage = self.passage
        size, forms = after - index, passage.forms
        if size < _OFFICE:
            return None
        if not self.places:
            self._find_places()
        for at in self.places.get((forms[index], forms[index + 1]), ()):
            if at >= index or forms[at : at + size] != forms[index:after]:
                continue
            beside = passage.inside.get(at - 1)
            if beside is None or beside.type != "PER" or passage.tokens.gaps[at] != COMMA:
                beside = passage.names.get(at + size)
            if beside is not None and beside.type == "PER":
                return Speaker(source.start, source.end, beside.name), after
        return None

    def _find_places(self) -> None:
        """Where two words that begin an office stand, the first few times."""
        passage = self.passage
        for at in range(len(passage.forms) - 1):
            if passage.word(at).kinds & Kind.TITLE:
                places = self.places.setdefault((passage.forms[at], passage.forms[at + 1]), [])
                if len(places) < _PLACES:
                    places.append(at)

    def _described(self, first: int, stop: int) -> bool:
        """Whether words may describe a role: names, offices and definite nouns, as in المستشار الإعلامي لرئيس …"""
        passage, office = self.passage, Kind.TITLE | Kind.ORG_HEAD
        return all(
            passage.forms[at].startswith("ال") or at in passage.inside or passage.word(at).kinds & office
            for at in range(first, stop)
        )

    def bracket(self, at: int) -> bool:
        """Whether nothing but brackets and a comma stands before a word: وزارة الدفاع (البنتاغون)، باتريك رايدر.

        Also what belongs to a title: د. محمد, المهندس/ محمد.
        """
        tokens = self.passage.tokens
        short = len(self.passage.forms[at - 1]) == 1
        return not tokens.text[tokens.ends[at - 1] : tokens.starts[at]].strip(" ()[]،,/." if short else " ()[]،,/")
