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
 * @returns {Promise<any>} the reply's JSON, or null when it has none
 */
export function request(method, path, body) {
  return send(method, path, body === undefined ? undefined : JSON.stringify(body), "application/json");
}

/**
 * A request whose body is text of some other type, such as CSV.
 * @param {string} method
 * @param {string} path
 * @param {string|undefined} body
 * @param {string} type
 * @returns {Promise<any>} the reply's JSON, or null when it has none
 */
export async function send(method, path, body, type) {
  const headers = body === undefined ? undefined : { "Content-Type": type };
  const response = await fetchOrProblem(path, { method, headers, body });
  return response.status === 204 ? null : response.json();
}

/** A response that is a success. @param {string} path @param {RequestInit} init */
export async function fetchOrProblem(path, init) {
  const response = await fetch(path, init).catch(() => {
    throw new Problem(t("The server does not answer. Your change was not made; try again in a moment."), 0);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** @param {Response} response */
async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  const message =
    problem.detail ?? problem.title ?? t("The server answered with status {status}.", { status: response.status });
  return new Problem(message, response.status, problem.errors, problem.code);
}
