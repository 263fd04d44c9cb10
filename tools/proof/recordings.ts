/** What the clients of the proof did, kept on disk scenario by scenario, so that checks can be tried on it again and again. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, RunFacts, Verdict } from '../../src/grade/check.ts';
import { judgeCheck } from '../../src/grade/judge.ts';
import type { Event } from '../../src/history/event.ts';
import { scenarioHistory, type ScenarioHistory } from '../../src/history/query.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';

/** One client's run, without its scenarios. */
export interface Recording {
  readonly facts: RunFacts;
  /** What each check said of it when it was recorded, before root causes were looked at: verdicts, sentences, diagnosis and evidence. */
  readonly judgements: Readonly<Record<string, Said>>;
}

export interface Said {
  readonly verdict: Verdict;
  /** SHA-256 of the rest. */
  readonly rest: string;
}

/** Writes `<dir>/<client>/recording.json` and one file of events for each scenario. */
export async function keepRecording(
  dir: string,
  client: string,
  history: readonly Event[],
  observed: boolean,
): Promise<void> {
  const [begin] = history;
  if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
  const folder = join(dir, client);
  await mkdir(folder, { recursive: true });
  const facts: RunFacts = { app: begin.app, run: begin.run, begin, observed };
  const scenarios = Map.groupBy(history, ({ scenario }) => scenario);
  for (const [id, events] of scenarios) {
    if (id !== '') await writeFile(fileOf(dir, client, id), events.map((event) => JSON.stringify(event)).join('\n'));
  }
  const { checks } = await loadCatalogue();
  const histories = new Map([...scenarios].map(([id, events]) => [id, scenarioHistory(id, events)]));
  const judgements = Object.fromEntries(checks.map((check) => [check.id, say(check, histories, facts)]));
  await writeFile(join(folder, 'recording.json'), JSON.stringify({ facts, judgements } satisfies Recording));
}

/** What a check says of what was recorded. */
export function say(check: Check, histories: ReadonlyMap<string, ScenarioHistory>, facts: RunFacts): Said {
  const { verdict, message, finding, scenarios } = judgeCheck(check, histories, facts);
  const text = JSON.stringify([message, finding?.diagnosis, finding?.blockedBy, scenarios]);
  return { verdict, rest: createHash('sha256').update(text).digest('hex') };
}

/** Names of the clients that were recorded. */
export function recordedClients(dir: string): readonly string[] {
  return readdirSync(dir).sort();
}

export function readRecording(dir: string, client: string): Recording {
  return JSON.parse(readFileSync(join(dir, client, 'recording.json'), 'utf8')) as Recording;
}

/** Those of the scenarios that were run. */
export function readScenarios(
  dir: string,
  client: string,
  ids: readonly string[],
): ReadonlyMap<string, ScenarioHistory> {
  const played = ids.filter((id) => existsSync(fileOf(dir, client, id)));
  return new Map(
    played.map((id) => {
      const lines = readFileSync(fileOf(dir, client, id), 'utf8').split('\n');
      return [
        id,
        scenarioHistory(
          id,
          lines.map((line) => JSON.parse(line) as Event),
        ),
      ];
    }),
  );
}

const fileOf = (dir: string, client: string, scenario: string): string => join(dir, client, `${scenario}.jsonl`);
