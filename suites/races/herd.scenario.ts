import { concurrentCallsScenario } from './concurrent-calls.ts';

export default concurrentCallsScenario(
  'herd',
  'As many concurrent calls as `run.herd` sets get a 401 (expired session)',
  10,
  (stage) => stage.herd,
);
