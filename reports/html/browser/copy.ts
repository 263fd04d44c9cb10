/** Copies a finding for an AI assistant, or a request as a curl command, when a button is clicked. */
import { buttonOf } from './dom.ts';
import { commandOf } from './curl.ts';
import { textOfPart } from './later.ts';

/** Handles clicks on copy buttons, including those of parts that are built later. */
export function startCopying(): void {
  document.addEventListener('click', (event) => {
    const button = buttonOf(event);
    const { copy: part } = button?.dataset ?? {};
    if (button === null) return;
    if (part !== undefined) copy(button, textOfPart(part), 'Copied');
    else if (button.classList.contains('curl') && button.parentElement !== null)
      copy(button, commandOf(button.parentElement), 'Copied; labels stand for secrets');
  });
}

function copy(button: HTMLButtonElement, text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => (button.textContent = done),
    () => (button.textContent = 'This viewer forbids copying'),
  );
}
