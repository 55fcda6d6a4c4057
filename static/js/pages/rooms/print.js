// The results of a room on one page, to print.

import { getChallenges, getResults, resultsUrl } from "../../api/room-endpoints.js";
import { byId } from "../../views/dom.js";
import { showResults } from "../../views/rooms/results-table.js";
import { idIn } from "./addresses.js";

const id = idIn(location.pathname);
const csv = /** @type {HTMLAnchorElement} */ (byId("csv"));
csv.href = resultsUrl(id);
byId("print").addEventListener("click", () => print());
Promise.all([getResults(id), getChallenges()]).then(
  ([results, { challenges }]) => {
    showResults(byId("results"), results, challenges);
    document.body.dataset.ready = "true";
  },
  ({ message }) => {
    byId("failure-detail").textContent = message;
    byId("failure").hidden = false;
  },
);
