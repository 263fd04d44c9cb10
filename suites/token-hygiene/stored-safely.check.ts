import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, pass, review } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { kindOf } from './carried.ts';

export default defineCheck({
  id: 'HYG-05',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'Other users cannot read the stored refresh token',
  failure: 'Other users of the machine can read the stored refresh token',
  why: 'The partner rule requires that the new refresh token is stored securely. A file that every user can read gives the connection away; one in plain text gives it to every backup.',
  remedy:
    'Keep tokens in the system keychain, or encrypted. If it must be a file, create it with restricted permissions: `open(path, "wx", 0o600)`, in a folder of mode 700.',
  references: ['RFC 9700 §4.10', 'RFC 6749 §10.4'],
  scenarios: ['refresh-chain', 'login'],
  untested:
    'Let the client be restarted and refresh once more, or keep its tokens in the folder that SF_STATE_DIR names.',
  skip: ({ app, run }) =>
    app.persistence === 'session'
      ? 'The client is declared to keep tokens in memory only.'
      : run.driver === 'browser'
        ? 'The client keeps its tokens in the browser, which HYG-06 checks.'
        : undefined,
  judge: (scenario) => {
    const looks = scenario.of('state').filter(({ files }) => files.length > 0);
    if (looks.length === 0) return keptElsewhere(scenario);
    const holding = looks.flatMap(({ seq, files }) =>
      files.filter(({ holds }) => holds.some((label) => kindOf(label) === 'RT')).map((file) => ({ seq, file })),
    );
    const [first] = holding;
    const evidence = looks.map(({ seq }) => seq);
    if (first === undefined) {
      return pass('No file of the state folder contains a refresh token in plain text.', evidence);
    }
    const open = holding.find(({ file }) => file.exposed);
    if (open !== undefined) {
      return fail(
        `The file ${open.file.name} contains the refresh token in plain text, and any user of the machine can read that file (mode ${open.file.mode ?? 'unknown'}); 600 was expected.`,
        [open.seq],
      );
    }
    return review(
      `The file ${first.file.name}${first.file.mode === undefined ? '' : ` (mode ${first.file.mode})`} contains the refresh token in plain text. Check whether the real installation keeps it in a keychain, or encrypted.`,
      [first.seq],
    );
  },
});

/** Returns the finding when the state folder is empty although the refresh token survived the process. */
function keptElsewhere(scenario: ScenarioHistory): Finding | undefined {
  const [later] = scenario
    .since('after-restart')
    .refreshes.filter(({ facts }) => (facts.refreshToken?.family ?? null) !== null);
  return later === undefined
    ? undefined
    : review(
        `The client kept ${later.facts.refreshToken?.label ?? 'its refresh token'} across a restart, but not in the folder that SF_STATE_DIR names. Check where it is stored (a database, a cookie, a keychain), who can read it there, and whether it is encrypted.`,
        [later.seq, ...scenario.of('state').map(({ seq }) => seq)],
      );
}
