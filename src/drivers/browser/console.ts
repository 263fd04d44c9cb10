/** Records console messages and errors of a page as evidence, as standard error is recorded for a process. */
import type { Page } from '@playwright/test';
import type { Evidence } from '../process/evidence.ts';

/** Longest message in characters. */
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
  // An open dialog would block the page.
  page.on('dialog', (dialog) => {
    add(`${dialog.type()}: ${dialog.message()}`);
    dialog.accept().catch(() => undefined);
  });
}
