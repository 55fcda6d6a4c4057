// What the API sends. Written by `make types` out of the server's models; a test says when it is stale.

/** Everything a page needs to draw its controls. */
export interface CatalogReply {
  format: string;
  defaults: Document;
  fields: Record<string, FieldSpec>;
  datasets: Choice[];
}

/** An entry of a menu, or a data set; what has no meaning for it is left out. */
export interface Choice {
  name: string;
  label: string;
  help: string;
  formula?: string;
  tasks?: string[];
  uses_momentum?: boolean;
  one_score?: boolean;
  min_classes?: number;
  max_classes?: number;
  source?: string;
  license?: string;
}

/** A shape that points are drawn from, and how: the same values draw the same points within the same view. */
export interface Dataset {
  name: string;
  points: number;
  classes: number | null;
  noise: number;
  seed: number;
  test_fraction: number;
  balance: number;
  shuffle: boolean;
}

/** What a person asked for: points, network, training, pace and view. */
export interface Document {
  format: "nnlab/1";
  title: string;
  task: string;
  classes: number;
  class_names: string[];
  points: Point[];
  dataset: Dataset | null;
  network: Network;
  training: Training;
  pace: Pace;
  stop: Stop;
  view: View;
}

/** The document after a change; without `points` it has those of the newest event that had some. */
export interface DocumentEvent {
  session: string;
  view_id: string;
  revision: number;
  points_revision: number;
  document: Record<string, any>;
}

/** Set one weight (layer, row, column, value) or one bias (layer, unit, bias). Layers count from 1, the output layer last; rows, columns, units and pieces from 0. */
export interface EditWeight {
  layer: number;
  row?: number | null;
  column?: number | null;
  value?: number | null;
  unit?: number | null;
  bias?: number | null;
  piece?: number;
}

/** One field of the document; a rule that does not hold for it is left out. */
export interface FieldSpec {
  label: string;
  help: string;
  type: string;
  live: boolean;
  default?: any;
  nullable?: boolean;
  minimum?: number;
  exclusive_minimum?: number;
  maximum?: number;
  exclusive_maximum?: number;
  min_items?: number;
  max_items?: number;
  max_length?: number;
  slider?: [number, number];
  scale?: "log";
  step?: number;
  unit?: string;
  percent?: boolean;
  full?: boolean;
  choices?: Choice[];
}

/** One picture, complete in itself; what comes after `regions` is there if it is asked for. */
export interface Frame {
  state: "paused" | "running" | "diverged";
  revision: number;
  step: number;
  epoch: number;
  num_layers: number;
  num_units: number;
  num_parameters: number;
  loss: number | null;
  data_loss: number | null;
  reg_loss: number | null;
  accuracy: number | null;
  test_loss: number | null;
  test_accuracy: number | null;
  weight_norm: number | null;
  layers: LayerHealth[];
  message: string | null;
  message_parts: Record<string, any> | null;
  first_step: number | null;
  last_step: number;
  courses: number;
  marks: number;
  can_undo: boolean;
  can_redo: boolean;
  session: string;
  seq: number;
  member?: number | null;
  is_coarse?: boolean;
  regions?: RegionsReply | null;
  units?: UnitMaps | null;
  weights?: LayerWeights[] | null;
  scores?: Scores | null;
  warp?: Warp | null;
  curves?: UnitCurves | null;
  phases?: Phases | null;
}

/** Something to notice or to worry about in a layer. */
export interface HealthFinding {
  code:
    | "large_inputs"
    | "dead"
    | "dying"
    | "saturated"
    | "saturating"
    | "huge_steps"
    | "large_steps"
    | "tiny_steps"
    | "exploding"
    | "stuck"
    | "vanishing";
  status: "watch" | "alarm";
}

/** One hidden layer. */
export interface HiddenLayer {
  units: number;
  activation: string;
  pieces: number;
  keep_prob: number | null;
}

/** Columns of one length, in order of step; null where there was nothing to measure. */
export interface HistoryReply {
  step: number[];
  loss: (number | null)[];
  data_loss: (number | null)[];
  reg_loss: (number | null)[];
  accuracy: (number | null)[];
  test_loss: (number | null)[];
  test_accuracy: (number | null)[];
}

/** How one layer is doing on the training points; null without any. */
export interface LayerHealth {
  dead_fraction: number | null;
  saturated_fraction: number | null;
  update_ratio: number | null;
  activation_norm: number | null;
  gradient_norm: number | null;
  sign_agreement: number | null;
  findings: HealthFinding[];
}

/** One layer in one update. */
export interface LayerPhases {
  activation_norm: number | null;
  gradient_norm: number | null;
  update_ratio: number | null;
}

/** Weights (D, H) and biases (H,) to four digits; maxout has one more axis in front, the pieces. */
export interface LayerWeights {
  weights: number[][] | number[][][];
  biases: number[] | number[][];
}

/** The shape of the network and where its weights start. */
export interface Network {
  inputs: string[];
  scaling: string;
  hidden: HiddenLayer[];
  skips: [number, number][];
  loss: string;
  init: string;
  init_scale: number;
  seed: number;
}

/** How fast training runs and how finely it is shown. */
export interface Pace {
  steps_per_second: number;
  frames_per_second: number;
  resolution: number;
}

/** The last update: its minibatch's points by id, its losses before the update, and each layer. */
export interface Phases {
  step: number;
  points: number[];
  loss: number | null;
  data_loss: number | null;
  reg_loss: number | null;
  layers: LayerPhases[];
}

/** One example: where it is and what the network should say there. */
export interface Point {
  id: number | null;
  x: number;
  y: number;
  label: number;
  value: number | null;
  held_out: boolean;
}

/** One row per place. */
export interface PredictReply {
  scores: (number | null)[][];
  probabilities: (number | null)[][] | null;
  labels: number[] | null;
  values: (number | null)[] | null;
  activations?: (number | null)[][][] | null;
}

/** The decision regions on a grid; row 0 is at the largest y. */
export interface RegionsReply {
  rows: number;
  cols: number;
  x_range: [number, number];
  y_range: [number, number];
  labels?: string | null;
  probability?: string | null;
  leads?: string | null;
  values?: string | null;
  value_range?: [number, number] | null;
  curve?: string | null;
}

/** In each cell the label, and how far its raw score is ahead of the next. */
export interface Scores {
  rows: number;
  cols: number;
  labels: string;
  leads: string;
  values: string;
  value_range: [number, number];
}

/** A session as it stands. */
export interface SessionReply {
  revision: number;
  snapshot: Snapshot;
  id?: string | null;
  view_id: string;
  points_revision: number;
  document: Document;
}

/** The run state in figures. */
export interface Snapshot {
  state: "paused" | "running" | "diverged";
  revision: number;
  step: number;
  epoch: number;
  num_layers: number;
  num_units: number;
  num_parameters: number;
  loss: number | null;
  data_loss: number | null;
  reg_loss: number | null;
  accuracy: number | null;
  test_loss: number | null;
  test_accuracy: number | null;
  weight_norm: number | null;
  layers: LayerHealth[];
  message: string | null;
  message_parts: Record<string, any> | null;
  first_step: number | null;
  last_step: number;
  courses: number;
  marks: number;
  can_undo: boolean;
  can_redo: boolean;
}

/** When running training pauses by itself; empty conditions do not count. */
export interface Stop {
  epoch: number | null;
  loss: number | null;
  accuracy: number | null;
}

/** How the weights are updated. All of it may change while training runs, and keeps the weights. */
export interface Training {
  optimizer: string;
  learning_rate: number;
  learning_rate_decay: number;
  momentum: number;
  batch_size: number;
  shuffle: boolean;
  l2: number;
  l1: number;
  max_norm: number | null;
  keep_prob: number;
  input_noise: number;
}

/** In curve fitting, each unit of the last hidden layer along x: two characters a column. */
export interface UnitCurves {
  layer: number;
  value_range: [number, number];
  units: string[];
}

/** What one unit says over the plane: a character a cell, 64 levels over the range; row 0 is at the largest y. */
export interface UnitMap {
  values: string;
  value_range: [number, number];
}

/** Every unit's map, layer by layer, the output layer last. */
export interface UnitMaps {
  rows: number;
  cols: number;
  layers: UnitMap[][];
}

/** One unit's h (for the output layer its score) on a grid over the view; row 0 is at the largest y. */
export interface UnitReply {
  step: number;
  layer: number;
  unit: number;
  rows: number;
  cols: number;
  values: string;
  value_range: [number, number];
}

/** The part of the plane that is drawn. */
export interface View {
  x_range: [number, number];
  y_range: [number, number];
}

/** Where two units send a grid and the points: two characters a number, x then y. */
export interface Warp {
  layer: number;
  units: [number, number];
  rows: number;
  cols: number;
  x_range: [number, number];
  y_range: [number, number];
  grid: string;
  points: string;
}
