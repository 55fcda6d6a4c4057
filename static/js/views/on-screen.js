// Tells whether a part of the page is in sight, so that what nobody sees is not drawn.

/**
 * @param {HTMLElement} element
 * @param {() => void} onEnter called when it comes into sight
 * @param {() => void} [onLeave] called when it is gone from sight
 */
export function watchOnScreen(element, onEnter, onLeave = () => {}) {
  let isOnScreen = false;
  const observer = new IntersectionObserver((entries) => {
    const wasOnScreen = isOnScreen;
    isOnScreen = entries[entries.length - 1].isIntersecting;
    if (isOnScreen && !wasOnScreen) onEnter();
    if (!isOnScreen && wasOnScreen) onLeave();
  });
  observer.observe(element);
  return Object.assign(() => isOnScreen, { destroy: () => observer.disconnect() });
}
