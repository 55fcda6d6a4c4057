// The gallery's experiments in their order, the note's example first: what each one changes in the default document, its data set,
// what there is to notice, what to try then, and a question.

import { ABOUT_LEARNING } from "./learning.js";
import { ABOUT_REPRESENTING } from "./representing.js";
import { ABOUT_SIZES } from "./sizes.js";

/**
 * @typedef {import("../../views/rail/lesson.js").Lesson & {name: string, document: Record<string, any>,
 *   dataset: Record<string, any>,
 *   compare?: import("../../core/compare-values.js").Comparison}} Preset name: of its picture in static/pictures/gallery; compare: at
 *   several values, side by side
 */

/** @type {Preset[]} */
export const PRESETS = [...ABOUT_SIZES, ...ABOUT_REPRESENTING, ...ABOUT_LEARNING];
