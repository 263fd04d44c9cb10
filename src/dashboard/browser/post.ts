/** Sends the request of a button. */
import { byId } from '../../../reports/html/browser/dom.ts';
import { setText } from './node.ts';
import { ask } from './session.ts';

/** Posts to the dashboard; the page shows a refusal. */
export function post(path: string, body: unknown = {}): void {
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then(
    ({ ok }) => ok || refused(),
    () => refused(),
  );
}

function refused(): void {
  if (document.body.dataset['ended'] === undefined) setText(byId('written'), 'That could not be done now.');
}
