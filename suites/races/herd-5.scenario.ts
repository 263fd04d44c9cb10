import { herdScenario } from './herd.ts';

export default herdScenario('herd-5', 'Five calls find their session dead at the same moment', 8, () => 5);
