/** Assigns the events of a live session to scenarios. */
import type { Mode } from '../../mock-server/mock.ts';
import type { Event, EventBody, EventOf, ScenarioOutcome } from '../history/event.ts';
import type { Log } from '../history/log.ts';
import { BEFORE_LOGIN, LOGIN, REFRESHES, type LiveScenario } from './live-scenarios.ts';

/** The parts of a recording. */
export interface RecordingParts {
  readonly log: Log;
  readonly mode: () => Mode;
  /** Returns what failed on the harness's side while a scenario was recorded. */
  readonly harnessFault: (scenario: string) => string | undefined;
  /** Returns whether something armed by hand waits for a login, which then does not return to `LOGIN`. */
  readonly staysForLogin: () => boolean;
  /** Whether a refresh changes from `LOGIN` to `REFRESHES`, so that the checks of refreshes read it even when no session was expired by
   * hand. Default: false. */
  readonly refreshesCount?: boolean | undefined;
  /** Called when a new login has returned to `LOGIN`: whatever was armed by hand must end. */
  readonly onBack: () => void;
}

/** The recording of a live session; made by `createRecording`. */
export interface Recording {
  /** Records an event. An exchange belongs to the scenario that was active when its request arrived. */
  record(body: EventBody): Event;
  /** The current live scenario. */
  readonly track: LiveScenario;
  switchTo(track: LiveScenario): void;
  /** Records a phase of the active scenario. */
  phase(name: string): void;
  /** Assigns all events to a scenario that a person is guided through, until called with undefined. */
  guide(id: string | undefined): void;
  readonly guided: string | undefined;
  /** Returns whether live traffic was recorded under a scenario. */
  used(id: string): boolean;
  /** Records the end of open live scenarios. They may continue after it. */
  endLiveScenarios(): void;
}

interface OpenLiveScenario {
  readonly track: LiveScenario;
  readonly begunAt: number;
  logins: number;
}

/** Creates a recording without open scenarios. */
export function createRecording(parts: RecordingParts): Recording {
  const { log, mode, harnessFault, staysForLogin, onBack, refreshesCount = false } = parts;
  const tracks = new Map<string, OpenLiveScenario>();
  const owners = new Map<number, string>();
  const finished = new Set<string>();
  let track = LOGIN;
  let guided: string | undefined;
  // Tokens of a real org may be older than the session.
  let loginBegun = refreshesCount;

  const enter = (next: LiveScenario): void => {
    track = next;
    begin(next);
  };
  const begin = (next: LiveScenario): void => {
    if (tracks.has(next.id)) return;
    tracks.set(next.id, { track: next, begunAt: log.now(), logins: 0 });
    if (!finished.has(next.id)) log.append({ kind: 'scenario-begin', title: next.title, mode: mode() }, next.id);
  };
  const goBack = (): void => {
    enter(LOGIN);
    onBack();
  };
  const ending = (id: string, logins: number): { outcome: ScenarioOutcome; detail?: string } => {
    const broken = harnessFault(id);
    if (broken !== undefined) return { outcome: 'error', detail: broken };
    return id === LOGIN.id && logins === 0
      ? { outcome: 'login-failed', detail: 'No login happened.' }
      : { outcome: 'completed' };
  };
  enter(LOGIN);

  return {
    record(body) {
      if (body.kind === 'request') {
        const login = body.facts.kind === 'authorize';
        if (guided === undefined && login && track.id !== LOGIN.id && !staysForLogin()) goBack();
        const refresh = body.facts.kind === 'token' && body.facts.grantType === 'refresh_token';
        if (refreshesCount && guided === undefined && refresh && track.id === LOGIN.id) enter(REFRESHES);
        loginBegun ||= guided !== undefined || beginsLogin(body);
        const stray = !loginBegun && (body.facts.kind === 'token' || body.facts.kind === 'resource');
        if (stray) begin(BEFORE_LOGIN);
        const id = guided ?? (stray ? BEFORE_LOGIN.id : track.id);
        owners.set(body.exchange, id);
        const open = tracks.get(id);
        if (open !== undefined && login) open.logins += 1;
        return log.append(body, id);
      }
      const owner = 'exchange' in body ? owners.get(body.exchange ?? 0) : undefined;
      if (body.kind === 'response') owners.delete(body.exchange);
      return log.append(body, owner ?? guided ?? track.id);
    },
    get track() {
      return track;
    },
    switchTo: enter,
    phase(name) {
      log.append({ kind: 'phase', phase: name }, guided ?? track.id);
    },
    guide(id) {
      guided = id;
      if (id === undefined) return;
      finished.add(id);
      // Its end in the history is that of the guided run.
      tracks.delete(id);
      if (track.id === id) track = LOGIN;
    },
    get guided() {
      return guided;
    },
    used: (id) => tracks.has(id) || finished.has(id),
    endLiveScenarios() {
      for (const [id, { begunAt, logins }] of tracks) {
        if (finished.has(id)) continue;
        const durationMs = Math.round(log.now() - begunAt);
        log.append({ kind: 'scenario-end', ...ending(id, logins), durationMs }, id);
      }
    },
  };
}

/** Returns whether a request begins a login: an authorization request, or a token request that does not depend on an earlier one. */
function beginsLogin({ facts }: Pick<EventOf<'request'>, 'facts'>): boolean {
  if (facts.kind !== 'token') return facts.kind === 'authorize';
  return facts.grantType !== 'refresh_token' && facts.grantType !== 'authorization_code';
}
