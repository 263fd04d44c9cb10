/** Functions on the DOM that the scripts of the report's page share. */

/** Returns the element with this id. @throws Error when the page was made without it. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element #${id}.`);
  return found;
}

/** Returns all elements that match, as an array. */
export function all<E extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

/** Returns the nearest button around the target of an event that also matches `selector`. */
export function buttonOf(event: Event, selector = ''): HTMLButtonElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLButtonElement>(`button${selector}`) : null;
}
