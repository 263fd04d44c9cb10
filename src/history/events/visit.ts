/** What the harness’s browser met. */

/** The harness's browser, at the points that matter. */
export interface Visit {
  readonly kind: 'visit';
  readonly step: 'opened' | 'callback' | 'lost' | 'page';
  /** Event number of the verb-begin that it belongs to, when known. */
  readonly verb?: number;
  readonly user: string;
  /** URL without query, redacted. */
  readonly url: string;
  /** HTTP status of the page that the callback answered. */
  readonly status?: number;
  /** What the harness changed before it delivered the callback: `state-altered`, `state-removed`, `repeated` … */
  readonly tampered?: string;
  /** `error` parameter of the callback. */
  readonly error?: string;
  /** Of a page that answered a callback with markup in it: names of the parameters whose markup stands in the page as it came. */
  readonly markup?: readonly string[];
  /** Of a page in a real browser, when the login is over and its scripts have run: its address still holds the authorization response. */
  readonly exposed?: boolean;
  readonly detail?: string;
}
