/** Watches the history while it is recorded, for decisions about the course of a run, never for a verdict. */
import { isRefusal } from '../grade/refusal.ts';
import { lastWords } from '../drivers/process/last-words.ts';
import type { Event, EventOf } from '../history/event.ts';

/** What an observer has seen; made by `createObserver`. */
export interface Observer {
  see(event: Event): void;
  readonly tokenRequested: boolean;
  readonly authorizationRequested: boolean;
  /** Whether the strict mock refused a request in the first scenario, so that the rest of the run uses observing mode. */
  readonly refused: boolean;
  /** Names of the rules by which the mock refused requests in observing mode. */
  readonly observedRefusals: readonly string[];
  /** Returns the number of actions of a scenario that timed out. */
  timedOut(scenario: string): number;
  /** Returns whether a refresh rotated a token in a scenario. */
  hasRotated(scenario: string): boolean;
  /** Returns the duration in milliseconds of the slowest answered action; 0 when none was answered. */
  slowestMs(scenario: string): number;
  /** Returns in one sentence what failed on the harness's side during a scenario. */
  harnessFault(scenario: string): string | undefined;
  /** Last lines on standard error, redacted; at most 500 characters. */
  readonly lastWords: string;
  /** Whether an authorization URL was written to standard error. */
  readonly urlOnStderr: boolean;
  /** The error with which the last login came back to the client, refusals of the strict mock excluded (RFC 6749 §4.1.2.1). */
  readonly callbackError: string | undefined;
  /** `redirect_uri` of the last authorization request, without its query. */
  readonly redirectUri: string | undefined;
}

/** Creates an observer without events. */
export function createObserver(): Observer {
  let tokenRequested = false;
  let authorizationRequested = false;
  let refused = false;
  const observedRefusals: string[] = [];
  let words = '';
  let urlOnStderr = false;
  let callbackError: string | undefined;
  let redirectUri: string | undefined;
  const timeouts = new Map<string, number>();
  const rotated = new Set<string>();
  const faults = new Map<string, string>();
  const asked = new Map<string, number>();
  const slowest = new Map<string, number>();
  return {
    see(event) {
      if (event.kind === 'request' && event.facts.kind === 'token') tokenRequested = true;
      if (event.kind === 'request' && event.facts.kind === 'authorize') authorizationRequested = true;
      if (event.kind === 'response' && event.scenario === 'strict' && isRefusal(event)) refused = true;
      if (
        event.kind === 'response' &&
        event.scenario !== 'strict' &&
        isRefusal(event) &&
        event.deniedBy !== undefined
      ) {
        observedRefusals.push(event.deniedBy);
      }
      if (event.kind === 'scenario-begin') timeouts.delete(event.scenario);
      if (event.kind === 'rotation' && event.outcome === 'rotated') rotated.add(event.scenario);
      if (event.kind === 'verb-end' && event.result === 'timed-out') {
        timeouts.set(event.scenario, (timeouts.get(event.scenario) ?? 0) + 1);
      }
      if (event.kind === 'verb-begin') asked.set(`${event.scenario} ${String(event.verb)}`, event.t);
      if (event.kind === 'verb-end') {
        const key = `${event.scenario} ${String(event.verb)}`;
        const tookMs = event.t - (asked.get(key) ?? event.t);
        asked.delete(key);
        const answered = event.result === 'ok' || event.result === 'failed';
        if (answered && tookMs > (slowest.get(event.scenario) ?? 0)) slowest.set(event.scenario, tookMs);
      }
      if (event.kind === 'response' && !isRefusal(event) && cameBack(event)) callbackError = event.error;
      if (event.kind === 'note' && event.harnessFault === true) faults.set(event.scenario, event.text);
      if (event.kind === 'output' && event.stream === 'stderr') {
        words = lastWords(event.lines);
        urlOnStderr ||= event.lines.some((line) => line.includes('/services/oauth2/authorize?'));
      }
      if (event.kind === 'request' && event.facts.kind === 'authorize') {
        redirectUri = event.query.find(({ name }) => name === 'redirect_uri')?.value ?? redirectUri;
      }
    },
    get tokenRequested() {
      return tokenRequested;
    },
    get authorizationRequested() {
      return authorizationRequested;
    },
    get refused() {
      return refused;
    },
    harnessFault: (scenario) => faults.get(scenario),
    observedRefusals,
    slowestMs: (scenario) => slowest.get(scenario) ?? 0,
    hasRotated: (scenario) => rotated.has(scenario),
    timedOut: (scenario) => timeouts.get(scenario) ?? 0,
    get lastWords() {
      return words;
    },
    get urlOnStderr() {
      return urlOnStderr;
    },
    get callbackError() {
      return callbackError;
    },
    get redirectUri() {
      return redirectUri;
    },
  };
}

/** Returns whether the mock sent the browser to the client, with a code or an error. */
function cameBack({ endpoint, status, issued, error }: EventOf<'response'>): boolean {
  if (endpoint !== 'authorize' && endpoint !== 'login') return false;
  return issued?.code !== undefined || (status >= 300 && status < 400 && error !== undefined);
}
