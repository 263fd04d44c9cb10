/** Serves the control port of a live session, through which tests in other languages control it (docs/openapi/control.v1.yaml). */
import { answerRoutes } from '../../mock-server/management/management.ts';
import type { Control } from '../../mock-server/mock.ts';
import type { LoadedConfig } from '../config/load.ts';
import { HarnessError } from '../errors.ts';
import type { Event } from '../history/event.ts';
import { CONTROL_ROUTES } from '../library/control-routes.ts';
import { recordedMock } from '../library/recorded-mock.ts';
import { createRecording } from '../library/recording.ts';
import { environment } from '../run/client-variables.ts';
import { withAgreement } from './agreement.ts';
import { createRecordingControl } from './recording-control.ts';
import type { Session } from './session.ts';

/** The recording of a session in memory, as the library keeps it. */
export interface ControlPort {
  /** Called with every event of the session, from the first on. */
  see(event: Event): void;
  /** Connects it with its session.
   * @param upstream whether a real org replaces the mock */
  open(
    session: Session,
    upstream: boolean,
  ): {
    /** Control that the commands of the port use. */
    readonly control: Control;
    readonly middleware: ReturnType<typeof answerRoutes>;
    close(): void;
  };
}

/** Most events in memory; later ones are in the history on disk only, until `/reset`. */
const MOST_EVENTS = 50_000;

/** Kinds of events with which the session divides its history; the library uses its own. */
const DIVISIONS: ReadonlySet<string> = new Set(['run-begin', 'scenario-begin', 'scenario-end', 'phase']);

/** Rejects: only its user can sign in at a real org. */
const atTheOrg = (): Promise<never> =>
  Promise.reject(
    new HarnessError(
      'not-with-upstream',
      'The user signs in at the org itself.',
      'Open the authorization URL in a browser.',
    ),
  );

/** Creates the control port of a session that is about to start. */
export function createControlPort(config: LoadedConfig): ControlPort {
  const recording = createRecording();
  return {
    see(event) {
      if (!DIVISIONS.has(event.kind) && recording.events.length < MOST_EVENTS) recording.adopt(event);
    },
    open(session, upstream) {
      const { mock } = session;
      const recorder = createRecordingControl(session);
      const live = upstream ? withAgreement(recorder, mock.control) : recorder;
      const control: Control = {
        ...live,
        reset() {
          live.reset();
          recording.clear();
        },
      };
      const own = recordedMock({ mock, control, recording, config });
      const recorded = upstream ? { ...own, signIn: atTheOrg } : own;
      const env = () => environment({ ...config.app, loginUrl: mock.loginUrl, caFile: mock.caFile });
      return {
        control,
        middleware: answerRoutes(CONTROL_ROUTES, { recorded, recording, env, race: undefined }),
        close: () => {
          recorded.close();
        },
      };
    },
  };
}
