/** What live traffic is recorded under: three scenarios that a person plays without being guided. */

export interface LiveScenario {
  /** Scenario id in the history. */
  readonly id: string;
  readonly title: string;
  /** Checks read it. */
  readonly graded: boolean;
}

/** Where a session begins, and what every new login leads back to. */
export const LOGIN: LiveScenario = { id: 'login', title: 'Logins and calls, as they come', graded: true };

/** What follows an expired session; its phases are those of the scenario that `run` plays. */
export const REFRESHES: LiveScenario = {
  id: 'refresh-chain',
  title: 'Sessions that were expired by hand',
  graded: true,
};

/** What came before any login of this session: no client of it can have sent that. It holds tokens of an earlier session, perhaps. */
export const BEFORE_LOGIN: LiveScenario = {
  id: 'before-login',
  title: 'What arrived before the first login: recorded, and read by no check',
  graded: false,
};

/** What follows a refusal or a fault that was injected by hand: it must not count against the other two. */
export const BY_HAND: LiveScenario = {
  id: 'by-hand',
  title: 'What was tried by hand: recorded, and read by no check',
  graded: false,
};
