// The six letters of a room: how they are typed, read aloud and found in addresses. Pure.

/** No I, L, O, S: they look like others on a projector. */
const LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ";
export const CODE_LENGTH = 6;

/** What was typed as a code, as far as it can be one: capitals, no blanks, no letters that codes do not have. @param {string} typed */
export const tidyCode = (typed) =>
  [...typed.toUpperCase()]
    .filter((letter) => LETTERS.includes(letter))
    .slice(0, CODE_LENGTH)
    .join("");

/** @param {string} code */
export const isCode = (code) => code.length === CODE_LENGTH && tidyCode(code) === code;

/** A code in two halves, to be read from the wall: KQX TAB. @param {string} code */
export const inHalves = (code) => `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`;

/** The code in an address such as /join/KQXTAB, "" without one. @param {string} pathname */
export const codeInPath = (pathname) => tidyCode(/^\/join\/([^/]+)/.exec(pathname)?.[1] ?? "");
