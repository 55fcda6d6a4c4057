// The results of a room on one page, to print.

import { getResults, resultsUrl } from "../../api/room-endpoints.js";
import { byId } from "../../views/dom.js";
import { showResults } from "../../views/rooms/results-table.js";
import { idIn } from "./addresses.js";

const id = idIn(location.pathname);
const csv = /** @type {HTMLAnchorElement} */ (byId("csv"));
csv.href = resultsUrl(id);
byId("print").addEventListener("click", () => print());
getResults(id).then(
  (results) => {
    showResults(byId("results"), results);
    document.body.dataset.ready = "true";
  },
  ({ message }) => {
    byId("failure-detail").textContent = message;
    byId("failure").hidden = false;
  },
);
