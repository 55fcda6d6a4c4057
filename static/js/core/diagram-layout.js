// Where everything lies in the network diagram: a column for the inputs and for each layer, units as square tiles, links
// between them. A long layer shows its first units and a button for the rest, which then stand in several sub-columns.
// CSS pixels; knows nothing of the page.

/** Size of a unit's tile: a finger's width. */
export const TILE_CSS = 44;
const PITCH_CSS = 54;
/** Room for a column's heading above its tiles, and at the edges. */
export const HEAD_CSS = 50;
const EDGE_CSS = 30;
const LEAST_GAP_CSS = 58;
const MOST_GAP_CSS = 190;

/** Tiles in a column; a longer layer gives one of its places to the button that shows the rest. */
export const MOST_ROWS = 8;

/** @typedef {{layer: number, unit: number, left: number, top: number}} Tile layer 0 are the inputs */
/** @typedef {{layer: number, left: number, width: number, more: {count: number, left: number, top: number}|null}} Column */
/** @typedef {{width: number, height: number, columns: Column[], tiles: Tile[], at: Map<string, Tile>}} Layout */

/** @param {number} layer @param {number} unit */
export const keyOf = (layer, unit) => `${layer}.${unit}`;

/**
 * @param {number[]} counts units of each column, the inputs first, the output layer last
 * @param {number} widthCss what there is; the diagram may need more and then scrolls
 * @param {number|null} [expanded] the layer that shows all of its units
 * @returns {Layout}
 */
export function layoutOf(counts, widthCss, expanded = null) {
  const places = counts.map((count, layer) => placesOf(count, layer === expanded));
  const widths = places.map(({ subColumns }) => (subColumns - 1) * PITCH_CSS + TILE_CSS);
  const taken = widths.reduce((sum, width) => sum + width, 2 * EDGE_CSS);
  const gap = Math.min(MOST_GAP_CSS, Math.max(LEAST_GAP_CSS, (widthCss - taken) / (counts.length - 1)));
  const width = Math.max(widthCss, taken + gap * (counts.length - 1));
  const rows = Math.max(...places.map((place) => place.rows));
  let left = (width - (taken - 2 * EDGE_CSS) - gap * (counts.length - 1)) / 2;
  /** @type {Layout} */
  const layout = { width, height: HEAD_CSS + rows * PITCH_CSS + 6, columns: [], tiles: [], at: new Map() };
  counts.forEach((count, layer) => {
    addColumn(
      layout,
      { layer, left, width: widths[layer], top: HEAD_CSS + ((rows - places[layer].rows) * PITCH_CSS) / 2, count },
      places[layer],
    );
    left += widths[layer] + gap;
  });
  return layout;
}

/** How a layer's tiles are spread over rows and sub-columns. @param {number} count @param {boolean} isExpanded */
function placesOf(count, isExpanded) {
  if (count <= MOST_ROWS) return { shown: count, rows: count, subColumns: 1, hasButton: false };
  if (!isExpanded) return { shown: MOST_ROWS - 1, rows: MOST_ROWS, subColumns: 1, hasButton: true };
  return { shown: count, rows: MOST_ROWS, subColumns: Math.ceil((count + 1) / MOST_ROWS), hasButton: true };
}

/**
 * @param {Layout} layout
 * @param {{layer: number, left: number, width: number, top: number, count: number}} column
 * @param {{shown: number, hasButton: boolean}} places
 */
function addColumn(layout, { layer, left, width, top, count }, { shown, hasButton }) {
  const place = (/** @type {number} */ i) => ({
    left: left + Math.floor(i / MOST_ROWS) * PITCH_CSS,
    top: top + (i % MOST_ROWS) * PITCH_CSS,
  });
  for (let unit = 0; unit < shown; unit++) {
    const tile = { layer, unit, ...place(unit) };
    layout.tiles.push(tile);
    layout.at.set(keyOf(layer, unit), tile);
  }
  layout.columns.push({ layer, left, width, more: hasButton ? { count: count - shown, ...place(shown) } : null });
}

/**
 * The tile that an arrow key leads to, null at the edge.
 * @param {Layout} layout
 * @param {Tile} from
 * @param {[number, number]} direction right and down are positive
 */
export function neighbour(layout, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const tile of layout.tiles) {
    const [right, down] = [tile.left - from.left, tile.top - from.top];
    const [along, across] = dx ? [right * dx, Math.abs(down)] : [down * dy, Math.abs(right)];
    if (along < 1 || (dy && across > 1)) continue;
    const distance = along + across * 0.4;
    if (distance < least) [best, least] = [tile, distance];
  }
  return best;
}
