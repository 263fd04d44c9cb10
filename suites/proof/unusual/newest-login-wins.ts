import { createLogins } from '../client/logins.ts';
import type { Login } from '../client/logins.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A second login ends the first, whose callback is then refused.',
  behaviours: {
    createLogins: () => {
      const logins = createLogins();
      let newest: Login | undefined;
      return {
        ...logins,
        add: (login) => {
          if (newest !== undefined) {
            logins.remove(newest);
            newest.settle({ kind: 'refused', login: newest, error: 'another login has begun' });
          }
          newest = login;
          logins.add(login);
        },
      };
    },
  },
  expect: {},
} satisfies Variant;
