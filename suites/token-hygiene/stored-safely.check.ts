import type { Check, Finding } from '../../src/grade/check.ts';
import { fail, pass, review } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { kindOf } from './carried.ts';

const check: Check = {
  id: 'HYG-05',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'The stored refresh token is closed to others',
  failure: 'Others on the machine can read the stored refresh token',
  why: 'The partner rule asks that the new refresh token be stored securely. A file that everybody can read gives the connection away; one in plain text gives it to every backup.',
  remedy:
    'Keep tokens in the keychain of the system or encrypted. Where it must be a file, create it closed: `open(path, "wx", 0o600)`, in a folder of mode 700.',
  references: ['RFC 9700 §4.10', 'RFC 6749 §10.4'],
  scenarios: ['refresh-chain', 'login'],
  untested:
    'Let the client be restarted and refresh once more, or keep its tokens in the folder that SF_STATE_DIR names.',
  skip: ({ app, run }) =>
    app.persistence === 'session'
      ? 'The client is declared to keep tokens in memory only.'
      : run.driver === 'browser'
        ? 'The client keeps its tokens in the browser: HYG-06 looks there.'
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
      return pass('No file of the state folder holds a refresh token in plain text.', evidence);
    }
    const open = holding.find(({ file }) => file.exposed);
    if (open !== undefined) {
      return fail(
        `The refresh token stands in ${open.file.name} in plain text, and any user of the machine can read that file (mode ${open.file.mode ?? 'unknown'}); 600 was expected.`,
        [open.seq],
      );
    }
    return review(
      `The refresh token stands in ${first.file.name} in plain text${first.file.mode === undefined ? '' : `, in a file of mode ${first.file.mode}`}. Look whether the real installation keeps it better: in a keychain, or encrypted.`,
      [first.seq],
    );
  },
};
export default check;

/** Its folder is empty, and its refresh token outlived the process all the same. */
function keptElsewhere(scenario: ScenarioHistory): Finding | undefined {
  const [later] = scenario
    .since('after-restart')
    .refreshes.filter(({ facts }) => (facts.refreshToken?.family ?? null) !== null);
  return later === undefined
    ? undefined
    : review(
        `The client kept ${later.facts.refreshToken?.label ?? 'its refresh token'} across a restart, and not in the folder that SF_STATE_DIR names. Look where it keeps it (a database, a cookie, a keychain), who can read it there, and whether it is encrypted.`,
        [later.seq, ...scenario.of('state').map(({ seq }) => seq)],
      );
}
