/** `node tools/hosting/load.ts [ORGANISATIONS] [AT-ONCE]`: the load proof of the hosted service, on this machine's PostgreSQL. */
import { proveLoad } from '../../test-kit/hosting/load.ts';

const [organisations = 200, atOnce = 8] = process.argv.slice(2).map(Number);
const say = (line: string): void => void process.stdout.write(`${(performance.now() / 1_000).toFixed(0)} s: ${line}\n`);
const { wrong, continued, repeated } = await proveLoad({
  ...{ organisations, atOnce, awayMs: 5_000, say },
  grep: '^(PKCE-0|RTR-0[1-3])',
});
for (const line of wrong) say(`WRONG: ${line}`);
say(
  `${String(organisations)} runs, ${String(wrong.length)} wrong; ${String(continued)} went on at another instance, ${String(repeated)} were repeated`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
