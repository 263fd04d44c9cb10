/** Creates and changes elements. Text is set as text, so client input cannot become markup. */

/** Returns a new element with this text. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  text = '',
  className = '',
): HTMLElementTagNameMap[T] {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className !== '') node.className = className;
  return node;
}

/** Sets the text when it differs, so that screen readers announce changes only. */
export function setText(node: Element | null | undefined, text: string): void {
  if (node && node.textContent !== text) node.textContent = text;
}

/** Returns the template with this id; the page has one for each verdict. */
export function templateOf(id: string): { readonly content: Node; readonly tone: string; readonly word: string } {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`The page has no template #${id}.`);
  const { tone = '', word = '' } = template.dataset;
  return { content: template.content.cloneNode(true), tone, word };
}

/** Disables a button and shows the reason; enables it when there is none. */
export function disable(button: Element, why: string | undefined): void {
  if (!(button instanceof HTMLButtonElement)) return;
  button.disabled = why !== undefined;
  button.title = why ?? '';
}
