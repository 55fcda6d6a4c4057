// The outline of each class's shape, as a path centred on (0, 0). Knows sizes in CSS pixels, not colours or classes' meaning.

/** Shapes of equal radius look unequal in size; these factors even them out. */
const SIZE = {
  circle: 1,
  square: 0.9,
  triangle: 1.22,
  diamond: 1.22,
  plus: 1.14,
  star: 1.3,
  pentagon: 1.1,
  cross: 1.14,
};

/** Half the width of the arms of plus and cross. */
const ARM = 0.36;

/**
 * Trace a shape; the caller fills or strokes it.
 * @param {CanvasRenderingContext2D|Path2D} path
 * @param {string} shape one of CLASS_SHAPES
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function traceShape(path, shape, x, y, radius) {
  const r = radius * (SIZE[/** @type {keyof typeof SIZE} */ (shape)] ?? 1);
  if (shape === "circle") {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  shapeCorners(shape).forEach(([dx, dy], index) => {
    if (index === 0) path.moveTo(x + dx * r, y + dy * r);
    else path.lineTo(x + dx * r, y + dy * r);
  });
  path.closePath();
}

/**
 * Corners of a shape of radius 1, y pointing down.
 * @param {string} shape
 * @returns {number[][]}
 */
export function shapeCorners(shape) {
  switch (shape) {
    case "square":
      return [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ];
    case "triangle":
      return polygon(3);
    case "diamond":
      return polygon(4);
    case "pentagon":
      return polygon(5);
    case "star":
      return polygon(5).flatMap(([x, y], i) => [[x, y], polygon(5, 0.45, Math.PI / 5)[i]]);
    case "cross":
      return plusCorners().map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
    default:
      return plusCorners();
  }
}

/** @param {number} corners @param {number} [radius] @param {number} [turn] */
function polygon(corners, radius = 1, turn = 0) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners - Math.PI / 2 + turn;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function plusCorners() {
  return [
    [-ARM, -1],
    [ARM, -1],
    [ARM, -ARM],
    [1, -ARM],
    [1, ARM],
    [ARM, ARM],
    [ARM, 1],
    [-ARM, 1],
    [-ARM, ARM],
    [-1, ARM],
    [-1, -ARM],
    [-ARM, -ARM],
  ];
}
