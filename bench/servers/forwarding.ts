/** The recorder in front of an org, with full recording into a file. Its argument is the URL of the org. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCorrelation } from '../../mock-server/recorder/correlation.ts';
import { createRedactor } from '../../mock-server/recorder/redaction/create-redactor.ts';
import { openLog } from '../../src/history/open-log.ts';
import { readTarget } from '../../src/upstream/target.ts';
import { startUpstream } from '../../src/upstream/upstream.ts';

const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
const log = openLog({ path: join(folder, 'history.jsonl') });
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on('SIGTERM', () => process.exit(0));

const { loginUrl } = await startUpstream({
  ...{ target: readTarget([process.argv[2] ?? '']), app: { client: 'public' } },
  ...{ record: (body) => log.append(body), now: () => log.now() },
  ...{ redactor: createRedactor(), correlation: createCorrelation() },
});
process.send?.({ loginUrl });
