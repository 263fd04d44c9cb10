/** Runs several faults one after the other, each against a client that is connected and working. */
import type { FaultOptions } from '../../mock-server/mock.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';
import { untilOver } from './passing-fault.ts';

/** One fault that is active during one call of the client. */
export interface Trial {
  /** Name of the phase; the calls after the fault form the phase `NAME-over`. */
  readonly phase: string;
  readonly fault: string;
  readonly on?: FaultOptions['on'];
  /** Number of requests that the fault affects. Default: all until the call is answered, for at most `run.holdMs`. */
  readonly times?: number;
  readonly with?: FaultOptions['with'];
  /** Number of calls after the fault has ended. Default 1. */
  readonly after?: number;
  /** Waits until the client is idle before the fault ends, so that its background requests meet the fault too. */
  readonly settle?: boolean;
  /** Milliseconds between a failed call and the next one. */
  readonly pauseMs?: number;
}

/** A disturbance that a scenario makes itself: how to end it, and when the client has met it, where that can be seen. */
interface Disturbance {
  readonly end: () => void;
  readonly met?: Promise<void>;
}

/** Runs trials against one client; made by `beginTrials`. */
export interface Trials {
  /** Connects the client if it is not connected, expires its session unless the fault is in the API, and lets one call meet the fault.
   * Does nothing when the client can no longer be connected. */
  run(trial: Trial): Promise<void>;
  /** Runs a trial whose disturbance `disturb` begins; it returns the function that ends it. */
  meet(phase: string, disturb: () => () => void): Promise<void>;
}

/** Trials stop after this many calls that hung: more would show nothing new. */
const MOST_HANGS = 3;

/** Begins with a login and a call.
 * @throws ScenarioStop when one of them fails. */
export async function beginTrials(stage: ScenarioContext): Promise<Trials> {
  await stage.login();
  await stage.calls(1);
  let well = true;
  let died = false;
  let hung = 0;

  /** Makes one call; calls `end` when the call takes longer than `run.holdMs`. */
  const call = async (end: () => void = () => undefined, met?: Promise<unknown>): Promise<boolean> => {
    const { result } = await untilOver(stage, stage.client.call(), end, met);
    well = result === 'ok';
    died = result === 'died';
    if (result === 'timed-out') hung += 1;
    return well;
  };
  /** Restarts a client that has crashed or hangs, and reconnects one that has lost its tokens. */
  const fix = async (): Promise<boolean> => {
    if (hung >= MOST_HANGS) return false;
    if (well) return true;
    stage.phase('recovering');
    if (died) await stage.client.restart();
    well = (await stage.reconnect())?.result === 'ok' && (await call());
    return well;
  };
  const trial = async (name: string, disturb: () => Disturbance, more: Partial<Trial>): Promise<void> => {
    if (!(await fix())) return;
    stage.phase(name);
    const { end, met } = disturb();
    const good = await call(end, met);
    if (more.settle === true) await stage.quiet();
    end();
    if (died) return;
    if (!good && more.pauseMs !== undefined) await stage.elapse(more.pauseMs);
    stage.phase(`${name}-over`);
    for (let n = 0; n < (more.after ?? 1); n += 1) await call();
  };

  return {
    run: (one) =>
      trial(
        one.phase,
        () => {
          const { fault, on, times = Infinity } = one;
          const settings = one.with === undefined ? {} : { with: one.with };
          const armed = stage.control.inject({ fault, times, ...(on === undefined ? {} : { on }), ...settings });
          if (on !== 'resource') stage.control.expireAccessTokens();
          const end = (): void => {
            armed.disarm();
          };
          return { end, met: armed.first };
        },
        one,
      ),
    meet: (phase, disturb) =>
      trial(
        phase,
        () => {
          const end = disturb();
          stage.control.expireAccessTokens();
          return { end };
        },
        {},
      ),
  };
}
