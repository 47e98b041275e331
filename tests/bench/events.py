"""How well dated sentences are put together: on the seeds' gold, and on pairs a reader judged (KHABAR_DATA)."""

from __future__ import annotations

import os
from pathlib import Path

from store.resolve.alike import agreement
from tests.store.resolve import clusters

PAIRS = Path(__file__).parents[1] / "gold" / "event_pairs.jsonl"


def main() -> None:
    """Print pairwise F1 on the seeds; with the real articles at hand, precision and recall on held-out pairs."""
    for given, said in ((True, "dates of publication given"), (False, "dates of publication found")):
        found = clusters.seeds(given)
        right = len(found.gold & found.found)
        print(f"events: seeds, {said}: pairwise F1 {found.f1:.3f} ({right} of {len(found.gold)} pairs, ", end="")
        print(f"{len(found.found) - right} wrong)")
    data = os.environ.get("KHABAR_DATA") or str(Path(__file__).parents[3] / "shared" / "data")
    if not (Path(data) / "articles").is_dir():
        print("events: pairs of real articles need KHABAR_DATA")
        return
    from store.training.events import pairs, told

    judged = pairs(PAIRS)
    known = told(Path(data), judged)
    asked = [pair for pair in judged if pair.one in known and pair.other in known]
    said_same = [agreement(known[pair.one], known[pair.other]) is not None for pair in asked]
    right = sum(said and pair.same for said, pair in zip(said_same, asked, strict=True))
    same = sum(pair.same for pair in asked)
    print(f"events: {len(asked)} held-out pairs: precision {right / sum(said_same):.3f}, recall {right / same:.3f}")


if __name__ == "__main__":
    main()
