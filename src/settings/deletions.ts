/** Reads which apps a `destructiveChanges.xml` deletes when it is deployed. */
import { oneLine } from '../../reports/text/printable.ts';
import type { AppKind, Deletion } from '../history/settings.ts';
import { childrenOf, collapsed, placeOf } from './switches.ts';
import type { XmlElement } from './xml.ts';

const KINDS: Readonly<Record<string, AppKind>> = {
  ConnectedApp: 'connected-app',
  ExternalClientApplication: 'external-client-app',
};

/** Most deletions of one file. */
const MAX_DELETIONS = 200;

/** Reads `Package/types/members` of both kinds of apps. */
export function readDeletions(file: string, root: XmlElement): readonly Deletion[] {
  return childrenOf(root, 'types')
    .flatMap((types): readonly Deletion[] => {
      const type = collapsed(childrenOf(types, 'name')[0]?.text ?? '');
      const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
      if (kind === undefined) return [];
      return childrenOf(types, 'members').map((member) => ({
        kind,
        name: oneLine(collapsed(member.text), 200),
        place: placeOf(file, member),
      }));
    })
    .slice(0, MAX_DELETIONS);
}
