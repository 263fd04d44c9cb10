/** Runs the mock of a live session, records it, and applies the user's actions to it. */
import type { Control, Mock, Mode } from '../../mock-server/mock.ts';
import { createEmbedding, start, type Embedding } from '../../mock-server/start.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Event, EventBody } from '../history/event.ts';
import { mockOptions } from '../run/mock-options.ts';
import type { OpenRun } from '../run/open-run.ts';
import type { Action, Hand } from './actions.ts';
import { LOGIN, REFRESHES, type LiveScenario } from './live-scenarios.ts';
import { createRecording, type Recording } from './recording.ts';
import { upstreamOptions, type UpstreamSession } from './upstream-session.ts';

/** Options of `startLiveMock`. */
export interface LiveMockOptions {
  readonly config: LoadedConfig;
  readonly opened: OpenRun;
  /** Whether a new login removes what the user armed by hand. */
  readonly attended: boolean;
  /** Called when the visible state has changed. */
  readonly changed: () => void;
  /** Set when a real org replaces the mock. */
  readonly upstream?: UpstreamSession | undefined;
  /** Embedding of the mock; default: ports of this machine. */
  readonly embedding?: Embedding | undefined;
}

/** The mock of a live session with its recording. */
export interface LiveMock {
  readonly mock: Mock;
  readonly recording: Recording;
  readonly mode: Mode;
  /** Number of held refreshes; undefined when refreshes are not held. */
  readonly held: number | undefined;
  setMode(mode: Mode): void;
  /** Returns why an action cannot be used now; undefined when it can. */
  blocked(action: Action): string | undefined;
  act(action: Action): void;
  /** Records live traffic under `track` from now on, with the phase that checks read. */
  enter(track: LiveScenario): void;
  /** Returns to ordinary recording, before a scenario is run. */
  leave(): void;
  /** Stops the mock and records `run-end`; nothing is recorded after it. */
  close(): Promise<void>;
}

/** Starts the mock of a live session.
 * @throws HarnessError `port-in-use`, `public-key-unreadable`. */
export async function startLiveMock(options: LiveMockOptions): Promise<LiveMock> {
  const { config, opened, changed, attended, upstream, embedding = await createEmbedding() } = options;
  const { log, observer, redactor, correlation } = opened;
  const { port, instancePort, switches, policy } = config.mock;
  let mode: Mode = upstream === undefined ? policy : 'salesforce';
  let closed = false;
  const phases = new Set<string>();
  const recording = createRecording({
    log,
    mode: () => mode,
    harnessFault: (id) => observer.harnessFault(id),
    staysForLogin: () => (attended ? waitsForLogin(mock.control) : isArmed(mock.control)),
    refreshesCount: upstream !== undefined,
    onBack: () => {
      hand.gate = undefined;
      if (attended) mock.control.reset();
      changed();
    },
  });
  const common = {
    ...{ port, instancePort, redactor, correlation },
    // A connection may end after the last line.
    record: (body: EventBody): Event =>
      closed ? { seq: 0, t: 0, scenario: '', prev: '', ...body } : recording.record(body),
    now: () => log.now(),
  };
  const mock =
    upstream === undefined
      ? await start({ ...(await mockOptions(config)), ...common, switches, mode, embedding })
      : await (
          await import('../upstream/upstream.ts')
        ).startUpstream({ ...common, ...upstreamOptions(config, upstream) });
  const hand: Hand = {
    control: mock.control,
    phase: (name) => {
      phases.add(name);
      recording.phase(name);
    },
    reached: (name) => phases.has(name),
    gate: undefined,
  };
  const enter = (track: LiveScenario): void => {
    recording.switchTo(track);
    if (track.id === REFRESHES.id && !hand.reached('chain')) hand.phase('chain');
    changed();
  };
  return {
    mock,
    recording,
    get mode() {
      return mode;
    },
    get held() {
      return hand.gate?.held.length;
    },
    setMode(next) {
      mode = next;
      mock.control.setMode(next);
      changed();
    },
    blocked: (action) => action.blocked?.(hand),
    act(action) {
      enter(action.track);
      action.act(hand);
      changed();
    },
    enter,
    leave() {
      hand.gate = undefined;
      recording.switchTo(LOGIN);
    },
    async close() {
      await mock.close();
      recording.endLiveScenarios();
      log.append({ kind: 'run-end', outcome: 'completed' });
      closed = true;
    },
  };
}

/** Returns whether something that was armed by hand acts on the next login: that login does not return to ordinary recording. */
function waitsForLogin(control: Control): boolean {
  const { faults, gates } = control.armed();
  return (
    faults.some(({ on }) => on === 'authorize' || on === 'code') ||
    gates.some(({ id }) => id.startsWith('code-request'))
  );
}

function isArmed(control: Control): boolean {
  const { faults, gates } = control.armed();
  return faults.length + gates.length > 0;
}
