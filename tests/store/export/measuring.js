// What the measurements of all exported pages are made with: comes before each of them. They run in a copy of the page
// within a frame and write JSON into the DOM of the page around.
const box = (element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
};
const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\)$|transparent/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const contrast = (element) => {
  const style = getComputedStyle(element);
  const ink = element.closest("svg") ? style.fill : style.color;
  const pair = [luminance(ink), luminance(behind(element))].sort((a, b) => b - a);
  return (pair[0] + 0.05) / (pair[1] + 0.05);
};

// Leave numbers where the test reads them.
const tell = (result) => {
  const bytes = new TextEncoder().encode(JSON.stringify(result));
  const pre = parent.document.createElement("pre");
  pre.id = "measured";
  pre.textContent = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  parent.document.body.append(pre);
};
