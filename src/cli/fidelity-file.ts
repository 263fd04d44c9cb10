/** Writes `fidelity.json` when runs with the mock are compared with sessions with a real org. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareAnswers } from '../../reports/compare/fidelity.ts';
import type { Event } from '../history/event.ts';
import { readHistory } from '../history/read-history.ts';
import { name, version } from '../version.ts';

/** Writes the file to `folder` and returns its path; undefined when one kind of run or a history is missing. */
export async function writeFidelity(folder: string, dirs: readonly string[]): Promise<string | undefined> {
  const histories = await Promise.all(dirs.map(eventsIn));
  const [withMock, withOrg] = [histories.filter((one) => !isOfOrg(one)), histories.filter(isOfOrg)];
  if (withMock.flat().length === 0 || withOrg.length === 0) return undefined;
  const path = join(folder, 'fidelity.json');
  const fidelity = compareAnswers(distinct(withMock), distinct(withOrg), { name, version });
  await writeFile(path, `${JSON.stringify(fidelity, undefined, 2)}\n`);
  return path;
}

const eventsIn = async (dir: string): Promise<readonly Event[]> =>
  readHistory(join(dir, 'history.jsonl')).then(
    ({ events }) => events,
    () => [],
  );

const isOfOrg = ([begin]: readonly Event[]): boolean => begin?.kind === 'run-begin' && begin.run.upstream === true;

/** Joins histories; exchanges are renumbered, because each history numbers them from 1. */
const distinct = (histories: readonly (readonly Event[])[]): readonly Event[] =>
  histories.flatMap((events, index) =>
    events.map((event) =>
      event.kind === 'request' || event.kind === 'response'
        ? { ...event, exchange: event.exchange + index * 1e9 }
        : event,
    ),
  );
