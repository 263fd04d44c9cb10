/** Several things that go wrong, one after the other, each met by a client that is connected and well. */
import type { FaultOptions } from '../../mock-server/mock.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';
import { untilOver } from './passing-fault.ts';

/** One thing that goes wrong while the client makes one call. */
export interface Trial {
  /** Name of the phase; what comes after it is the phase `NAME-over`. */
  readonly phase: string;
  readonly fault: string;
  readonly on?: FaultOptions['on'];
  /** How often it strikes. Default: until the call is answered, for `run.holdMs` at most. */
  readonly times?: number;
  readonly with?: FaultOptions['with'];
  /** Calls that follow once the fault is over. Default 1. */
  readonly after?: number;
  /** Waits until the client is idle before the fault ends, so that its background requests meet the fault too. */
  readonly settle?: boolean;
  /** Milliseconds between the answer to the call and the next one, when the call failed. */
  readonly pauseMs?: number;
}

/** What is wrong for a while: how it ends, and when the client has met it, where that can be seen. */
interface Disturbance {
  readonly end: () => void;
  readonly met?: Promise<void>;
}

export interface Trials {
  /** Connects the client when it is not, lets its session die unless the fault is the resource server's, and lets one call meet the fault.
   * Does nothing when the client can no longer be connected. */
  run(trial: Trial): Promise<void>;
  /** The same with `begin` and `end` in the place of a fault of the mock. */
  meet(phase: string, disturb: () => () => void): Promise<void>;
}

/** After so many calls that hung, more trials would show nothing new. */
const MOST_HANGS = 3;

/** Begins with a login and a call. @throws ScenarioStop when these fail. */
export async function beginTrials(stage: ScenarioContext): Promise<Trials> {
  await stage.login();
  await stage.calls(1);
  let well = true;
  let died = false;
  let hung = 0;

  /** Lets the client make one call; what it meets is over with `end`, should the call take that long. */
  const call = async (end: () => void = () => undefined, met?: Promise<unknown>): Promise<boolean> => {
    const { result } = await untilOver(stage, stage.client.call(), end, met);
    well = result === 'ok';
    died = result === 'died';
    if (result === 'timed-out') hung += 1;
    return well;
  };
  /** A client that has died or hangs is started anew; one that has lost its tokens is connected again. */
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
