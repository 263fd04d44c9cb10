/** Where and how it was tested, and the command that does it again. */
import { oneLine } from '../text/printable.ts';
import { humanInstant } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { repeatCommand } from './repeat-command.ts';

export function environment({ report, trail }: PageContext): Html {
  const { run, tool, integrity } = report;
  const { begin } = trail;
  const facts: readonly (readonly [string, string])[] = [
    ['Started', humanInstant(run.startedAt)],
    ['Tool', `${tool.name} ${tool.version}`],
    ['Driver', run.driver],
    ...browsers(trail),
    ['Policy', `${run.policy}${run.observed ? ', then observing' : ''}`],
    ['Rotation', run.rotation],
    ['Seed', String(run.seed)],
    ['Silence believed after', `${String(run.quietMs)} ms`],
    ['Answers held for', `${String(run.holdMs)} ms`],
    ...(begin === undefined
      ? []
      : ([
          ['Deadline per verb', `${String(begin.run.timeoutMs)} ms`],
          ['Herd', `${String(begin.run.herd)} calls at once`],
          ['Redirect URIs', begin.app.redirectUris.join(', ')],
          ['Scopes', begin.app.scopes.join(' ')],
          ['Token store', begin.app.sharedStore ? 'shared by several processes' : 'of one process'],
          ['Persistence', begin.app.persistence],
        ] as const)),
    ['History', `${String(trail.events)} events in history.jsonl`],
  ];
  return markup`<section id="environment" aria-labelledby="environment-title">
    <h2 id="environment-title">Environment</h2>
    <dl class="facts wide">
      ${facts.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${oneLine(value, 400)}</dd>
          </div>`,
      )}
    </dl>
    <h3>Do it again</h3>
    <p class="muted">With the same configuration, this runs the same stimuli in the same order:</p>
    <pre tabindex="0"><code>${repeatCommand(report, begin)}</code></pre>
    <p class="muted">
      Grade the recorded history again, with no client and no network, and check that nothing was changed:
    </p>
    <pre
      tabindex="0"
    ><code>${`sf-conformance report ${shown(run.id)}\nsf-conformance verify ${shown(run.id)}`}</code></pre>
    ${
      integrity.publicKey !== '' &&
      markup`<p class="small muted">
        Signed with ${integrity.algorithm}; public key <code class="break">${oneLine(integrity.publicKey, 200)}</code>
      </p>`
    }
  </section>`;
}

const shown = (id: string): string => `reports/runs/${oneLine(id, 120).replace(/[^\w.-]/g, '_')}`;

/** Returns the browsers whose pages were clients, each once. */
function browsers({ scenarios }: PageContext['trail']): readonly (readonly [string, string])[] {
  const events = [...scenarios.values()].flatMap(({ others }) => others);
  const names = new Set(events.flatMap((event) => (event.kind === 'process-begin' ? (event.browser ?? []) : [])));
  return names.size === 0 ? [] : [['Browser', [...names].join(', ')]];
}
