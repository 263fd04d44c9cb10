/** Renders what a reuse detection means, what to do about it, and whom to inform. The same in every report. */
import { incidentResponse } from '../../suites/settings/incident-response.ts';
import type { PageContext } from './context.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders the section, folded. */
export function incident({ later }: PageContext): Html {
  const { title, meaning, steps, contact, source } = incidentResponse;
  return markup`<section id="incident" aria-labelledby="incident-title">
    <h2 id="incident-title">${title}</h2>
    <p class="lead">${meaning}</p>
    <details class="group">
      <summary>What to do then</summary>
      ${later.part(
        'incident',
        markup`<ol class="steps">${steps.map(({ title: step, text }) => markup`<li><strong>${step}.</strong> ${text}</li>`)}</ol>
          <p class="note">Salesforce security: <strong>${contact}</strong></p>
          <p class="small muted">${source}</p>`,
      )}
    </details>
  </section>`;
}
