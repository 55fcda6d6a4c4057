// Builds DOM elements in one expression. Text always enters as text. Knows nothing of NNLab.

/** @typedef {Record<string, string|number|boolean|null|undefined|Record<string, (event: any) => void>>} Attributes */

/**
 * h("button", { class: "button", on: { click: run } }, "Run")
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes] true stands for an empty attribute; false, null and undefined for none; `on` for listeners
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, { on, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const [event, listener] of Object.entries(on ?? {})) element.addEventListener(event, listener);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {string} name @param {unknown} value */
export function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Set text only when it changes: a live region must not hear the same words twice. @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * The element of the page's template with this id.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`missing #${id}`);
  return element;
}

/**
 * Listen to several kinds of events. The function that is returned ends it.
 * @param {EventTarget} target
 * @param {Record<string, (event: any) => void>} listeners by kind
 * @param {AddEventListenerOptions} [options]
 */
export function listen(target, listeners, options) {
  const all = Object.entries(listeners);
  for (const [kind, listener] of all) target.addEventListener(kind, listener, options);
  return () => {
    for (const [kind, listener] of all) target.removeEventListener(kind, listener, options);
  };
}

let lastId = 0;

/** An id that no other element has. @param {string} [stem] */
export function uniqueId(stem = "field") {
  return `${stem}-${++lastId}`;
}

/** Is the person typing text right now, so that single keys are not commands? @param {EventTarget|null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return target.type !== "range" && target.type !== "checkbox" && target.type !== "radio";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
