// How files are named: after the experiment's title, or after its view id where it has none. Pure.

/** Characters of the view id: enough to tell a person's files apart. */
const ID_CHARACTERS = 8;

/** The same as file_stem in nnlab/web/api/files.py. @param {string} title @param {string} viewId */
export function fileStem(title, viewId) {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return words.replace(/^-|-$/g, "") || `nnlab-${viewId.slice(0, ID_CHARACTERS)}`;
}
