// What a reader sees of an exported report, as numbers; behind measuring.js.
const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden" &&
  element.checkVisibility({ contentVisibilityAuto: true });

const measure = () => {
  const width = document.documentElement.clientWidth;
  const all = [...document.body.querySelectorAll("*")].filter((one) => one.tagName !== "SCRIPT" && shown(one));
  const free = all.filter((one) => !one.closest(".scroll") || one.matches(".scroll"));
  const beyond = (one) => box(one).left < -0.5 || box(one).right > width + 0.5;
  const cut = (one) => one.closest("svg") === null && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 &&
    !one.matches(".scroll");
  const written = all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => !one.matches("title, desc"));
  return {
    inner: innerWidth,
    scroll: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    direction: getComputedStyle(document.documentElement).direction,
    beyond: free.filter(beyond).map((one) => one.outerHTML.slice(0, 160)),
    cut: free.filter(cut).map((one) => one.outerHTML.slice(0, 160)),
    faint: written.filter((one) => contrast(one) < 4.5).map((one) => [one.outerHTML.slice(0, 160), contrast(one)]),
    pictures: [...document.querySelectorAll("svg[role=img]")].filter(shown).map((one) => ({
      named: one.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent),
      labels: [...one.querySelectorAll("text")].filter(shown).map((text) => ({ text: text.textContent, box: box(text) })),
      box: box(one),
    })),
    sentences: all.filter((one) => one.matches(".said blockquote")).map((one) => one.textContent),
    quotes: all.filter((one) => one.matches("blockquote")).map((one) => [getComputedStyle(one).direction, one.textContent]),
    notes: all.filter((one) => one.matches(".note")).map((one) => {
      const [pen, words] = [one.querySelector(".pen"), one.querySelector("p")];
      return { box: box(one), pen: box(pen), words: { width: box(words).right - box(words).left }, text: words.textContent,
        direction: getComputedStyle(words).direction };
    }),
    dead: [...document.querySelectorAll("a")].map((one) => one.getAttribute("href"))
      .filter((href) => !href.startsWith("#") || !document.getElementById(href.slice(1))),
    heads: [...document.querySelectorAll("th")].every((one) => one.hasAttribute("scope")),
    paper: behind(document.body),
  };
};

const first = measure();
for (const one of document.querySelectorAll("details")) one.open = true;
const result = { first, open: measure(), requests: performance.getEntriesByType("resource").map((one) => one.name) };
tell(result);
