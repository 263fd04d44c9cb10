/** Serves `/` of a login host: explains what the mock is and how to use it. */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';
import { ROUTES } from '../salesforce/route.ts';
import { escape, framed, page } from '../salesforce/frame.ts';

/** Returns the page that names the app of the mock, and explains that logins begin in the client. */
export function frontPage(_exchange: Exchange, { app, issuer }: MockContext): Reply {
  const name = app.name === undefined ? 'the client' : `<strong>${escape(app.name)}</strong>`;
  return page(
    framed(
      'Mock of Salesforce',
      `<p>It takes the place of Salesforce in a conformance test of ${name}. There is nothing to log in to on this page: set the login URL of the
client to <code>${escape(issuer)}</code> and log in from there. Logins begin at <code>${ROUTES.authorize}</code>.</p>
<p>The address of the dashboard is in the terminal that started this mock.</p>`,
    ),
  );
}
