// Elements and numbers as text. The files of this folder are one module, joined in the order of their names.

const byId = (id) => document.getElementById(id);

/** An element with properties and content. */
function make(tag, properties = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") { element.setAttribute(name, value); } else { element[name] = value; }
  }

  element.append(...content);
  return element;
}

/** An element of a drawing. */
function draw(tag, attributes = {}, ...content) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) { element.setAttribute(name, value); }
  element.append(...content);
  return element;
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A probability; never a bare 0 or 100 % for what is neither. */
function percent(share) {
  if (share > 0 && share < 0.005) { return "< 1 %"; }
  if (share < 1 && share > 0.995) { return "> 99 %"; }
  return `${Math.round(100 * share)} %`;
}

const milliseconds = (time) => `${time < 9.95 ? time.toFixed(1) : Math.round(time)} ms`;

function megabytes(bytes) {
  const size = bytes / (1 << 20);
  return `${size < 9.95 && size % 1 !== 0 ? size.toFixed(1) : Math.round(size)} MB`;
}

const megapixels = (pixels) => `${(pixels / 1e6).toFixed(pixels % 1e6 === 0 ? 0 : 1)} megapixels`;

const counted = (count, one, several) => `${count === 0 ? "no" : count} ${count === 1 ? one : several}`;
