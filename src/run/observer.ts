/** Watches the history while it is written, for what the course of a run depends on: never for a verdict. */
import { isRefusal } from '../grade/refusal.ts';
import { lastWords } from '../drivers/process/last-words.ts';
import type { Event, EventOf } from '../history/event.ts';

export interface Observer {
  see(event: Event): void;
  readonly tokenRequested: boolean;
  readonly authorizationRequested: boolean;
  /** Strict refused something in pre-flight: the run observes from then on (design, decision 3). */
  readonly refused: boolean;
  /** Rules by which the mock refused something although it only observed. */
  readonly observedRefusals: readonly string[];
  /** Actions of a scenario that timed out. */
  timedOut(scenario: string): number;
  /** Milliseconds from the question to the answer of the slowest action that was answered; 0: none was. */
  slowestMs(scenario: string): number;
  /** What broke on the harness's side during a scenario, one sentence. */
  harnessFault(scenario: string): string | undefined;
  /** Last lines on standard error, redacted, at most 500 characters. */
  readonly lastWords: string;
  /** An authorization URL was written on standard error. */
  readonly urlOnStderr: boolean;
  /** The error with which the last login came back to the client, a rule of the strict mock apart (RFC 6749 §4.1.2.1). */
  readonly callbackError: string | undefined;
  /** `redirect_uri` of the last authorization request, without its query. */
  readonly redirectUri: string | undefined;
}

/** Creates an observer that has seen no event. */
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

/** The browser was sent from the mock to the client, with a code or an error. */
function cameBack({ endpoint, status, issued, error }: EventOf<'response'>): boolean {
  if (endpoint !== 'authorize' && endpoint !== 'login') return false;
  return issued?.code !== undefined || (status >= 300 && status < 400 && error !== undefined);
}
