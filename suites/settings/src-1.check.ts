import type { LeftOutFile, LeftOutReason, SettingsFacts } from '../../src/history/settings.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

/** Number of files that a message lists for one reason. */
const NAMED = 5;

const WHY: Readonly<Record<LeftOutReason, string>> = {
  'outside-packages': 'outside the packageDirectories of the project',
  forceignore: 'listed in .forceignore',
  'not-an-app': 'not the metadata of an app',
};

export default settingsCheck({
  id: 'SET-SRC-1',
  level: 'INFO',
  title: 'All files that were found or named are graded',
  failure: 'Some files were not graded',
  why: 'Backups and templates are not deployed, so only the package directories of a project are graded.',
  remedy: 'To grade such a file, name it or its folder as well.',
  references: ['Salesforce DX Developer Guide, sfdx-project.json and .forceignore'],
  requirements: [],
  notApplicable: 'All files that were found or named were graded.',
  grade: ({ leftOut = [] }: SettingsFacts): readonly SettingsFinding[] => {
    const [first] = leftOut;
    if (first === undefined) return [];
    const parts = (['outside-packages', 'forceignore', 'not-an-app'] as const).flatMap((reason) => {
      const own = leftOut.filter((file) => file.reason === reason);
      return own.length === 0 ? [] : [`${WHY[reason]}: ${listed(own)}`];
    });
    const count = leftOut.length === 1 ? '1 file was' : `${String(leftOut.length)} files were`;
    return [{ verdict: 'info', message: `${count} not graded. ${parts.map(sentence).join(' ')}` }];
  },
});

function listed(files: readonly LeftOutFile[]): string {
  const names = files.slice(0, NAMED).map(({ file }) => file);
  return names.join(', ') + (files.length > NAMED ? ` and ${String(files.length - NAMED)} more` : '');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
