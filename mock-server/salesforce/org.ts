/** Provides the org and its users. Every user name is a user; users need not be created. */
import { randomUUID } from 'node:crypto';
import { longId, recordId } from './ids.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** A user of the org. */
export interface User {
  /** Name on the mock: `U1`. */
  readonly name: string;
  /** 18 characters, `005…`. */
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

/** The org of one mock; made by `createOrg`. */
export interface Org {
  /** 18 characters, `00D…`. */
  readonly id: string;
  /** 15 characters, with which access tokens begin. */
  readonly shortId: string;
  user(name: string): User;
  /** Returns the user with a username. */
  named(username: string): User;
}

/** Most users that are found by their usernames. */
const REMEMBERED = 1_000;

/** Creates an org. The same seed gives the same ids. */
export function createOrg(seed: string = randomUUID()): Org {
  const shortId = recordId('00D', seed);
  const names = new Map<string, string>();
  const users = createBoundedMap<string, User>(REMEMBERED);
  const make = (name: string): User => {
    const local = name.toLowerCase().replace(/[^a-z0-9.]+/g, '.');
    const email = name.includes('@') ? name : `${local}@example.com`;
    if (names.size < REMEMBERED && !names.has(email)) names.set(email, name);
    return { name, id: longId(recordId('005', `${shortId}:${name}`)), username: email, email };
  };
  const user = (name: string): User => {
    const known = users.get(name);
    if (known !== undefined) return known;
    const made = make(name);
    users.set(name, made);
    return made;
  };
  // The harness's users are known from the start.
  for (let count = 1; count <= 9; count += 1) user(`U${String(count)}`);
  return {
    id: longId(shortId),
    shortId,
    user,
    named: (username) => user(names.get(username.toLowerCase()) ?? username),
  };
}

/** Valid user names on the sign-in page. */
export const USER_NAME = /^[\w.@+-]{1,80}$/;

/** The password of every user of the mock; it is public. */
export const MOCK_PASSWORD = 'password';
