/** Controls the mock through the management port of a live session; events caused from outside are recorded where no check counts them. */
import { BadRequest } from '../../mock-server/management/management.ts';
import type { Control } from '../../mock-server/mock.ts';
import type { Session } from './session.ts';
import { BY_HAND, REFRESHES } from './live-scenarios.ts';

/** Returns the control. It throws BadRequest while a person is guided through a scenario, which it would change. */
export function createRecordingControl(session: Pick<Session, 'mock' | 'running' | 'enter' | 'observe'>): Control {
  const { control } = session.mock;
  const on =
    <A extends readonly unknown[], R>(track: typeof BY_HAND, act: (...given: A) => R) =>
    (...given: A): R => {
      if (session.running !== undefined) throw new BadRequest('A scenario is running.');
      session.enter(track);
      return act(...given);
    };
  return {
    ...control,
    families: () => control.families(),
    setMode: (mode) => {
      if (!session.observe(mode)) throw new BadRequest('A scenario is running.');
    },
    expireAccessTokens: on(REFRESHES, (family?: string) => control.expireAccessTokens(family)),
    rejectRefreshTokens: on(BY_HAND, (...given: Parameters<Control['rejectRefreshTokens']>) =>
      control.rejectRefreshTokens(...given),
    ),
    replayOldToken: on(BY_HAND, (family?: string) => control.replayOldToken(family)),
    setUserStatus: on(BY_HAND, (...given: Parameters<Control['setUserStatus']>) => control.setUserStatus(...given)),
    advance: on(BY_HAND, (ms: number) => control.advance(ms)),
    age: on(BY_HAND, (...given: Parameters<Control['age']>) => control.age(...given)),
    changeApp: on(BY_HAND, (...given: Parameters<Control['changeApp']>) => control.changeApp(...given)),
    stageSecret: on(BY_HAND, (...given: Parameters<Control['stageSecret']>) => control.stageSecret(...given)),
    rotateSecret: on(BY_HAND, (secret: string) => control.rotateSecret(secret)),
    refuseConnections: on(BY_HAND, (off: boolean) => control.refuseConnections(off)),
    hold: on(BY_HAND, (options: Parameters<Control['hold']>[0]) => control.hold(options)),
    inject: on(BY_HAND, (options: Parameters<Control['inject']>[0]) => control.inject(options)),
    reset: () => {
      if (session.running !== undefined) throw new BadRequest('A scenario is running.');
      control.reset();
    },
  };
}
