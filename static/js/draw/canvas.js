// Fits a canvas to its place in CSS pixels at the screen's resolution. Draws nothing.

/**
 * Give the canvas as many device pixels as it covers and let its context count in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} widthCss
 * @param {number} heightCss
 * @param {number} [ratio] device pixels per CSS pixel
 */
export function fitCanvas(canvas, widthCss, heightCss, ratio = window.devicePixelRatio || 1) {
  const [width, height] = [Math.max(1, Math.round(widthCss * ratio)), Math.max(1, Math.round(heightCss * ratio))];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  contextOf(canvas).setTransform(width / Math.max(1, widthCss), 0, 0, height / Math.max(1, heightCss), 0, 0);
}

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("missing 2d context");
  return context;
}
