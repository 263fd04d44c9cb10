/** Our mock with full recording: every request and answer measured, redacted, hash-chained and written to a file. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCorrelation } from '../../mock-server/recorder/correlation.ts';
import { createRedactor } from '../../mock-server/recorder/redaction/create-redactor.ts';
import { start } from '../../mock-server/start.ts';
import { openLog } from '../../src/history/open-log.ts';
import { CLIENT_ID, REDIRECT_URI, serve } from './serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
const path = join(folder, 'history.jsonl');
const log = openLog({ path });
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on('SIGTERM', () => process.exit(0));

const mock = await start({
  app: { clientId: CLIENT_ID, client: 'public', redirectUris: [REDIRECT_URI] },
  record: (body) => log.append(body),
  now: () => log.now(),
  redactor: createRedactor(),
  correlation: createCorrelation(),
  // Everybody who logs in here is one user.
  switches: { approvalLimit: 0 },
});
serve(
  {
    authorizeUrl: `${mock.loginUrl}/services/oauth2/authorize`,
    tokenUrl: `${mock.loginUrl}/services/oauth2/token`,
    clientId: CLIENT_ID,
    redirectUri: REDIRECT_URI,
    scope: process.argv.includes('openid') ? 'openid api refresh_token' : 'api refresh_token',
    browserHeaders: { 'x-sf-conformance-browser': `${mock.browserKey};user=U1` },
  },
  () => statSync(path).size,
);
