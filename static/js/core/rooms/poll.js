// A question as a teacher types it, and whether it can be asked. Pure.

import { t, tn } from "../messages.js";

export const MOST_OPTIONS = 6;

/**
 * @param {string} question
 * @param {string} lines an answer on each
 * @returns {{poll: {question: string, options: string[]}|null, words: string}} words: why it cannot be asked, "" if it can
 */
export function pollOf(question, lines) {
  const options = lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const words = problemOf(question.trim(), options);
  return { poll: words ? null : { question: question.trim(), options }, words };
}

/** @param {string} question @param {string[]} options */
function problemOf(question, options) {
  if (!question) return t("Type a question first.");
  if (options.length < 2 || options.length > MOST_OPTIONS)
    return tn(
      "A poll has 2 to {most} answers; there is 1.",
      "A poll has 2 to {most} answers; there are {count}.",
      options.length,
      { most: MOST_OPTIONS },
    );
  return new Set(options).size < options.length ? t("Two of the answers are the same.") : "";
}
