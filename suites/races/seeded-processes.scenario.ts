import type { Scenario } from '../../src/run/scenario.ts';

/** Starts every process from one secret that holds the first refresh token; the second process starts after the first has rotated it. */
export default {
  id: 'seeded-processes',
  title: 'A second process starts from the secret that the first one has used already',
  rank: 44,
  skip: ({ abilities }) =>
    abilities.seeded === true && abilities.processes
      ? undefined
      : 'The configuration does not say that processes start from one secret (`driver.seeded`).',
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('seeded');
    await stage.refreshByCall();
    const other = await stage.spawn();
    if (other === undefined) return;
    await stage.refreshByCall(other);
    await stage.refreshByCall();
  },
} satisfies Scenario;
