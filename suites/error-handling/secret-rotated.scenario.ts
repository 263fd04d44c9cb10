import { randomBytes } from 'node:crypto';
import type { Scenario } from '../../src/run/scenario.ts';

/** Rotates the consumer secret: both secrets are valid for a while, then only the new one, which the client is given at the end. */
export default {
  id: 'secret-rotated',
  title: 'The consumer secret is rotated: both are valid, then only the new one, which the client gets at last',
  rank: 35,
  skip: ({ app }) => (app.client === 'confidential' ? undefined : 'A public client has no secret.'),
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('both-secrets');
    const secret = randomBytes(32).toString('hex').toUpperCase();
    stage.control.stageSecret('both', secret);
    await stage.refreshByCall();
    stage.phase('new-secret-only');
    stage.control.stageSecret('new');
    const answer = await stage.refreshByCall();
    if (answer.result !== 'timed-out') await stage.calls(1);
    await stage.quiet();
    if (stage.abilities.newSecret !== true) return;
    stage.phase('new-secret-given');
    await stage.client.restart({ secret });
    await stage.refreshByCall();
    await stage.quiet();
  },
} satisfies Scenario;
