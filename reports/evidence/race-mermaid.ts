/** Renders a race as a Mermaid sequence diagram, which GitHub and GitLab display. */
import { count } from '../text/words.ts';
import type { Race } from './race.ts';
import { answered, asked } from './race-words.ts';

/** Most requests in a summary's diagram. */
const MOST = 16;

/** Returns the diagram's text without a code fence. It contains labels and fixed words only, no client text. */
export function raceMermaid(race: Race): string {
  const steps = race.lanes
    .flatMap(({ exchanges }, lane) => exchanges.map((exchange) => ({ client: `C${String(lane + 1)}`, exchange })))
    .toSorted((a, b) => a.exchange.request.begunAt - b.exchange.request.begunAt)
    .slice(0, MOST)
    .flatMap(({ client, exchange }) => [
      { t: exchange.request.begunAt, text: `${client}->>S: ${plain(asked(exchange))}` },
      { t: exchange.endedAt, text: `S-->>${client}: ${plain(answered(exchange))}` },
    ])
    .toSorted((a, b) => a.t - b.t);
  const note = `Note over S: ${plain(`${race.label} in use by ${count(race.overlapping.length, 'request')}`)}`;
  const at = steps.findIndex(({ t }) => t >= race.band.from);
  const lines = [
    ...steps.slice(0, at + 1).map(({ text }) => text),
    note,
    ...steps.slice(at + 1).map(({ text }) => text),
  ];
  return [
    'sequenceDiagram',
    ...race.lanes.map(({ name }, lane) => `participant C${String(lane + 1)} as ${plain(name)}`),
    'participant S as Salesforce mock',
    ...lines,
  ].join('\n  ');
}

/** Mermaid reads `#` as the start of a character code and `;` as the end of a statement. */
const plain = (text: string): string => text.replace(/[^\w #.-]/g, ' ').replaceAll('#', '#35;');
