/** Serves the Tooling API: the same forms for other objects, and more fields for a query. */
import { recordId } from '../../salesforce/ids.ts';
import { content, json, JSON_TYPE } from '../../reply.ts';
import { allowing, reading, type Serve } from './api-call.ts';
import { query } from './query.ts';
import { sobjects } from './sobjects.ts';

const directory: Serve = ({ base }) =>
  json(200, {
    query: `${base}/query`,
    sobjects: `${base}/sobjects`,
    runTestsAsynchronous: `${base}/runTestsAsynchronous`,
  });

/** Answers with the id of the job that runs Apex tests, of which the org has none (cassettes of CumulusCI). */
const runTests: Serve = ({ context, body }) =>
  content(200, JSON_TYPE, JSON.stringify(recordId('707', `${context.org.id}:${body.toString('utf8')}`)));

const NO_TESTS = { numTestsRun: 0, numFailures: 0, totalTime: 0, successes: [], failures: [], codeCoverage: [] };

/** Answers `tooling/…`. */
export const tooling: Serve = (call) => {
  const [, name = '', ...rest] = call.path;
  const inner = { ...call, base: `${call.base}/tooling`, path: [name, ...rest] };
  switch (name) {
    case '':
      return reading(directory)(inner);
    case 'query':
      return reading(query)(inner);
    case 'sobjects':
      return sobjects(inner);
    case 'runTestsAsynchronous':
      return allowing('POST', runTests)(inner);
    case 'runTestsSynchronous':
      return allowing('POST', () => json(200, NO_TESTS))(inner);
    default:
      return undefined;
  }
};
