// Links to this experiment: to watch it, to edit it together, to a copy of one's own; frames for pages; and a fork.

import { t } from "../../core/messages.js";
import { inSentence } from "../../core/wording.js";
import { PARTS, queryOf } from "../../core/link-rules.js";
import { h } from "../dom.js";

/**
 * @param {HTMLElement} panel a popover
 * @param {{editUrl: string|null, viewUrl: string, copyUrl: string, embedUrl: string, embedCopyUrl: string, roomUrl: string|null, onFork: () => void, onCopy: (what: string, text: string) => void}} options
 */
export function createSharePanel(
  panel,
  { editUrl, viewUrl, copyUrl, embedUrl, embedCopyUrl, roomUrl, onFork, onCopy },
) {
  const links = [
    link(t("Link to watch"), t("Shows everything live, changes nothing."), viewUrl, onCopy),
    ...(editUrl
      ? [link(t("Link to edit"), t("Edit together: who has it can change everything."), editUrl, onCopy)]
      : []),
    link(t("Link to an own copy"), t("For a class: each who opens it gets one, with its weights."), copyUrl, onCopy),
    link(
      t("Frame for a page"),
      t("Shows the plane live in course notes, as HTML to paste."),
      embedUrl,
      onCopy,
      frameOf,
    ),
    link(t("Frame with a copy"), t("The same, but each reader's own: Run works in it."), embedCopyUrl, onCopy, frameOf),
  ];
  const changed = createChangedLink(links);
  const rules = createRuleTable(changed.element, (query) => {
    links.forEach(({ show }) => show(query));
    changed.show(query);
  });
  const fork = h("button", { type: "button", class: "button", on: { click: onFork } }, t("Fork"));
  const forkRow = h(
    "div",
    { class: "row" },
    h("p", { class: "quiet" }, t("A copy of your own, with its weights.")),
    fork,
  );
  const rooms = roomUrl ? [roomRow(roomUrl)] : [];
  panel.replaceChildren(h("h2", {}, t("Share")), ...links.map(({ element }) => element), rules, forkRow, ...rooms);
}

/** The way to a classroom that begins with this experiment. @param {string} href */
const roomRow = (href) =>
  h(
    "div",
    { class: "row" },
    h("p", { class: "quiet" }, t("A class joins with a code; all on one wall.")),
    h("a", { class: "button", href }, t("Start a room")),
  );

/**
 * @param {string} name
 * @param {string} help
 * @param {string} url
 * @param {(what: string, text: string) => void} onCopy
 * @param {(url: string) => string} [write] the address as it is copied
 */
function link(name, help, url, onCopy, write = (address) => address) {
  const box = h("input", {
    class: "link-box",
    type: "text",
    readonly: true,
    value: write(url),
    "aria-label": name,
    on: { focus: () => box.select() },
  });
  const copy = () => onCopy(name, box.value);
  const button = h(
    "button",
    {
      type: "button",
      class: "button",
      "aria-label": t("Copy {name}", { name: inSentence(name) }),
      on: { click: copy },
    },
    t("Copy"),
  );
  const element = h(
    "div",
    { class: "link" },
    h("strong", {}, name),
    h("p", { class: "quiet" }, help),
    h("div", { class: "row" }, box, button),
  );
  return {
    name,
    element,
    copy,
    address: () => box.value,
    /** @param {string} query what the link hides and locks */
    show(query) {
      box.value = write(query ? `${url}${url.includes("?") ? "&" : "?"}${query}` : url);
    },
  };
}

/** @param {string} url */
const frameOf = (url) => `<iframe src="${url}" width="480" height="760" title="NNLab" loading="lazy"></iframe>`;

/**
 * One of the links once more, where the ticks that change it are: the links themselves may be scrolled out of sight.
 * @param {ReturnType<typeof link>[]} links
 */
function createChangedLink(links) {
  const choice = h(
    "select",
    { class: "select", "aria-label": t("The link as it is now") },
    ...links.map(({ name }, index) => h("option", { value: index }, name)),
  );
  const address = h("output", { class: "changed-address" });
  const chosen = () => links[Number(choice.value)];
  const showAddress = () => (address.textContent = chosen().address());
  choice.addEventListener("change", showAddress);
  const copy = h(
    "button",
    { type: "button", class: "button primary", on: { click: () => chosen().copy() } },
    t("Copy this link"),
  );
  const element = h("div", { class: "changed-link", hidden: true }, h("div", { class: "row" }, choice, copy), address);
  return {
    element,
    /** @param {string} query what the links hide and lock; without any there is nothing new to see */
    show(query) {
      element.hidden = query === "";
      showAddress();
    },
  };
}

/**
 * For teachers: which parts of the page the links hide, and which they lock.
 * @param {HTMLElement} changed the link as it is now
 * @param {(query: string) => void} onChange
 */
function createRuleTable(changed, onChange) {
  const [hidden, locked] = [new Set(), new Set()];
  const tick = (/** @type {Set<unknown>} */ chosen, /** @type {string} */ name, /** @type {string} */ label) => {
    const box = h("input", { type: "checkbox", "aria-label": label });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(name);
      else chosen.delete(name);
      onChange(queryOf({ hidden, locked }));
    });
    return h("label", { class: "tick" }, box);
  };
  const rows = PARTS.map(({ name, label, locks }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", {}, tick(hidden, name, t("Hide {part}", { part: label }))),
      h("td", {}, ...(locks ? [tick(locked, name, t("Lock {part}", { part: label }))] : [])),
    ),
  );
  const head = h("tr", {}, h("td", {}), h("th", { scope: "col" }, t("Hide")), h("th", { scope: "col" }, t("Lock")));
  return h(
    "details",
    { class: "rules" },
    h("summary", {}, t("For a class: hide or lock parts of the page")),
    h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows)),
    h(
      "p",
      { class: "quiet" },
      t("This keeps a page simple; it protects nothing. Who has the link to edit can change everything."),
    ),
    changed,
  );
}
