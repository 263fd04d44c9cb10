/** A scenario under which live traffic is recorded, without guiding the user. */
export interface LiveScenario {
  /** Scenario id in the history. */
  readonly id: string;
  readonly title: string;
  /** Whether checks read it. */
  readonly graded: boolean;
}

/** The scenario at the beginning of a session and after every new login. */
export const LOGIN: LiveScenario = { id: 'login', title: 'Logins and calls, as they come', graded: true };

/** The scenario after a session has expired; its phases are those of the same scenario in `run`. */
export const REFRESHES: LiveScenario = {
  id: 'refresh-chain',
  title: 'Sessions that were expired by hand',
  graded: true,
};

/** The scenario before the first login of this session: its requests may use tokens of an earlier session. */
export const BEFORE_LOGIN: LiveScenario = {
  id: 'before-login',
  title: 'What arrived before the first login: recorded, and read by no check',
  graded: false,
};

/** The scenario after a refusal or fault that the user injected: its events must not count in the other scenarios. */
export const BY_HAND: LiveScenario = {
  id: 'by-hand',
  title: 'What was tried by hand: recorded, and read by no check',
  graded: false,
};
