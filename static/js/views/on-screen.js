// Tells whether a part of the page is in sight, so that what nobody sees is not drawn.

/**
 * @param {HTMLElement} element
 * @param {() => void} onEnter called when it comes into sight
 */
export function watchOnScreen(element, onEnter) {
  let isOnScreen = false;
  const observer = new IntersectionObserver((entries) => {
    const wasOnScreen = isOnScreen;
    isOnScreen = entries[entries.length - 1].isIntersecting;
    if (isOnScreen && !wasOnScreen) onEnter();
  });
  observer.observe(element);
  return Object.assign(() => isOnScreen, { destroy: () => observer.disconnect() });
}
