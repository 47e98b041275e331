// What a reader sees of an exported timeline, as numbers; behind measuring.js.
const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";

// Where each character of an element is painted, from left to right.
const painted = (element) => {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    for (let at = 0; at < node.data.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const rect = range.getBoundingClientRect();
      if (rect.width) found.push([rect.left + rect.width / 2, rect.top, node.data[at]]);
    }
  }
  return found;
};

const measure = () => {
  const width = document.documentElement.clientWidth;
  const all = [...document.body.querySelectorAll("*")].filter((one) => one.tagName !== "SCRIPT" && shown(one));
  const beyond = (one) => box(one).left < -0.5 || box(one).right > width + 0.5;
  const cut = (one) => one.closest("svg") === null && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
  const written = all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return {
    width,
    inner: innerWidth,
    scroll: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    direction: getComputedStyle(document.documentElement).direction,
    beyond: all.filter(beyond).map((one) => one.outerHTML.slice(0, 120)),
    cut: all.filter(cut).map((one) => one.outerHTML.slice(0, 120)),
    events: [...document.querySelectorAll("article")].filter(shown).map((one) => ({
      id: one.id,
      box: box(one),
      date: one.querySelector("h4 bdi:not(.h)").textContent,
      said: box(one.querySelector(".said")),
      when: box(one.querySelector("h4")),
      edge: getComputedStyle(one).borderInlineStartStyle,
      quote: getComputedStyle(one.querySelector("blockquote")).direction,
      text: one.querySelector("blockquote").textContent,
      opaque: all.filter((part) => one.contains(part) && part !== one && part.matches("h4, p, blockquote, .from"))
        .map(box),
    })),
    headings: [...document.querySelectorAll("h2, h3")].filter(shown).map((one) => one.innerText),
    labels: [...document.querySelectorAll("svg.density text")].filter(shown)
      .map((one) => ({ text: one.textContent, box: box(one) })),
    bars: [...document.querySelectorAll("svg.density rect")].map((one) => ({
      title: one.textContent, box: box(one), light: one.classList.contains("light"),
    })),
    axis: box(document.querySelector("svg.density .axis")),
    turned: [...document.querySelectorAll(".turned")].map((one) => getComputedStyle(one).transform),
    faint: written.filter((one) => one.closest("svg") === null && contrast(one) < 4.5)
      .map((one) => [one.outerHTML.slice(0, 120), contrast(one)]),
    paper: behind(document.body),
  };
};

const choose = (id, checked) => {
  document.getElementById(id).checked = checked;
};
const result = {
  first: measure(),
  dates: [...document.querySelectorAll("h4 bdi:not(.h), h2 bdi:not(.h), h3 bdi:not(.h)")]
    .map((one) => ({ text: one.textContent, painted: painted(one) })),
};
choose("c-h", true);
result.hijri = measure();
choose("c-g", true);
for (const hidden of ["m-asserted", "p-year"]) {
  if (document.getElementById(hidden)) choose(hidden, false);
}
result.narrowed = measure();
result.requests = performance.getEntriesByType("resource").map((one) => one.name);
tell(result);
