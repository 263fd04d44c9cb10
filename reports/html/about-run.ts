/** Renders where and how the client was tested, with the command that repeats the run. */
import { oneLine } from '../text/printable.ts';
import { humanInstant } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { repeatCommand } from './repeat-command.ts';

/** Renders the section. */
export function aboutRun({ report, trail, later, digests, attested }: PageContext): Html {
  const { run, tool, integrity } = report;
  const { begin } = trail;
  const facts: readonly (readonly [string, string])[] = [
    ['Started', humanInstant(run.startedAt)],
    ['Tool', `${tool.name} ${tool.version}`],
    ['Requirement set', run.rules],
    ['Driver', run.driver],
    ...(run.recordedBy === undefined ? [] : ([['Recorded by', recordedBy(run.recordedBy)]] as const)),
    ...browsers(trail),
    ['Policy', `${run.policy}${run.observed ? ', then observing' : ''}`],
    ['Rotation', run.rotation],
    ['Seed', String(run.seed)],
    ['Treated as idle after', `${String(run.quietMs)} ms`],
    ['Answers held for', `${String(run.holdMs)} ms`],
    ...(begin === undefined
      ? []
      : ([
          ['Timeout of an action', `${String(begin.run.timeoutMs)} ms`],
          ['Concurrent calls', String(begin.run.herd)],
          ['Redirect URIs', begin.app.redirectUris.join(', ')],
          ['Scopes', begin.app.scopes.join(' ')],
          ['Token store', begin.app.sharedStore ? 'shared by several processes' : 'of one process'],
          ['Persistence', begin.app.persistence],
        ] as const)),
    ['History', `${String(trail.events)} events in history.jsonl`],
  ];
  return markup`<section id="environment" aria-labelledby="environment-title">
    <h2 id="environment-title">Environment, key and digests</h2>
    <details class="group">
      <summary>How it was tested, and how to repeat it</summary>
      ${later.part(
        'environment',
        markup`<dl class="facts wide">
            ${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${oneLine(value, 400)}</dd></div>`)}
          </dl>
          <h3>Repeat it</h3>
          <p class="muted">With the same configuration, this runs the same stimuli in the same order:</p>
          <pre tabindex="0"><code>${repeatCommand(report, begin)}</code></pre>
          <p class="muted">Grade the recorded history again, without a client or a network:</p>
          <pre tabindex="0"><code>${`sf-conformance report ${shown(run.id)}`}</code></pre>`,
      )}
    </details>
    ${integrity.publicKey !== '' && seal(report, digests, attested)}
    ${
      integrity.unsigned !== undefined &&
      markup`<p class="small muted">Not signed: ${oneLine(integrity.unsigned, 300)}.</p>`
    }
  </section>`;
}

/** Describes which part the hosted service recorded itself, and which part the partner's harness reported to it. */
const recordedBy = (service: string): string =>
  `${service}: every request and answer. Actions, output and stored files of the client were reported by the partner's harness.`;

/** Renders key and digests, which prove that nothing was changed. */
function seal(
  { run, integrity }: PageContext['report'],
  digests: PageContext['digests'],
  attested: PageContext['attested'],
): Html {
  const lines: readonly (readonly [string, string])[] = [
    [`Public key (${oneLine(integrity.algorithm, 20)})`, integrity.publicKey],
    ...(digests === undefined
      ? []
      : ([
          ['SHA-256 of report.json', digests.report],
          ['SHA-256 of history.jsonl', digests.history],
        ] as const)),
    ['To verify', `sf-conformance verify ${shown(run.id)}`],
  ];
  return markup`<dl class="seal-lines small">
      ${lines.map(([name, value]) => markup`<div><dt>${name}</dt><dd><code class="break">${oneLine(value, 200)}</code></dd></div>`)}
    </dl>
    <p class="small muted">
      report.sig holds the SHA-256 of every file of this run, signed with the key above. ${statement(attested)}
    </p>`;
}

/** Says what the file for tools that collect evidence is, or why there is none. */
const statement = (attested: PageContext['attested']): string =>
  attested === undefined
    ? 'There is no in-toto statement: it could only say passed, warned or failed, and this run is none of these or did not end.'
    : `attestation.intoto.json says the result, ${attested}, to tools that collect such evidence: it is an in-toto statement, which names report.json and history.jsonl by their SHA-256, in a DSSE envelope, which is the statement and a signature with the same key in one file.`;

const shown = (id: string): string => `reports/runs/${oneLine(id, 120).replace(/[^\w.-]/g, '_')}`;

/** Returns the browsers in which the client's pages ran, each once. */
function browsers({ scenarios }: PageContext['trail']): readonly (readonly [string, string])[] {
  const events = [...scenarios.values()].flatMap(({ others }) => others);
  const names = new Set(events.flatMap((event) => (event.kind === 'process-begin' ? (event.browser ?? []) : [])));
  return names.size === 0 ? [] : [['Browser', [...names].join(', ')]];
}
