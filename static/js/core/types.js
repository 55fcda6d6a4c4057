// The shapes of what the server sends (docs/api.md). Types only: this module has no code.

/** @typedef {{id?: number, x: number, y: number, label: number, value?: number|null, held_out: boolean}} Point */
/** @typedef {{units: number, activation: string, pieces: number, keep_prob: number|null}} HiddenLayer */
/**
 * @typedef {{inputs: string[], hidden: HiddenLayer[], skips: number[][], loss: string, init: string,
 *   init_scale: number, seed: number}} Network
 */
/**
 * @typedef {{optimizer: string, learning_rate: number, learning_rate_decay: number, momentum: number,
 *   batch_size: number, l2: number, l1: number, max_norm: number|null, keep_prob: number, input_noise: number}} Training
 */
/** @typedef {{steps_per_second: number, frames_per_second: number, resolution: number}} Pace */
/** @typedef {[number, number]} Range */
/** @typedef {{x_range: Range, y_range: Range}} View */
/**
 * @typedef {{format: string, title: string, task: string, classes: number, points: Point[], network: Network,
 *   training: Training, pace: Pace, view: View, dataset?: Record<string, any>|null}} LabDocument
 */
/** A document without its points where they have not changed. @typedef {Omit<LabDocument, "points"> & {points?: Point[]}} LeanDocument */
/**
 * @typedef {{state: "paused"|"running"|"diverged", revision: number, step: number, epoch: number, num_layers: number,
 *   num_units: number, num_parameters: number, loss: number|null, data_loss: number|null, reg_loss: number|null,
 *   accuracy: number|null, test_loss: number|null, test_accuracy: number|null, message?: string|null, message_parts?: import("./wording.js").Parts|null,
 *   layers?: LayerHealth[], courses?: number, marks?: number, can_undo?: boolean, can_redo?: boolean, first_step?: number|null, last_step?: number|null}} Snapshot
 */
/**
 * @typedef {{rows: number, cols: number, x_range: Range, y_range: Range, labels: string, probability: string, leads: string,
 *   values?: string, value_range?: Range, curve?: string}} Regions fitting tasks have values in place of labels
 */
/**
 * @typedef {{dead_fraction: number|null, saturated_fraction: number|null, update_ratio: number|null,
 *   gradient_norm: number|null}} LayerHealth
 */
/** @typedef {{values: string, value_range: Range}} UnitMap 64 levels over the range, row 0 at the largest y */
/** @typedef {UnitMap & {layer: number, unit: number, rows: number, cols: number, step: number}} FineMap of one unit; layer from 1 */
/** @typedef {{rows: number, cols: number, layers: UnitMap[][]}} UnitMaps the output layer last */
/**
 * @typedef {{weights: number[][]|number[][][], biases: number[]|number[][]}} LayerWeights (D, H) and (H,); maxout has one
 *   more axis in front, the pieces
 */
/**
 * @typedef {{layer: number, units: [number, number], rows: number, cols: number, x_range: Range, y_range: Range,
 *   grid: string, points: string}} Warp layer from 1, two characters a number
 */
/**
 * One update in figures: ids of its minibatch's points, its loss before the update, and each layer, the output layer last.
 * @typedef {{step: number, points: number[], loss: number|null, data_loss: number|null, reg_loss: number|null,
 *   layers: {activation_norm: number|null, gradient_norm: number|null, update_ratio: number|null}[]}} Phases
 */
/** What a frame shows of the network's inside; `typed`: set by hand since. @typedef {{units: UnitMaps, weights: LayerWeights[], warp: Warp|null, typed: import("./changes.js").WeightEntry[]}} Inside */
/** How far the winning raw score is ahead in each cell. @typedef {{rows: number, cols: number, labels: string, leads: string, values: string, value_range: Range}} Scores */
/** Each unit's curve in curve fitting, two characters a column over one range. @typedef {{layer: number, value_range: Range, units: string[]}} UnitCurves */
/** @typedef {{units?: UnitMaps, weights?: LayerWeights[], warp?: Warp|null, curves?: UnitCurves|null, scores?: Scores|null, phases?: Phases|null}} InsideViews */
/** @typedef {Snapshot & InsideViews & {session: string, seq: number, regions?: Regions}} Frame */
/** @typedef {{name: string, label: string, help: string, formula?: string, tasks?: string[], uses_momentum?: boolean, one_score?: boolean}} Choice */
/**
 * @typedef {{label: string, help: string, type: string, minimum?: number, exclusive_minimum?: number,
 *   maximum?: number, exclusive_maximum?: number, max_items?: number, max_length?: number, default?: any,
 *   slider?: [number, number], scale?: "log"|"linear", step?: number, unit?: string, live?: boolean,
 *   nullable?: boolean, percent?: boolean, full?: boolean, choices?: Choice[], path?: string}} FieldSpec percent: a share that is
 *   shown as one; full: the maximum stands for all there is; path: put in by core/catalog.js
 */
/** @typedef {Choice & {min_classes?: number, max_classes?: number}} DatasetEntry */
/**
 * @typedef {{format: string, defaults: LabDocument, fields: Record<string, FieldSpec>, datasets: DatasetEntry[]}} Catalog
 */
/** @typedef {{id?: string, view_id: string, points_revision: number, document: LabDocument, snapshot: Snapshot}} SessionReply */
/** @typedef {{revision: number, points_revision?: number, document?: LeanDocument, snapshot?: Snapshot, points?: Point[]}} ChangeReply */
/** What was changed by hand; layer and unit from 0. @typedef {{step: number, field: string, before: any, after: any, layer: number|null, unit: number|null}} Mark */
/** @typedef {"connecting"|"live"|"reconnecting"|"hidden"|"gone"} Connection state of the page's stream */

export {};
