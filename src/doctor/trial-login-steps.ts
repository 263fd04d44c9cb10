/** Divides a login into steps: how far the client came, and what stopped it. Pure. */
import type { LoginAnswer } from '../drivers/driver.ts';
import { isRefusal } from '../grade/refusal.ts';
import type { Event, EventOf } from '../history/event.ts';
import type { TrialLogin } from './trial-login.ts';
import { notOk, notReached, ok, type Step } from './step.ts';

interface Milestone {
  readonly id: string;
  readonly title: string;
  /** Returns what was seen when the step was reached; undefined otherwise. */
  readonly seen: (contact: TrialLogin) => string | undefined;
  /** What to do when the step was not reached and no error explains more. */
  readonly todo: string;
}

const WAY: readonly Milestone[] = [
  {
    id: 'mock',
    title: 'Mock',
    seen: ({ loginUrl }) => loginUrl,
    todo: 'Correct `mock.host` and `mock.port`.',
  },
  {
    id: 'client',
    title: 'Client start',
    seen: ({ logins }) => (logins.some((login) => login.opened || login.result !== 'died') ? '' : undefined),
    todo: 'Start it by hand with the same command and fix what it says.',
  },
  {
    id: 'authorization-url',
    title: 'Authorization URL',
    seen: ({ logins, events, loginUrl = '' }) => (opened(logins, events, loginUrl) ? '' : undefined),
    todo: 'Let the client build its authorization URL on `SF_LOGIN_URL`, not on an address of its own.',
  },
  {
    id: 'sign-in',
    title: 'Sign-in',
    seen: ({ logins }) => (logins.some(({ redirected }) => redirected) ? '' : undefined),
    todo: 'Compare `app.clientId` and `app.redirectUris` with what the client sends.',
  },
  {
    id: 'callback',
    title: 'Callback',
    seen: ({ logins }) => (logins.some(({ delivered }) => delivered === true) ? '' : undefined),
    todo: 'Let the client listen on `SF_REDIRECT_URI` before it hands over the authorization URL.',
  },
  {
    id: 'exchange',
    title: 'Code exchange',
    seen: ({ events }) => (of(events, 'request').some(({ facts }) => facts.kind === 'token') ? '' : undefined),
    todo: 'Look at what the client does with its callback.',
  },
  {
    id: 'call',
    title: 'API call',
    seen: ({ events }) => called(events),
    todo: 'Let `call` make one ordinary request to `instance_url`, with the access token.',
  },
];

/** Returns a step for each milestone: `ok` up to the last one reached, then `not ok` with the reason, then `not reached`. */
export function trialLoginSteps(contact: TrialLogin): readonly Step[] {
  const broken = rulesBroken(contact.events);
  const reached = WAY.map((milestone) => milestone.seen(contact));
  // Each milestone implies the earlier ones: a callback that was delivered without the harness's browser was delivered all the same.
  const last = reached.findLastIndex((seen) => seen !== undefined);
  return WAY.map((milestone, index) => {
    const { id, title } = milestone;
    if (index > last + 1) return notReached(id, title);
    if (index === last + 1) return stopped(milestone, contact, broken);
    const step = ok(id, title, reached[index] ?? '');
    return id === 'exchange' && broken.length > 0 ? { ...step, conformance: broken } : step;
  });
}

/** Returns the same steps for a login that was not attempted. */
export function untriedSteps(): readonly Step[] {
  return WAY.map(({ id, title }) => notReached(id, title));
}

/** Returns the step at which a login stopped. A client that reached its token request can be judged: a later stop counts as a broken rule,
 * if one was broken. */
function stopped({ id, title, todo }: Milestone, contact: TrialLogin, broken: readonly string[]): Step {
  const { fault, logins } = contact;
  if (fault !== undefined) return { ...notOk(id, title, fault.message, fault.hint), said: fault.said };
  if (id !== 'authorization-url' && broken.length > 0) return { ...notReached(id, title), conformance: broken };
  const error = logins.at(-1)?.error;
  if (id === 'call' && error === undefined) return notOk(id, title, answered(contact.events), todo);
  const nothing = id === 'exchange' ? 'No request reached the token endpoint.' : 'It did not come to it.';
  return notOk(id, title, error === undefined ? nothing : `The client said: ${error}`, todo);
}

/** Describes the client's answer to `call` when the mock saw no request. */
function answered(events: readonly Event[]): string {
  const end = of(events, 'verb-end').findLast(({ name }) => name === 'call');
  if (end === undefined) return 'It did not come to it.';
  const { result, error, skipped = false } = end;
  if (skipped) return `No call was made: ${error ?? 'it was left out'}.`;
  if (result === 'ok') return 'The client answered that its call went well, but no request of it reached the mock.';
  if (result === 'unsupported') return 'The client answered that it has no `call`.';
  if (result === 'timed-out') return 'The client did not answer in time, and no request of it reached the mock.';
  return `The call failed before it reached the mock${error === undefined ? '' : `: ${error}`}.`;
}

function opened(logins: readonly LoginAnswer[], events: readonly Event[], loginUrl: string): boolean {
  if (of(events, 'request').some(({ facts }) => facts.kind === 'authorize')) return true;
  const visited = of(events, 'visit').some(({ step, url }) => step === 'opened' && url.startsWith(`${loginUrl}/`));
  return visited && logins.some((login) => login.opened);
}

function called(events: readonly Event[]): string | undefined {
  const call = of(events, 'request').find(({ facts, browser }) => facts.kind === 'resource' && !browser);
  if (call === undefined) return undefined;
  return `${call.method} ${call.path}`;
}

function rulesBroken(events: readonly Event[]): readonly string[] {
  return [...new Set(of(events, 'response').flatMap((one) => (isRefusal(one) ? [one.deniedBy ?? ''] : [])))];
}

function of<K extends Event['kind']>(events: readonly Event[], kind: K): readonly EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}
