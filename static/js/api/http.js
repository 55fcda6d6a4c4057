// JSON over fetch. Failures become a Problem that carries the server's own words (RFC 9457). Knows no endpoint.

import { t } from "../core/messages.js";

/** A request that did not succeed; `message` can be shown to a person. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {number} status HTTP status, 0 when there was no answer
   * @param {{field: string, message: string}[]} [errors]
   * @param {string} [code] the server's name for what went wrong
   */
  constructor(message, status, errors = [], code = "") {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.errors = errors;
    this.code = code;
  }

  /** The server was not there, or too busy to look at the request. */
  get isOutage() {
    return [0, 429, 502, 503, 504].includes(this.status);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {string} [key] of a change that may have been sent before
 * @returns {Promise<any>} the reply's JSON, or null when it has none
 */
export function request(method, path, body, key) {
  return send(method, path, body === undefined ? undefined : JSON.stringify(body), "application/json", key);
}

/**
 * A request whose body is text of some other type, such as CSV. A change always goes under a key, see persistently.js.
 * @param {string} method
 * @param {string} path
 * @param {string|Blob|undefined} body
 * @param {string} type
 * @param {string} [key]
 * @returns {Promise<any>} the reply's JSON, or null when it has none
 */
export async function send(method, path, body, type, key = newKey()) {
  /** @type {Record<string, string>} */
  const headers = method === "GET" ? {} : { "Idempotency-Key": key };
  if (body !== undefined) headers["Content-Type"] = type;
  return fetchOrProblem(path, { method, headers, body }, async (response) =>
    response.status === 204 ? null : response.json(),
  );
}

/**
 * What a request that succeeds brings; a reply that is cut off is as good as none.
 * @template T
 * @param {string} path
 * @param {RequestInit} init
 * @param {(response: Response) => Promise<T>} read
 */
export async function fetchOrProblem(path, init, read) {
  const lost = () => {
    throw new Problem(isReading(init) ? noAnswer() : notKnown(), 0);
  };
  const response = await fetch(path, init).catch(lost);
  if (!response.ok) throw await problemOf(response);
  return read(response).catch(lost);
}

/** Whether what was asked for is not there; a failure of another kind does not say so. @param {Promise<unknown>} asked @returns {Promise<boolean>} */
export const isMissing = (asked) =>
  asked.then(
    () => false,
    ({ status }) => status === 404,
  );

/** A text that no other change has: whatever is sent again under it is done once. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is there over HTTPS only
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const noAnswer = () => t("The server does not answer; try again in a moment.");
const notKnown = () =>
  t(
    "The server does not answer. Whether your change was made is not known; the page shows it when the server is back.",
  );

/** @param {RequestInit} init */
const isReading = ({ method = "GET" }) => method === "GET";

/** @param {Response} response */
async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  const message =
    problem.detail ?? problem.title ?? t("The server answered with status {status}.", { status: response.status });
  return new Problem(message, response.status, problem.errors, problem.code);
}
