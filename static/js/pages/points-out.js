// Points that leave the page: as a table in the reader's convention or the other one, as JSON, onto the clipboard.

import { getPointsJson, getPointsTable, pointsUrl } from "../api/file-endpoints.js";
import { language, t } from "../core/messages.js";
import { POINTS, conventions } from "../core/table-convention.js";
import { copyText } from "../views/clipboard.js";

/**
 * Entries of the File menu.
 * @param {{id: string, onDone: (message: string) => void, attempt: (work: () => Promise<void>) => void,
 *   save: (content: Blob, ending: string) => void}} options
 */
export function pointsEntries({ id, onDone, attempt, save }) {
  const [usual, other] = conventions(language);
  /** @param {string} name @param {import("../core/table-convention.js").Convention} convention */
  const download = (name, convention) => ({
    name,
    help: helpOf(convention),
    href: pointsUrl(id, convention),
  });
  const copy = async () => {
    await copyText(await getPointsTable(id, { separator: "tab", decimal: usual.decimal }), { isFile: true });
    onDone(t("Points copied; paste them into a spreadsheet."));
  };
  const saveJson = async () => {
    const { points } = await getPointsJson(id);
    save(new Blob([JSON.stringify({ points })], { type: "application/json" }), "points.json");
  };
  return [
    download(t("Download points"), usual),
    download(t("Download points, other signs"), other),
    {
      name: t("Download points as JSON"),
      help: t("For programs: a list of objects."),
      onPress: () => attempt(saveJson),
    },
    { name: t("Copy points"), help: t("To the clipboard, for a spreadsheet."), onPress: () => attempt(copy) },
  ];
}

/** @param {import("../core/table-convention.js").Convention} convention */
const helpOf = (convention) =>
  convention === POINTS ? t("CSV with commas and decimal points.") : t("CSV with semicolons and decimal commas.");
