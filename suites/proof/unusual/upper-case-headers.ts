import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Header names are in upper case and the content type has a charset.',
  behaviours: {
    send: (request) => {
      const loud = Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value]);
      return exchange(
        { ...request, headers: Object.fromEntries(loud) as Record<string, string> },
        {
          agent: false,
          headers:
            request.form === undefined ? {} : { 'CONTENT-TYPE': 'application/x-www-form-urlencoded; charset=UTF-8' },
        },
      );
    },
  },
  expect: {},
} satisfies Variant;
