// The shapes of what the server sends (docs/api.md) as the page uses them: the API's own types, which `make types` writes
// out of the server's models, and what the page adds. Types only: this module has no code.

/** @template T @typedef {{[K in keyof T]: NonNullable<T[K]>}} Known the same, where nothing is null */

/** A point; one that the server has not seen has no id. @typedef {Omit<import("./api-types.js").Point, "id"|"value"> & {id?: number|null, value?: number|null}} Point */
/** @typedef {import("./api-types.js").HiddenLayer} HiddenLayer */
/** @typedef {import("./api-types.js").Network} Network */
/** @typedef {import("./api-types.js").Training} Training */
/** @typedef {import("./api-types.js").Pace} Pace */
/** @typedef {import("./api-types.js").View} View */
/** @typedef {[number, number]} Range */
/** @typedef {Omit<import("./api-types.js").Document, "points"> & {points: Point[]}} LabDocument */
/** A document without its points where they have not changed. @typedef {Omit<LabDocument, "points"> & {points?: Point[]}} LeanDocument */
/** Frames say when they are coarser than asked for. @typedef {Omit<import("./api-types.js").Snapshot, "message_parts"> & {message_parts: import("./wording.js").Parts|null, is_coarse?: boolean}} Snapshot */
/** @typedef {import("./api-types.js").RegionsReply} AnyRegions */
/** Fitting tasks have values in place of labels. @typedef {Known<Required<Omit<AnyRegions, "values"|"value_range"|"curve">>> & Partial<Known<AnyRegions>>} Regions */
/** @typedef {import("./api-types.js").LayerHealth} LayerHealth */
/** 64 levels over the range, row 0 at the largest y. @typedef {import("./api-types.js").UnitMap} UnitMap */
/** Of one unit; layer from 1. @typedef {import("./api-types.js").UnitReply} FineMap */
/** The output layer last. @typedef {import("./api-types.js").UnitMaps} UnitMaps */
/** (D, H) and (H,); maxout has one more axis in front, the pieces. @typedef {import("./api-types.js").LayerWeights} LayerWeights */
/** Layer from 1; two characters a number. @typedef {import("./api-types.js").Warp} Warp */
/** One update in figures. @typedef {import("./api-types.js").Phases} Phases */
/** How far the winning raw score is ahead in each cell. @typedef {import("./api-types.js").Scores} Scores */
/** Each unit's curve in curve fitting, two characters a column over one range. @typedef {import("./api-types.js").UnitCurves} UnitCurves */
/** What a frame shows of the network's inside; `typed`: set by hand since. @typedef {{units: UnitMaps, weights: LayerWeights[], warp: Warp|null, typed: import("./changes.js").WeightEntry[]}} Inside */
/** @typedef {Pick<import("./api-types.js").Frame, "warp"|"curves"|"scores"|"phases"> & {units?: UnitMaps, weights?: LayerWeights[]}} InsideViews */
/** @typedef {Snapshot & InsideViews & Pick<import("./api-types.js").Frame, "session"|"seq"> & {regions?: Regions}} Frame */
/** @typedef {import("./api-types.js").Choice} Choice */
/** A row of the catalog; core/catalog.js puts its path in. @typedef {Omit<import("./api-types.js").FieldSpec, "live"> & {live?: boolean, path?: string, compare?: string}} FieldSpec compare: the path of its values where that is of one layer */
/** Measured data have a source. @typedef {Choice & {source?: string, license?: string}} DatasetEntry */
/** @typedef {{format: string, defaults: LabDocument, fields: Record<string, FieldSpec>, datasets: DatasetEntry[]}} Catalog */
/** @typedef {{id?: string, view_id: string, points_revision: number, document: LabDocument, snapshot: Snapshot}} SessionReply */
/** @typedef {{revision: number, points_revision?: number, document?: LeanDocument, snapshot?: Snapshot, points?: Point[]}} ChangeReply */
/** What was changed by hand; layer from 1, unit from 0. @typedef {{step: number, field: string, before: any, after: any, layer: number|null, unit: number|null}} Mark */
/** @typedef {"connecting"|"live"|"reconnecting"|"hidden"|"gone"} Connection state of the page's stream */

export {};
