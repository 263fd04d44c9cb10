import { herdScenario } from './herd.ts';

export default herdScenario(
  'herd',
  'As many calls as `run.herd` says find their session dead at the same moment',
  10,
  (stage) => stage.herd,
);
