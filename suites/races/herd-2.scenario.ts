import { herdScenario } from './herd.ts';

export default herdScenario('herd-2', 'Two calls find their session dead at the same moment', 5, () => 2);
