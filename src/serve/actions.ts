/** Defines the actions of the dashboard's buttons: what each does to the mock, and where its traffic is recorded. */
import type { Control, Gate } from '../../mock-server/mock.ts';
import { BY_HAND, LOGIN, REFRESHES, type LiveScenario } from './live-scenarios.ts';

/** What an action works with. */
export interface Hand {
  readonly control: Control;
  /** Begins a phase of the current live scenario. */
  readonly phase: (name: string) => void;
  /** Returns whether a phase was begun. */
  readonly reached: (name: string) => boolean;
  /** The gate that holds refreshes; undefined when none does. */
  gate: Gate | undefined;
}

/** A button of the dashboard. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** What it does and what to do next, in one sentence. */
  readonly hint: string;
  readonly track: LiveScenario;
  readonly act: (hand: Hand) => void;
  /** Returns why it cannot be used now; undefined when it can. */
  readonly blocked?: (hand: Pick<Hand, 'gate' | 'reached'>) => string | undefined;
}

const fault =
  (id: string): Action['act'] =>
  ({ control }) => {
    control.inject({ fault: id });
  };

/** Maps actions to the scenario that grades what the action only tries. */
export const GRADED_BY: Readonly<Record<string, string>> = {
  reject: 'rejected',
  steal: 'reuse',
  busy: 'busy',
  outage: 'failed-refresh',
};

/** All actions, in the order of their buttons. */
export const ACTIONS: readonly Action[] = [
  {
    id: 'expire',
    label: 'Expire the session',
    hint: 'The access tokens have expired. Make an API call: the client has to refresh. Ten times in a row shows the whole chain.',
    track: REFRESHES,
    act: ({ control }) => {
      control.expireAccessTokens();
    },
  },
  {
    id: 'restarted',
    label: 'I have restarted my client',
    hint: 'Press it once the client runs again. The session is expired: make an API call; the client has to send its newest refresh token.',
    track: REFRESHES,
    blocked: ({ reached }) => (reached('chain') ? undefined : 'Expire the session first.'),
    act: ({ control, phase, reached }) => {
      if (!reached('restart')) {
        phase('restart');
        phase('after-restart');
      }
      control.expireAccessTokens();
    },
  },
  {
    id: 'reject',
    label: 'Reject the refresh token',
    hint: 'The refresh tokens of all logins are refused from now on. Make an API call: the client has to ask to connect again.',
    track: BY_HAND,
    act: ({ control }) => {
      control.rejectRefreshTokens(undefined, 'expired');
    },
  },
  {
    id: 'steal',
    label: 'Use a stolen refresh token',
    hint: 'Another party sends an old refresh token: the whole token family is revoked, including its access tokens.',
    track: BY_HAND,
    act: ({ control }) => {
      control.replayOldToken();
    },
  },
  {
    id: 'lose',
    label: 'Lose the next response',
    hint: 'The session is expired; the next refresh is carried out, and its answer never arrives.',
    track: BY_HAND,
    act: (hand) => {
      fault('reset-after-commit')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'truncate',
    label: 'Cut the next response',
    hint: 'The session is expired; the next refresh is carried out, and half of its answer arrives.',
    track: BY_HAND,
    act: (hand) => {
      fault('truncated-body')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'hold',
    label: 'Hold refreshes',
    hint: 'The session is expired; refreshes wait until they are released, so that several can meet.',
    track: BY_HAND,
    blocked: ({ gate }) => (gate === undefined ? undefined : 'Refreshes are held already.'),
    act: (hand) => {
      hand.gate = hand.control.hold({ point: 'refresh-request' });
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'release',
    label: 'Release',
    hint: 'Lets held refreshes go on, in order of arrival.',
    track: BY_HAND,
    blocked: ({ gate }) => (gate === undefined ? 'No refresh is held.' : undefined),
    act: (hand) => {
      hand.gate?.close();
      hand.gate = undefined;
    },
  },
  {
    id: 'race',
    label: 'Release in reverse order',
    hint: 'Lets the held refresh that came last go first; the others follow when it was answered, the earliest last.',
    track: BY_HAND,
    blocked: ({ gate }) => (gate === undefined ? 'No refresh is held.' : undefined),
    act: (hand) => {
      const { gate } = hand;
      hand.gate = undefined;
      void inReverse(gate);
    },
  },
  {
    id: 'throttle',
    label: '429 next',
    hint: 'The session is expired; the next refresh is answered 429 with Retry-After.',
    track: BY_HAND,
    act: (hand) => {
      fault('throttled')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'cut-connection',
    label: 'Reset next',
    hint: 'The session is expired; the connection of the next refresh is reset, and nothing is carried out.',
    track: BY_HAND,
    act: (hand) => {
      fault('reset-before-commit')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'busy',
    label: 'Answer busy',
    hint: 'The session is expired; the next refresh gets the answer that the token request is already being processed.',
    track: BY_HAND,
    act: (hand) => {
      fault('busy')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'outage',
    label: '503 next',
    hint: 'The session is expired; the next refresh is answered 503.',
    track: BY_HAND,
    act: (hand) => {
      fault('service-unavailable')(hand);
      hand.control.expireAccessTokens();
    },
  },
  {
    id: 'reset',
    label: 'Back to plain recording',
    hint: 'Takes back every fault and every hold. A new login does the same.',
    track: LOGIN,
    act: (hand) => {
      hand.gate = undefined;
      hand.control.reset();
    },
  },
];

/** Releases held requests one after another, the last arrival first. */
async function inReverse(gate: Gate | undefined): Promise<void> {
  for (const held of [...(gate?.held ?? [])].reverse()) {
    held.open();
    await held.ended;
  }
  gate?.close();
}
