/** Building DOM nodes: the only way text reaches the page is as text nodes and attributes. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with properties and children; `null`, `false` and `undefined` are left out.
 * @param {string} tag
 * @param {Object<string, any>} [props] `class`, `on: {event: handler}`, `style: {property: value}`, `dataset`, else attributes.
 * @param {...(Node|string|null|false|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProperty(node, name, value);
  node.append(...present(children));
  return node;
}

/** Replace all children of `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

/** A document fragment of the children that are there. */
export function fragment(...children) {
  const node = document.createDocumentFragment();
  node.append(...present(children));
  return node;
}

/** An SVG element; shapes are drawn by our own modules, never from messages. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

let lastId = 0;

/** An id no other element of this page has. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function setProperty(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "value") node.value = value;
  else node.setAttribute(name, value === true ? "" : value);
}
