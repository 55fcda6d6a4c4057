// The plane as a picture (PNG, drawn here) and as a figure (SVG, drawn by the server): into a file or onto the clipboard.

import { getFigure } from "../api/file-endpoints.js";
import { t } from "../core/messages.js";
import { drawFigure } from "../draw/figure.js";
import { copyText } from "../views/clipboard.js";
import { planeInks, pointColours } from "../views/plane/point-colours.js";

/**
 * @param {{id: string, store: {get: () => import("./playground.js").PageState},
 *   save: (content: Blob, ending: string) => void, onDone: (message: string) => void,
 *   attempt: (work: () => Promise<void>) => void}} parts
 */
export function createFigures({ id, store, save, onDone, attempt }) {
  const picture = () => pictureOf(store.get());

  const copyPicture = async () => {
    await copy({ "image/png": picture() });
    onDone(t("Picture copied"));
  };

  const copyFigure = async () => {
    if (!navigator.clipboard?.write) {
      await copyText(await (await getFigure(id)).text(), { isFile: true });
      return onDone(t("Figure copied"));
    }
    const figure = getFigure(id);
    const asText = figure.then(async (blob) => new Blob([await blob.text()], { type: "text/plain" }));
    /** @type {Record<string, Promise<Blob>>} */
    const content = { "text/plain": asText };
    if (ClipboardItem.supports?.("image/svg+xml")) content["image/svg+xml"] = figure;
    await copy(content);
    onDone(t("Figure copied"));
  };

  return [
    {
      name: t("Download picture"),
      help: t("The plane with title and axes, as PNG."),
      onPress: () => attempt(async () => save(await picture(), "png")),
    },
    {
      name: t("Download figure"),
      help: t("The same as SVG, sharp at any size."),
      onPress: () => attempt(async () => save(await getFigure(id), "svg")),
    },
    { name: t("Copy picture"), help: t("To the clipboard, as PNG."), onPress: () => attempt(copyPicture) },
    { name: t("Copy figure"), help: t("To the clipboard, as SVG."), onPress: () => attempt(copyFigure) },
  ];
}

/** @param {import("./playground.js").PageState} state @returns {Promise<Blob>} */
function pictureOf({ document, regions, colours }) {
  const canvas = drawFigure({
    document,
    regions,
    title: document.title,
    colours: planeInks(document.task, colours),
    colourOf: pointColours(document.task, colours),
  });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t("The browser could not draw the picture."))))),
  );
}

/** @param {Record<string, Promise<Blob>>} content by media type */
async function copy(content) {
  if (!navigator.clipboard?.write)
    throw new Error(
      t("The browser lets pages copy pictures over https or on this computer only. Download it instead."),
    );
  await navigator.clipboard.write([new ClipboardItem(content)]);
}
