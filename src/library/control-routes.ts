/** Defines the requests of the control port about a client: sign-in, races, exchanges and verdicts, for tests in any language. */
import { z } from 'zod';
import { confirm, routesIn, type Route } from '../../mock-server/management/management.ts';
import { verdict } from '../grade/report.ts';
import { HarnessError } from '../errors.ts';
import type { OpenRace } from './race.ts';
import type { RecordedMock } from './recorded-mock.ts';
import type { Recording } from './recording.ts';

/** The parts that the requests work on. */
export interface ControlContext {
  readonly recorded: RecordedMock;
  readonly recording: Recording;
  /** Returns the variables of docs/contract.md, section 3. */
  readonly env: () => Readonly<Record<string, string>>;
  race: RaceOfCalls | undefined;
}

interface RaceOfCalls {
  readonly race: OpenRace;
  /** Action numbers of the calls. */
  readonly actions: readonly number[];
}

const MOST_CALLS = 200;

const exchange = z.object({
  seq: z.number(),
  endpoint: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int().optional(),
  grantType: z.string().optional(),
  refreshToken: z.string().optional().describe('Label of the refresh token that was sent, `RT#1`.'),
  accessToken: z.string().optional().describe('Label of the access token that was sent, `AT#1`.'),
  issued: z.object({ refreshToken: z.string().optional(), accessToken: z.string().optional() }).optional(),
  error: z.string().optional(),
  fault: z.string().optional().describe('Id of the fault that caused the answer.'),
});

const request = routesIn<ControlContext>();

const TRAFFIC: readonly Route<ControlContext>[] = [
  request({
    method: 'GET',
    path: '/env',
    id: 'env',
    summary: 'Returns the environment variables that a client reads: `SF_LOGIN_URL`, `SF_CLIENT_ID` …',
    answer: z.record(z.string(), z.string()),
    act: ({ env }) => env(),
  }),
  request({
    path: '/sign-in',
    id: 'signIn',
    summary: "Acts as the user's browser: opens the authorization URL, signs in, and returns the callback URL",
    body: z.strictObject({
      url: z.string().max(8_000).describe('The authorization URL that the client made.'),
      user: z
        .string()
        .regex(/^U[1-9]\d{0,3}$/)
        .optional()
        .describe('Default `U1`.'),
      deny: z.boolean().optional().describe('The user denies: the callback carries `error=access_denied`.'),
      deliver: z.boolean().optional().describe('Requests the callback URL too, as a browser does.'),
      state: z.string().max(2_000).optional().describe('Replaces `state` in the callback URL, as an attacker would.'),
      newBrowser: z.boolean().optional().describe('Uses a browser without the cookies of earlier logins.'),
    }),
    answer: z.object({ callback: z.string() }),
    act: async ({ recorded }, { url, user, deny, deliver, state, newBrowser }) => {
      const how = { user, deny, deliver, state, newBrowser };
      const given = Object.fromEntries(Object.entries(how).filter(([, value]) => value !== undefined));
      return { callback: (await recorded.signIn(url, given)).href };
    },
  }),
  request({
    path: '/exchanges',
    id: 'exchanges',
    summary: 'Returns what was recorded since the start or the last reset, secrets replaced by labels',
    body: z.strictObject({
      endpoint: z.string().max(60).optional(),
      grantType: z.string().max(200).optional(),
      status: z.int().optional(),
      error: z.string().max(200).optional(),
    }),
    answer: z.object({ exchanges: z.array(exchange) }),
    act: ({ recorded }, { endpoint, grantType, status, error }) => ({
      exchanges: [
        ...recorded.exchanges({
          ...(endpoint === undefined ? {} : { endpoint }),
          ...(grantType === undefined ? {} : { grantType }),
          ...(status === undefined ? {} : { status }),
          ...(error === undefined ? {} : { error }),
        }),
      ],
    }),
  }),
  request({
    path: '/grade',
    id: 'grade',
    summary: 'Grades the exchanges so far; what was not exercised is `inconclusive`, never passed',
    body: z.strictObject({
      ids: z.array(z.string().max(40)).max(500).optional().describe('Check ids, such as `RTR-02`. Default: all.'),
    }),
    answer: z.object({
      findings: z.array(
        z.object({
          id: z.string(),
          verdict,
          message: z.string().describe('What was seen and what was expected.'),
          fix: z.string().describe('What to change.'),
          evidence: z.array(z.number()).describe('`seq` of exchanges and events, the decisive one first.'),
        }),
      ),
    }),
    act: async ({ recorded }, { ids }) => ({
      findings: (await recorded.grade(ids)).map((one) => ({ ...one, evidence: [...one.evidence] })),
    }),
  }),
];

const RACES: readonly Route<ControlContext>[] = [
  request({
    path: '/race',
    id: 'race',
    summary:
      'Expires the sessions and makes the calls that start from now on meet: their 401s, then their refreshes, are held until all have arrived',
    body: z.strictObject({
      calls: z.int().min(1).max(MOST_CALLS).describe('How many calls the client makes at once.'),
      order: z
        .array(z.int().min(0).max(MOST_CALLS))
        .max(MOST_CALLS)
        .optional()
        .describe('The order in which refreshes are let through, as positions in order of arrival. Default: random.'),
      quietMs: z
        .int()
        .min(1)
        .max(30_000)
        .optional()
        .describe('Milliseconds without another arrival after which the race is opened. Default 300.'),
      confirm,
    }),
    act: (context, { calls, order, quietMs, confirm: confirmed }) => {
      if (context.race !== undefined)
        throw new HarnessError('race-open', 'A race is open already.', 'End it with POST /race/end.');
      const { recorded, recording } = context;
      const race = recorded.openRace({
        ...{ calls, confirmed },
        ...(order === undefined ? {} : { order }),
        ...(quietMs === undefined ? {} : { quietMs }),
      });
      const actions = Array.from({ length: calls }, () => recording.nextAction());
      for (const verb of actions)
        recording.record({ kind: 'verb-begin', verb, name: 'call', process: 'P1', user: 'U1' });
      context.race = { race, actions };
      return undefined;
    },
  }),
  request({
    path: '/race/end',
    id: 'endRace',
    summary: 'Ends the race once the calls have returned, and reports the refreshes and their order',
    body: z.strictObject({
      results: z
        .array(z.enum(['ok', 'failed']))
        .max(MOST_CALLS)
        .optional()
        .describe('How the calls ended. Without it, checks on the outcome of calls stay inconclusive.'),
    }),
    answer: z.object({
      refreshes: z.array(exchange).describe('In order of arrival.'),
      order: z.array(z.int()).describe('The order in which they were let through, as positions in `refreshes`.'),
    }),
    act: async (context, { results = [] }) => {
      if (context.race === undefined)
        throw new HarnessError('no-race', 'No race is open.', 'Begin one with POST /race, then start the calls.');
      const { race, actions } = context.race;
      context.race = undefined;
      for (const [at, verb] of actions.entries())
        context.recording.record({
          ...{ kind: 'verb-end', verb, name: 'call', process: 'P1', result: results[at] ?? 'interrupted' },
        });
      const { refreshes, order } = await race.end();
      return { refreshes: [...refreshes], order: [...order] };
    },
  }),
];

/** Every request of this file, in the order of the description. */
export const CONTROL_ROUTES: readonly Route<ControlContext>[] = [...TRAFFIC, ...RACES];
