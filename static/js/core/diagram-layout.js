// Where everything lies in the network diagram: a column for the inputs and for each layer, units as square tiles, as large as
// the height allows. The inputs' column has places for unused inputs too. A long layer shows its first units and a button for
// the rest, which then stand in several sub-columns. CSS pixels; knows nothing of the page.

/** Room above the tiles for the columns' heads, and below for their feet. */
export const HEAD_CSS = 88;
/** No head is higher than this; between it and the tiles there is room for a figure. */
export const HEADS_END_CSS = 74;
export const FOOT_CSS = 26;

/** Size of a tile: as the height allows between these. A finger needs more than a mouse. */
const LEAST_TILE_CSS = 20;
const MOST_TILE_CSS = 40;
const BETWEEN_CSS = 4;
/** Tiles of a short column stand apart, by this times their size at the most. */
const LOOSEST = 1.6;

/** From the edges to the middle of the first column, which has its inputs' names on the left, and of the last. */
const FIRST_CSS = 66;
const LAST_CSS = 46;
/** Columns stand at least so far apart, from tile to tile, and tiles take no more than this share of the way. */
const LEAST_APART_CSS = 4;
const MOST_SHARE = 0.6;
const MOST_SPACING_CSS = 260;
/** A head with all of its controls is so wide, and from so many columns there is a button in its place. */
const WHOLE_HEAD_CSS = 80;
const MANY_COLUMNS = 6;

/** All inputs have their places, however low the window, and there are so many rows at least. */
const LEAST_ROWS = 3;

/** @typedef {{layer: number, unit: number, left: number, top: number, size: number}} Tile layer 0 are the inputs */
/** @typedef {{slot: number, left: number, top: number, size: number}} Spare the place of an input that is not used */
/** @typedef {{layer: number, left: number, width: number, middle: number, more: {count: number, left: number, top: number, size: number}|null}} Column */
/**
 * @typedef {{width: number, height: number, isCompact: boolean, spacing: number, columns: Column[], tiles: Tile[], spares: Spare[], at: Map<string, Tile>}} Layout
 *   isCompact: too many columns for heads with all of their controls; spacing: from one column's middle to the next
 */

/** @param {number} layer @param {number} unit */
export const keyOf = (layer, unit) => `${layer}.${unit}`;

/**
 * @param {{inputs: (number|null)[], counts: number[]}} columns inputs: for each place of the first column its unit, null where
 *   the input is not used; counts: units of each layer, the output layer last
 * @param {{widthCss: number, heightCss: number, leastTileCss?: number}} size what there is; the diagram may need more and then scrolls
 * @param {number|null} [expanded] the layer that shows all of its units
 * @returns {Layout}
 */
export function layoutOf({ inputs, counts }, { widthCss, heightCss, leastTileCss = LEAST_TILE_CSS }, expanded = null) {
  const leastRows = Math.max(LEAST_ROWS, inputs.length);
  const least = HEAD_CSS + FOOT_CSS + leastRows * (leastTileCss + BETWEEN_CSS);
  const height = Math.max(heightCss, least);
  const room = height - HEAD_CSS - FOOT_CSS;
  const mostRows = Math.floor(room / (leastTileCss + BETWEEN_CSS));
  const places = [inputs.length, ...counts].map((count, layer) => placesOf(count, layer === expanded, mostRows));
  const rows = Math.max(...places.map((place) => place.rows));
  const mostWide = (MOST_SHARE * (widthCss - FIRST_CSS - LAST_CSS)) / (places.length - 1);
  const most = Math.floor(Math.min(MOST_TILE_CSS, room / rows - BETWEEN_CSS, mostWide));
  const tile = Math.max(leastTileCss, most);
  const widths = places.map(({ subColumns }) => (subColumns - 1) * (tile + BETWEEN_CSS) + tile);
  const across = spread(widths, tile, widthCss);
  const isCompact = widths.length >= MANY_COLUMNS || across.spacing < WHOLE_HEAD_CSS;
  const { width, spacing } = across;
  /** @type {Layout} */
  const layout = { width, height, isCompact, spacing, columns: [], tiles: [], spares: [], at: new Map() };
  places.forEach((place, layer) => {
    const count = layer === 0 ? inputs.length : counts[layer - 1];
    const column = { layer, left: across.lefts[layer], width: widths[layer], tile, room, count };
    addColumn(layout, column, place, layer === 0 ? inputs : null);
  });
  return layout;
}

/** How a layer's tiles are spread over rows and sub-columns. @param {number} count @param {boolean} isExpanded @param {number} mostRows */
function placesOf(count, isExpanded, mostRows) {
  if (count <= mostRows) return { shown: count, rows: count, subColumns: 1, hasButton: false };
  if (!isExpanded) return { shown: mostRows - 1, rows: mostRows, subColumns: 1, hasButton: true };
  return { shown: count, rows: mostRows, subColumns: Math.ceil((count + 1) / mostRows), hasButton: true };
}

/** Where the columns begin, evenly between the edges. @param {number[]} widths @param {number} tile @param {number} widthCss */
function spread(widths, tile, widthCss) {
  const extra = widths.reduce((sum, width) => sum + width - tile, 0);
  const between = widths.length - 1;
  const free = (widthCss - FIRST_CSS - LAST_CSS - extra) / between;
  const spacing = Math.min(MOST_SPACING_CSS, Math.max(tile + LEAST_APART_CSS, free));
  const needed = FIRST_CSS + LAST_CSS + extra + spacing * between;
  const width = Math.max(widthCss, needed);
  let left = FIRST_CSS - tile / 2 + (width - needed) / 2;
  const lefts = widths.map((columnWidth) => {
    const here = left;
    left += columnWidth - tile + spacing;
    return here;
  });
  return { width, spacing, lefts };
}

/**
 * @param {Layout} layout
 * @param {{layer: number, left: number, width: number, tile: number, room: number, count: number}} column
 * @param {{shown: number, rows: number, hasButton: boolean, subColumns: number}} places
 * @param {(number|null)[]|null} inputs
 */
function addColumn(layout, { layer, left, width, tile, room, count }, { shown, rows, hasButton, subColumns }, inputs) {
  const isTight = hasButton || subColumns > 1;
  const pitch = isTight ? tile + BETWEEN_CSS : Math.min(room / rows, tile * LOOSEST);
  const top = HEAD_CSS + (room - rows * pitch + pitch - tile) / 2;
  const place = (/** @type {number} */ i) => ({
    left: left + Math.floor(i / rows) * (tile + BETWEEN_CSS),
    top: top + (i % rows) * pitch,
    size: tile,
  });
  for (let i = 0; i < shown; i++) {
    const unit = inputs ? inputs[i] : i;
    if (unit === null) layout.spares.push({ slot: i, ...place(i) });
    else addTile(layout, { layer, unit, ...place(i) });
  }
  const more = hasButton ? { count: count - shown, ...place(shown) } : null;
  layout.columns.push({ layer, left, width, middle: left + width / 2, more });
}

/** @param {Layout} layout @param {Tile} tile */
function addTile({ tiles, at }, tile) {
  tiles.push(tile);
  at.set(keyOf(tile.layer, tile.unit), tile);
}

/** Where a figure of this height begins that stands over a layer's tiles. @param {Layout} layout @param {number} layer @param {number} heightCss */
export function topOverTiles({ tiles }, layer, heightCss) {
  const first = Math.min(...tiles.filter((tile) => tile.layer === layer).map(({ top }) => top));
  return Math.max(HEADS_END_CSS, first - heightCss - 3);
}

/**
 * The place that an arrow key leads to, null at the edge.
 * @template {{left: number, top: number}} P
 * @param {P[]} places
 * @param {P} from
 * @param {[number, number]} direction right and down are positive
 * @returns {P|null}
 */
export function neighbour(places, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const place of places) {
    const [right, down] = [place.left - from.left, place.top - from.top];
    const [along, across] = dx ? [right * dx, Math.abs(down)] : [down * dy, Math.abs(right)];
    if (along < 1 || (dy && across > 1)) continue;
    const distance = along + across * 0.4;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}
