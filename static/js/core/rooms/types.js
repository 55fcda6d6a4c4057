// The shapes of what the server sends about a room (docs/api.md) as the pages use them. Types only: this module has no code.

/** @typedef {"training"|"paused"|"stuck"|"diverged"|"finished"|"idle"|"away"} MemberState */
/** What was handed in for a challenge. @typedef {{passed: boolean, accuracy: number|null, parameters: number, steps: number, at_s?: number}} Result */
/**
 * One student as teacher and screen see them; figures are null until the student's experiment is heard of.
 * @typedef {{number: number, nickname: string, is_raised: boolean, raised_at_s?: number|null, view_id: string, hint?: string|null,
 *   step: number|null, epoch: number|null, train_accuracy: number|null, held_out_accuracy: number|null, loss: number|null,
 *   parameters: number|null, state: MemberState, result?: Result|null}} Member
 */
/** The student whose page it is. @typedef {{number: number, nickname: string, is_raised: boolean, hint: string|null, session: {id: string, view_id: string}, result?: Result|null}} OwnMember */
/** Votes are there once one has voted. @typedef {{question: string, options: string[], votes: number[]|null, own: number|null}} Poll */
/**
 * What passes a challenge: a share of the server's points, and limits where there are any.
 * @typedef {{accuracy: number, most_parameters: number|null, least_parameters: number|null, most_steps: number|null,
 *   ranks_by: "steps"|"parameters"|"accuracy"}} Goal
 */
/** @typedef {{name: string, title: string, sentence: string, goal?: Goal}} Challenge */
/** @typedef {{number: number, nickname: string, accuracy: number|null, parameters: number, steps: number}} Place of the leaderboard */
/**
 * What came of a lesson; `network` in words, the best result in each challenge that was tried.
 * @typedef {{code: string, title: string, at_s: number, rows: {number: number, nickname: string, network: string, step: number|null,
 *   train_accuracy: number|null, held_out_accuracy: number|null, loss: number|null, parameters: number|null,
 *   challenges: Record<string, Result>}[]}} Results
 */
/**
 * A room as its reader may see it. The spotlight is a student's number, or the teacher's experiment, which everyone is to watch.
 * @typedef {{code: string, title: string, state: "open"|"ended", actor: "teacher"|"member"|"screen", id: string, teacher?: string|null,
 *   screen?: string|null, num_members: number, task: {number: number, title?: string, page: string|null}, locks: string[], is_frozen: boolean,
 *   revision: number, is_coarse?: boolean, is_carried_out?: boolean|null, spotlight: number|"teacher"|null, spotlight_view_id: string|null, now?: number,
 *   timer: {ends_at: number}|null, poll: Poll|null, challenge: Challenge|null, leaderboard: Place[]|null, has_leaderboard: boolean,
 *   member?: OwnMember|null, members?: Member[]|null}} Room
 */

export {};
