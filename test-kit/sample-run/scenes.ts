/** The scenes of the made-up run: a refused login, good logins, a chain of refreshes, concurrent calls that race, a crash. */
import type { ScenarioOutcome } from '../../src/history/event.ts';
import { authorize, call, redeem, refresh } from './exchanges.ts';
import type { SampleExchange } from './exchanges.ts';
import type { Tape } from './tape.ts';

/** Numbers that must not repeat within a run. */
interface Counters {
  exchange: number;
  connection: number;
}

const APP = {
  name: 'Acme Sync',
  kind: 'external-client-app',
  client: 'public',
  redirectUris: ['http://127.0.0.1:0/callback'],
  scopes: ['api', 'refresh_token'],
  sharedStore: false,
  persistence: 'durable',
} as const;

/** Runs all scenes and returns when the last one ended, in milliseconds. */
export function playScenes(tape: Tape): number {
  const counters: Counters = { exchange: 0, connection: 0 };
  const place = (scenario: string, begin: number, end: number, key?: string, connection?: number): SampleExchange => {
    counters.exchange += 1;
    if (connection === undefined) counters.connection += 1;
    return {
      scenario,
      exchange: counters.exchange,
      connection: `C${String(connection ?? counters.connection)}`,
      begin,
      end,
      ...(key === undefined ? {} : { key }),
    };
  };
  const scene = (id: string, title: string, begin: number, end: number, outcome: ScenarioOutcome, detail?: string): void => {
    tape.put(begin, id, { kind: 'scenario-begin', title, mode: id === 'strict' ? 'strict' : 'observing' });
    tape.put(end, id, {
      kind: 'scenario-end',
      outcome,
      durationMs: end - begin,
      ...(detail === undefined ? {} : { detail }),
      ...(id === 'herd' ? { schedules: { explored: 24, of: 24, violating: 17 } } : {}),
    });
  };

  tape.put(0, '', {
    kind: 'run-begin',
    schemaVersion: 1,
    tool: { name: 'sf-conformance', version: '0.1.0' },
    app: APP,
    run: {
      id: '20261123-1355-acme-sync', startedAt: '2026-11-23T13:55:04.000Z', seed: 7, quietMs: 300, holdMs: 5000, timeoutMs: 30000,
      herd: 8, policy: 'strict', rotation: 'salesforce', driver: 'adapter', configuration: 'ci/conformance.config.json',
    },
    selection: {},
    failOn: 'must',
    attestations: {},
    abilities: { restart: true, processes: true, tabs: false, users: true, refresh: true, status: true, disconnect: true },
    secretNeedsEncoding: false,
  });

  scene('strict', 'One login and one refresh where the partner rule is enforced', 10, 190, 'login-failed',
    'The authorization request was refused: missing code_challenge_method.');
  tape.put(20, 'strict', { kind: 'verb-begin', verb: 1, name: 'authorize', process: 'P1', user: 'U1' });
  authorize(tape, place('strict', 40, 55, 'strict-authorize'), { login: 1, method: null, refused: 'missing-method' });
  tape.put(180, 'strict', {
    kind: 'verb-end', verb: 1, name: 'authorize', process: 'P1', result: 'failed', reauthorize: true,
    error: 'OAuthError: invalid_request <b>code_challenge_method is required</b>',
  });

  scene('login', 'One login, one call', 200, 420, 'completed');
  authorize(tape, place('login', 220, 240, 'login-authorize'), { login: 2, method: null });
  redeem(tape, place('login', 260, 300, 'login-redeem'), { login: 2, family: 'F#1', rt: 1, at: 1 });
  tape.put(290, 'login', { kind: 'family', family: 'F#1', change: 'created', user: 'U1' });
  call(tape, place('login', 320, 350, 'login-call'), { family: 'F#1', at: 1, alive: true });

  chainOfRefreshes(tape, place, scene);
  raceOfTheHerd(tape, place, scene);

  scene('lost-answer', 'The answer to a refresh is lost after the rotation', 3000, 3400, 'crashed', 'The client ended with code 1.');
  authorize(tape, place('lost-answer', 3010, 3030), { login: 5, method: null });
  redeem(tape, place('lost-answer', 3040, 3060), { login: 5, family: 'F#4', rt: 30, at: 30 });
  tape.put(3100, 'lost-answer', { kind: 'fault', fault: 'reset-after-commit', action: 'fired', exchange: 99 });
  refresh(tape, place('lost-answer', 3090, 3120, 'lost-refresh'), {
    family: 'F#4', rt: 30, generation: 0, head: true, outcome: 'rotated', next: { rt: 31, at: 31 },
  });
  tape.put(3200, 'lost-answer', {
    kind: 'output', process: 'P9', stream: 'stderr', leaked: ['AT#30'],
    lines: ['Traceback (most recent call last):', '  File "sync.py", line 88, in refresh', 'requests.ConnectionError: token AT#30 <script>alert(1)</script>'],
  }, 'lost-output');
  tape.put(3210, 'lost-answer', { kind: 'process-end', process: 'P9', code: 1, signal: null, expected: false }, 'lost-crash');
  tape.put(3500, '', { kind: 'run-end', outcome: 'completed' });
  return 3500;
}

type Where = (scenario: string, begin: number, end: number, key?: string, connection?: number) => SampleExchange;
type Scene = (id: string, title: string, begin: number, end: number, outcome: ScenarioOutcome) => void;

/** Three honest refreshes in a row. */
function chainOfRefreshes(tape: Tape, place: Where, scene: Scene): void {
  scene('chain', 'Three forced refreshes in a row', 500, 1200, 'completed');
  authorize(tape, place('chain', 510, 530), { login: 3, method: null });
  redeem(tape, place('chain', 540, 560), { login: 3, family: 'F#2', rt: 10, at: 10 });
  tape.put(600, 'chain', { kind: 'phase', phase: 'chain' });
  for (const step of [0, 1, 2]) {
    const t = 620 + step * 180;
    tape.put(t, 'chain', { kind: 'control', action: 'expire-access-tokens', family: 'F#2' });
    call(tape, place('chain', t + 5, t + 20), { family: 'F#2', at: 10 + step, alive: false });
    refresh(tape, place('chain', t + 30, t + 60, `chain-refresh-${String(step)}`), {
      family: 'F#2', rt: 10 + step, generation: step, head: true, outcome: 'rotated', next: { rt: 11 + step, at: 11 + step },
    });
    call(tape, place('chain', t + 70, t + 90), { family: 'F#2', at: 11 + step, alive: true });
  }
}

/** Five concurrent calls get a 401 (expired session); two of them refresh with the same token. */
function raceOfTheHerd(tape: Tape, place: Where, scene: Scene): void {
  const id = 'herd';
  scene(id, 'Five concurrent calls get a 401 (expired session)', 1500, 2600, 'completed');
  authorize(tape, place(id, 1510, 1530), { login: 4, method: null });
  redeem(tape, place(id, 1540, 1560), { login: 4, family: 'F#3', rt: 20, at: 20 });
  tape.put(1600, id, { kind: 'phase', phase: 'contention' });
  tape.put(1602, id, { kind: 'control', action: 'expire-access-tokens', family: 'F#3' });
  tape.put(1604, id, { kind: 'gate', gate: 'G1', action: 'armed' });
  const herd = [0, 1, 2, 3, 4].map((n) => {
    const where = place(id, 1620 + n * 4, 1700 + n * 3);
    call(tape, where, { family: 'F#3', at: 20, alive: false });
    return Number(where.connection.slice(1));
  });
  tape.put(1690, id, { kind: 'gate', gate: 'G1', action: 'opened' });
  refresh(tape, place(id, 1720, 1840, 'herd-first', herd[0]), {
    family: 'F#3', rt: 20, generation: 0, head: true, outcome: 'rotated', next: { rt: 21, at: 21 }, decidedAt: 1790,
  });
  refresh(tape, place(id, 1732, 1880, 'herd-second', herd[1]), {
    family: 'F#3', rt: 20, generation: 0, head: true, outcome: 'reuse', decidedAt: 1800,
  });
  tape.put(1801, id, { kind: 'family', family: 'F#3', change: 'revoked', reason: 'reuse' });
  call(tape, place(id, 1900, 1930, 'herd-locked-out', herd[0]), { family: 'F#3', at: 21, alive: false });
  refresh(tape, place(id, 1960, 1990, 'herd-third', herd[0]), {
    family: 'F#3', rt: 21, generation: 1, head: true, outcome: 'dead',
  });
}
