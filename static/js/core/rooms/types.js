// The shapes of what the server sends about a room (docs/api.md) as the pages use them. Types only: this module has no code.

/** @typedef {"training"|"paused"|"stuck"|"diverged"|"finished"|"idle"|"away"} MemberState */
/** What was handed in for the present challenge. @typedef {{passed: boolean, accuracy: number|null, parameters: number, steps: number}} Result */
/**
 * One student as teacher and screen see them; the view id is the teacher's alone.
 * @typedef {{number: number, nickname: string, is_raised: boolean, raised_at?: number|null, view_id?: string|null, hint?: string|null,
 *   step: number, epoch: number, train_accuracy: number|null, held_out_accuracy: number|null, loss: number|null, parameters: number,
 *   state: MemberState, result?: Result|null}} Member
 */
/** The student whose page it is. @typedef {{number: number, nickname: string, is_raised: boolean, hint: string|null, session: {id: string, view_id: string}, result?: Result|null}} OwnMember */
/** Votes are there once one has voted. @typedef {{question: string, options: string[], votes: number[]|null, own: number|null}} Poll */
/** @typedef {{name: string, title: string, sentence: string, goal?: unknown}} Challenge */
/** @typedef {{number: number, nickname: string, accuracy: number|null, parameters: number, steps: number}} Place of the leaderboard */
/** Whom the spotlight shows; without a number it is the teacher. @typedef {{number: number|null, nickname: string|null, view_id: string}} Watched */
/**
 * A room as its reader may see it.
 * @typedef {{code: string, title: string, state: "open"|"ended", actor: "teacher"|"member"|"screen", id: string, teacher?: string|null,
 *   screen?: string|null, member_count: number, task: {number: number, id?: string|null, view_id?: string|null, page: string|null},
 *   locks: string[], is_frozen: boolean, is_coarse?: boolean, watched: Watched|null, now: number, timer: {ends_at: number}|null, poll: Poll|null,
 *   challenge: Challenge|null, leaderboard: Place[]|null, has_leaderboard: boolean, member?: OwnMember|null, members?: Member[]|null}} Room
 */
/** A frame that names its student. @typedef {import("../types.js").Frame & {member: number}} MemberFrame */
/** @typedef {{member: number, revision: number, points_revision: number, document: import("../types.js").LeanDocument}} MemberDocument */

export {};
