/** What a page says on its console, and what goes wrong in it: kept as standard error is kept of a process. */
import type { Page } from '@playwright/test';
import type { Evidence } from '../process/evidence.ts';

/** Characters of one message. */
const longest = 1_048_576;

/** Keeps what a page writes to its console, and its errors, as evidence. */
export function hearPage(page: Page, evidence: Evidence): void {
  const add = (text: string): void => {
    for (const line of text.split('\n')) {
      evidence.add('stderr', { text: line.slice(0, longest), cut: line.length > longest });
    }
  };
  page.on('console', (message) => add(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => add(`uncaught ${error.stack ?? error.message}`));
  // A dialog would hold up the page for ever.
  page.on('dialog', (dialog) => {
    add(`${dialog.type()}: ${dialog.message()}`);
    dialog.accept().catch(() => undefined);
  });
}
