import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-VAL-1',
  level: 'MUST',
  title: 'Every metadata file can be read',
  failure: 'A metadata file cannot be read',
  why: 'A file that cannot be read cannot be graded, and never counts as passed.',
  remedy: 'Fix the file, or retrieve it again.',
  references: ['XML 1.0', 'Namespaces in XML 1.0'],
  requirements: ['SF-PKCE-ENABLED', 'SF-RTR-ENABLED'],
  notApplicable: 'All metadata files could be read.',
  grade: ({ problems }) => problems.map(({ message, place }) => ({ verdict: 'inconclusive', place, message })),
});
