/** What was measured, and how it is written down. */
import type { Machine } from './machine.ts';
import type { ForwardingTimes } from './parts/forwarding.ts';
import type { GradingTimes } from './parts/grading.ts';
import type { MemoryPoint } from './parts/memory.ts';
import type { ServerSpeed } from './parts/throughput.ts';
import type { RunTime } from './parts/run-times.ts';
import type { Share } from './parts/share.ts';
import type { StartTime } from './parts/starts.ts';
import { met, startsPart, table, wholeRuns } from './waiting.ts';

export const SERVERS = ['ours', 'bare-oidc-provider', 'oauth2-mock-server'] as const;

export type Server = (typeof SERVERS)[number];

export interface Results {
  readonly takenAt: string;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly refresh: Readonly<Record<Server, ServerSpeed>>;
  readonly login: Readonly<Record<Server, ServerSpeed>>;
  readonly startMs: Readonly<Record<Server, number>>;
  /** Of the mock as a library, from the second start on. */
  readonly warmStartMs: number;
  readonly forwarding: ForwardingTimes;
  readonly memory: readonly MemoryPoint[];
  readonly grading: readonly GradingTimes[];
  readonly share: Share;
  readonly runTimes: readonly RunTime[];
  readonly starts: readonly StartTime[];
}

const NAMES: Readonly<Record<Server, string>> = {
  ours: 'our mock, full recording',
  'bare-oidc-provider': 'oidc-provider alone',
  'oauth2-mock-server': 'oauth2-mock-server',
};

const MIB = 2 ** 20;
const whole = (value: number) => Math.round(value).toLocaleString('en');

/** The page `RESULTS.md`, without what people wrote about it. */
export function renderResults(results: Results): string {
  const { machine, share } = results;
  return [
    `Taken ${results.takenAt} on ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}; load average before: ${machine.loadBefore}.${results.quick ? ' Short version.' : ''}`,
    '## Goals',
    goals(results),
    '## Refreshes and logins',
    'One generator in a process of its own, 16 connections, one server after the other. A login is PKCE from the authorization request to the tokens.',
    speeds(results),
    '## Whole runs',
    wholeRuns(results.runTimes),
    '## Starts',
    startsPart(results.starts),
    '## Memory while tokens rotate',
    table(
      ['rotations', 'heap after collection', 'resident', 'history on disk'],
      results.memory.map((one) => [
        whole(one.rotations),
        ...[one.heapUsed, one.rss, one.historyBytes].map((bytes) => `${(bytes / MIB).toFixed(1)} MiB`),
      ]),
    ),
    '## A run against the reference client',
    'The harness’s own share is the CPU time of its process (start, mock, recording, driver, grading, reports) of the wall time; the processes of the client are not in it. The rest of the time it waits: for the client, and for the silences that the contract states.',
    table(
      ['wall', 'an action of the client is open', 'CPU of the harness', 'share', 'scenarios'],
      [
        [
          `${whole(share.wallMs)} ms`,
          `${whole(share.clientMs)} ms`,
          `${whole(share.cpuMs)} ms`,
          `${(share.share * 100).toFixed(1)} %`,
          String(share.scenarios),
        ],
      ],
    ),
    '## Grading and rendering',
    'All checks over one history. Rendering is JSON, HTML, JUnit and Markdown. Growth is the time per event beside that of the row before.',
    table(
      ['events', 'read', 'grade', 'growth of grading', 'render', 'resident after grading'],
      results.grading.map((one, at) => [
        whole(one.events),
        `${whole(one.readMs)} ms`,
        `${whole(one.gradeMs)} ms`,
        growth(one, results.grading[at - 1]),
        `${whole(one.renderMs)} ms`,
        `${whole(one.peakBytes / MIB)} MiB`,
      ]),
    ),
  ].join('\n\n');
}

function growth(now: GradingTimes, before: GradingTimes | undefined): string {
  if (before === undefined) return '';
  return `× ${(now.gradeMs / now.events / (before.gradeMs / before.events)).toFixed(2)}`;
}

function speeds({ refresh, login, startMs }: Results): string {
  const head = ['server', 'refreshes/s', 'per CPU second', 'median', 'p99', 'logins/s', 'start to first login'];
  return table(
    head,
    SERVERS.map((name) => [
      NAMES[name],
      whole(refresh[name].perSecond),
      whole(refresh[name].perCpuSecond),
      `${refresh[name].medianMs.toFixed(1)} ms`,
      `${refresh[name].p99Ms.toFixed(1)} ms`,
      whole(login[name].perSecond),
      `${whole(startMs[name])} ms`,
    ]),
  );
}

function goals({ refresh, login, memory, grading, share, warmStartMs, forwarding }: Results): string {
  const times = (other: Server) => refresh.ours.perSecond / refresh[other].perSecond;
  const bare = times('bare-oidc-provider');
  const other = times('oauth2-mock-server');
  const logins = login.ours.perSecond / login['bare-oidc-provider'].perSecond;
  const first = memory[1] ?? memory[0];
  const last = memory.at(-1);
  const bytes = first === undefined || last === undefined ? 0 : last.heapUsed - first.heapUsed;
  const rotations = first === undefined || last === undefined ? 1 : Math.max(1, last.rotations - first.rotations);
  const longest = grading.at(-1);
  const took = (longest?.readMs ?? 0) + (longest?.gradeMs ?? 0);
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['refresh: at least 2 × oidc-provider alone', `${bare.toFixed(2)} ×`, bare >= 2],
    ['refresh: at least 5 × oauth2-mock-server', `${other.toFixed(2)} ×`, other >= 5],
    ['login: at least half as fast as oidc-provider alone', `${logins.toFixed(2)} ×`, logins >= 0.5],
    ['memory: flat in the number of rotations', `${whole(bytes / rotations)} bytes a rotation`, bytes / rotations < 16],
    [
      `${whole(longest?.events ?? 0)} events read and graded in under 2 s and 300 MB`,
      `${whole(took)} ms, ${whole((longest?.peakBytes ?? 0) / 1e6)} MB`,
      took < 2_000 && (longest?.peakBytes ?? 0) < 300e6,
    ],
    ['startMock: under 100 ms from the second start on', `${warmStartMs.toFixed(1)} ms`, warmStartMs < 100],
    [
      'recorder in front of a real org: at most 1 ms added at the median',
      `${forwarding.addedMs.toFixed(2)} ms (${forwarding.directMs.toFixed(2)} ms directly)`,
      forwarding.addedMs <= 1,
    ],
    ['own share of a run: under 15 %', `${(share.share * 100).toFixed(1)} %`, share.share < 0.15],
  ];
  return table(
    ['goal', 'measured', ''],
    rows.map(([goal, measured, held]) => [goal, measured, met(held)]),
  );
}
