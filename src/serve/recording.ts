/** Decides which scenario an event of a live session belongs to. */
import type { Mode } from '../../mock-server/mock.ts';
import type { Event, EventBody, EventOf, ScenarioOutcome } from '../history/event.ts';
import type { Log } from '../history/log.ts';
import { BEFORE_LOGIN, LOGIN, REFRESHES, type LiveScenario } from './live-scenarios.ts';

export interface RecordingParts {
  readonly log: Log;
  readonly mode: () => Mode;
  /** What broke on the harness's side while a scenario was recorded. */
  readonly harnessFault: (scenario: string) => string | undefined;
  /** What was tried by hand waits for a login: it does not lead back yet. */
  readonly staysForLogin: () => boolean;
  /** A refresh leads from `LOGIN` to `REFRESHES`, so that the checks of refreshes read it, whether or not a session was expired by hand. Default false. */
  readonly refreshesCount?: boolean | undefined;
  /** A new login has led from another track back to `LOGIN`: what was armed by hand is to end now. */
  readonly onBack: () => void;
}

export interface Recording {
  /** An exchange belongs to the scenario that was active when it arrived, to its end. */
  record(body: EventBody): Event;
  /** What live traffic is recorded under now. */
  readonly track: LiveScenario;
  switchTo(track: LiveScenario): void;
  /** A phase of the active scenario. */
  phase(name: string): void;
  /** While `id` is set, everything belongs to that scenario, which a person is guided through. */
  guide(id: string | undefined): void;
  readonly guided: string | undefined;
  /** Live traffic was recorded under it. */
  used(id: string): boolean;
  /** Ends the tracks that are open, in history. They may go on after it. */
  endLiveScenarios(): void;
}

interface OpenLiveScenario {
  readonly track: LiveScenario;
  readonly begunAt: number;
  logins: number;
}

/** Creates a recording in which no scenario is open. */
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
      // Its end in history is that of the guided play.
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

/** An authorization request, or a token request that needs nothing from an earlier one. */
function beginsLogin({ facts }: Pick<EventOf<'request'>, 'facts'>): boolean {
  if (facts.kind !== 'token') return facts.kind === 'authorize';
  return facts.grantType !== 'refresh_token' && facts.grantType !== 'authorization_code';
}
