/** The org and its users. A user is made by being named: nothing has to be kept. */
import { randomUUID } from 'node:crypto';
import { longId, recordId } from './ids.ts';

export interface User {
  /** `U1` */
  readonly name: string;
  /** 18 characters, `005…`. */
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

export interface Org {
  /** 18 characters, `00D…`. */
  readonly id: string;
  /** 15 characters, as access tokens begin. */
  readonly shortId: string;
  user(name: string): User;
}

/** An org with an id of its own. */
export function createOrg(seed: string = randomUUID()): Org {
  const shortId = recordId('00D', seed);
  return {
    id: longId(shortId),
    shortId,
    user(name) {
      const local = name.toLowerCase().replace(/[^a-z0-9.]+/g, '.');
      const email = name.includes('@') ? name : `${local}@example.com`;
      return { name, id: longId(recordId('005', `${shortId}:${name}`)), username: email, email };
    },
  };
}

/** What a person may type as a user name on the sign-in page. */
export const USER_NAME = /^[\w.@+-]{1,80}$/;
