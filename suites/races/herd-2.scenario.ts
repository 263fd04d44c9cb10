import { concurrentCallsScenario } from './concurrent-calls.ts';

export default concurrentCallsScenario('herd-2', 'Two concurrent calls get a 401 (expired session)', 5, () => 2);
