// Tells whether parts of the page are in sight, so that what nobody sees is neither sent nor drawn.

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

/**
 * Is any of these in sight? At first that is told by whether it is on the page at all.
 * @param {HTMLElement[]} elements
 * @param {(isAny: boolean) => void} onChange
 */
export function watchAnyOnScreen(elements, onChange) {
  let isAny = elements.some((element) => element.checkVisibility());
  const seen = new Set();
  /** @param {IntersectionObserverEntry[]} entries */
  const take = (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    if (isAny === seen.size > 0) return;
    isAny = seen.size > 0;
    onChange(isAny);
  };
  const observer = new IntersectionObserver(take);
  for (const element of elements) observer.observe(element);
  return Object.assign(() => isAny, { destroy: () => observer.disconnect() });
}
