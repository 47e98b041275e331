"""What is kept of a view leads back to the same view."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.answers import Filter
from store.database import open_reader
from store.database.whereabouts import ids, keys
from tui.panes.reader import Reading
from tui.panes.timeline import BIN
from tui.screens.history import PANES, ZOOMS, Place, Spot, View
from tui.screens.standing import kept_view, view_of

numbers = st.integers(0, 5000)
names = ["filter", "pane", "zoom", "cursors", "place", "reading", "entities", "article", "said", "query"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(names), inner, max_size=5),
    max_leaves=12,
)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_view_comes_back_from_what_is_kept(seeds_corpus_once: Path, data: st.DataObject) -> None:
    with open_reader(seeds_corpus_once) as reader:
        articles = st.sampled_from(list(reader.article_ids()))
        entities = st.sampled_from([one for _kind, some in reader.entity_groups() for one in some])
        events = st.sampled_from(list(reader.event_ids()))
        zoom = data.draw(st.sampled_from(ZOOMS))
        moments = (events if zoom == "event" else numbers) | articles.map(lambda one: BIN + one)

        def spot(ids: st.SearchStrategy[int]) -> Spot:
            return data.draw(st.builds(Spot, ids, numbers, st.none() | numbers) | st.just(Spot()))

        span = st.none() | st.tuples(st.integers(0, 100), st.integers(101, 300))
        f = Filter(
            query=data.draw(st.sampled_from(["", "بغداد", '"قوات التحالف" OR outlet:x', "kadhimi"])),
            entities=tuple(dict.fromkeys(data.draw(st.lists(entities, max_size=2)))),
            article=data.draw(st.none() | articles),
            event=data.draw(st.none() | events),
            story=data.draw(st.none() | articles),
            since=data.draw(st.sampled_from([None, "2021", "2021-12-09"])),
            type=data.draw(st.sampled_from([None, "PER"])),
            said=data.draw(st.sampled_from([(), (("tag", "مهم"),)])),
            bookmarked=data.draw(st.booleans()),
            added_after=data.draw(st.none() | numbers),
        )
        view = View(
            f, data.draw(st.sampled_from(PANES)), zoom, "outlets", "relevance",
            data.draw(st.builds(Place, articles, span, st.none() | entities, st.none() | numbers)),
            data.draw(st.builds(Reading, st.none() | numbers, st.none() | numbers)),
            (spot(articles), spot(entities), spot(moments)),
        )  # fmt: skip
        kept = keys(reader, lambda keys: kept_view(keys, view))
        assert ids(reader, lambda ids: view_of(ids, json.loads(json.dumps(kept)))) == (view, True)


@given(said=json_values)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_is_a_view_or_none(seeds_corpus_once: Path, said: object) -> None:
    with open_reader(seeds_corpus_once) as reader:
        found = ids(reader, lambda ids: view_of(ids, said))
        assert found is None or isinstance(found[0], View)
