import { concurrentCallsScenario } from './concurrent-calls.ts';

export default concurrentCallsScenario('herd-5', 'Five concurrent calls get a 401 (expired session)', 8, () => 5);
