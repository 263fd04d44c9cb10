/** Exchanges the ticket of the link for the token of this page, then loads the page in place of the entrance. */
import { byId } from '../../../reports/html/browser/dom.ts';
import { ask, keep } from './session.ts';

async function exchange(ticket: string): Promise<string | undefined> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
  if (!answer.ok) return answer.text();
  keep(((await answer.json()) as { readonly token: string }).token);
  return undefined;
}

async function enter(): Promise<void> {
  const ticket = /^#ticket=([\w-]+)$/u.exec(location.hash)?.[1];
  // A ticket works once; it is removed from the address and the browser's history.
  history.replaceState(null, '', '/');
  const refused = ticket === undefined ? undefined : await exchange(ticket);
  const page = await ask('/page');
  if (!page.ok) {
    byId('door').textContent = refused ?? (await page.text());
    return;
  }
  const whole = new DOMParser().parseFromString(await page.text(), 'text/html');
  document.documentElement.replaceWith(document.adoptNode(whole.documentElement));
  const script = document.createElement('script');
  script.src = '/script.js';
  document.body.append(script);
}

enter().catch(() => {
  byId('door').textContent = 'The session cannot be reached. It may have ended.';
});
