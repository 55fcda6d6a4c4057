// An element's size without asking for it while a frame is drawn: each question would have the page laid out anew.

/**
 * @param {HTMLElement} element
 * @param {() => void} onChange told once it has another size, and once at the start
 */
export function watchSize(element, onChange) {
  const read = () => ({ widthCss: element.clientWidth, heightCss: element.clientHeight });
  let size = read();
  const observer = new ResizeObserver(() => {
    size = read();
    onChange();
  });
  observer.observe(element);
  return Object.assign(() => size, { destroy: () => observer.disconnect() });
}
