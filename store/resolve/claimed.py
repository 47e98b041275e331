"""A denial that names what it denies, and who claims it: both sides stand in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.resolve.heard import Heard, Span, Utterance, Who, Word, is_a, stems, word_sets
from store.resolve.pairing import Pair, Side, listed, side, weigh

_DENIAL, _CLAIMANT, _FAR = 20, 7, 25
"""Words of a denial among which its claim is named, most words that say who claims it, and code points from there to
the name."""
_FEWEST = 2
"""Words of a claim."""


def rules_out(one: Utterance) -> bool:
    """Whether a denial answers nobody: who rules out what may come (استبعد) denies nothing that was said."""
    return is_a("ruling out", one.forms_of_verb)


def claimed(one: Utterance) -> Iterator[Pair]:
    """نفى ما نقلته مجلة "دير شبيغل" عن كونه اشترط …: who claims it stands in the denial."""
    heard, said = one.heard, one.said
    if said.verb[0] > said.start or rules_out(one):
        return
    if isinstance(said.who, str) and is_a("claim", said.who.split(" ")[0]):
        return
    words = heard.words(said.verb[1], said.end)
    forms = [form for _, _, form in words]
    for at, form in enumerate(forms[:_DENIAL]):
        behind, firm = _behind_claim(forms, at)
        if behind is None:
            continue
        claimant = _claimant(heard, words[behind:], firm)
        if claimant is None or claimant[0] == said.who:
            return
        who, span, rest = claimant
        end = next((start for start, _, form in words if start > rest and form in word_sets()["goes on"][0]), said.end)
        end = rest + len(heard.text[rest:end].rstrip(' "”»،,'))
        if len(heard.words(rest, end)) < _FEWEST:
            return
        own = side(one)
        other = Side(heard, (rest, end), one.sentence, who, span)
        shared = stems(heard.text[rest:end])
        yield Pair(own, other, "claim", 40 + min(10.0, weigh(shared) / 4), listed(shared))
        return


def _behind_claim(forms: Sequence[str], at: int) -> tuple[int | None, bool]:
    """Where the words begin that say who claims something, if a word says that somebody does, and whether that is
    firm: behind a verb (ما أعلنته …) stands who did it, behind a noun (مزاعم …) it may be what is claimed."""
    form = forms[at]
    follows = forms[at + 1] if at + 1 < len(forms) else ""
    firm = True
    if is_a("claimed", form):
        behind = at + 1
    elif form == "تم" and is_a("said somewhere", follows) and forms[at + 2 : at + 3] in (["في"], ["عبر"], ["علي"]):
        behind = at + 3  # تم نشره في …
    elif is_a("claim", form):
        relative = follows == "التي" and at + 2 < len(forms) and is_a("claimed", forms[at + 2])
        behind, firm = (at + 3, True) if relative else (at + 1, False)
    else:
        return None, False
    while behind < len(forms) and forms[behind] in word_sets()["some"][0]:
        behind += 2 if forms[behind + 1 : behind + 2] == ["من"] else 1
    return behind, firm


def _claimant(heard: Heard, words: Sequence[Word], firm: bool) -> tuple[Who, Span, int] | None:
    """Who claims what is denied: a name or a source, its span, and where the claim begins."""
    ends = word_sets()["said of it"][0]
    taken: list[Word] = []
    for word in words[: _CLAIMANT + 1]:
        if word[2] in ends or (taken and "," in heard.text[taken[-1][1] : word[0]].replace("،", ",")):
            break
        taken.append(word)
    if not taken:
        return None
    start, end = taken[0][0], taken[-1][1]
    names = [one for one in heard.names if start <= one[0] < end]
    source = is_a("claimant", taken[0][2])
    first = names[0] if names and names[0][0] <= start + (_FAR if firm or source else 2) else None
    if first is None and not source:
        return None
    open_ended = len(taken) > _CLAIMANT or len(taken) == len(words)
    if open_ended or len(taken) > _CLAIMANT - 2:  # no word says where the claim begins
        definite = len(taken) < 2 or taken[0][2].startswith("ال")
        end = first[1] if first is not None else taken[0 if definite else 1][1]
    who: Who = first[2] if first is not None and not source else heard.text[start:end]
    if first is not None and source and first[0] - start < _FAR and first[1] >= end - 1:
        who = first[2]  # مجلة "دير شبيغل"
    rest = next((word[0] for word in words if word[0] >= end and word[2] not in ends), None)
    return None if rest is None else (who, (start, end), rest)
