/** Renders one exchange, folded: the request as received, the answer as sent, with labels for secrets. */
import type { Parameter } from '../../src/history/label.ts';
import { describeAnswer, describeRequest } from '../evidence/describe.ts';
import type { TrailExchange } from '../evidence/trail.ts';
import { oneLine, printable } from '../text/printable.ts';
import { count } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { arrow } from './icon.ts';
import { anchor, markup } from './markup.ts';
import type { Html } from './markup.ts';

const MOST_PARAMETERS = 24;

/** Renders an exchange as a line; headers and bodies are built when it is opened. */
export function exchange(item: TrailExchange, { limits, selection, later }: PageContext): Html {
  const { request, response, rotation } = item;
  const isEvidence = [request, response, rotation].some(
    (event) => event !== undefined && selection.evidence.has(event.seq),
  );
  const took =
    response === undefined ? 'no answer' : `${String(Math.round((item.endedAt - request.begunAt) * 10) / 10)} ms`;
  return markup`<details class="exchange" id=${anchor('event', request.seq)}>
    <summary>
      <span class="seq">#${request.seq}</span
      ><span class="lane-tag">${request.browser ? 'Browser' : oneLine(request.connection, 12)}</span>
      <span class="what">${describeRequest(request)} ${arrow()} ${describeAnswer(item)}</span>${isEvidence && markup`<span class="tag">evidence</span>`}
      <span class="muted small nowrap">${took}</span>
    </summary>
    ${later.part(`exchange:${String(request.seq)}`, details(item, limits.text))}
  </details>`;
}

function details(item: TrailExchange, limit: number): Html {
  const { request, response } = item;
  return markup`<div class="pair">
    <div class="request">
      <button type="button" class="curl">Copy as curl</button>
      <h4>Request <span class="muted">#${request.seq}, ${request.host} host, ${count(request.bodyBytes, 'byte')} of body</span></h4>
      <p class="line"><code>${oneLine(request.method, 16)} ${oneLine(request.path, limit)}</code></p>
      ${parameters('Query', request.query, limit)} ${parameters('Headers', request.headers, limit)}
      ${parameters('Body', request.body, limit)}
    </div>
    <div>
      <h4>Answer ${response !== undefined && markup`<span class="muted" id=${anchor('event', response.seq)}>#${response.seq}</span>`}</h4>
      ${answer(item, limit)}
    </div>
  </div>`;
}

function answer({ response, rotation }: TrailExchange, limit: number): Html {
  const decision =
    rotation !== undefined &&
    markup`<p class="line" id=${anchor('event', rotation.seq)}>
      Decision of the mock:${' '}<strong>${rotation.presented.label} ${rotation.outcome}</strong>${
        rotation.successor !== undefined && ` → ${rotation.successor.label}`
      } <span class="muted">#${rotation.seq}</span>
    </p>`;
  if (response === undefined)
    return markup`${decision}
      <p class="muted">No answer was sent.</p>`;
  const { issued } = response;
  const tokens = [issued?.code, issued?.accessToken, issued?.refreshToken].flatMap((token) =>
    token === undefined ? [] : [`${token.label} (${token.fingerprint}, ${String(token.length)} characters)`],
  );
  return markup`
    ${decision}
    <p class="line">
      <code>${response.status}</code> ${response.delivered === 'complete' ? 'delivered completely' : `delivery: ${response.delivered}`}
    </p>
    ${response.error !== undefined && markup`<p class="line"><code>${oneLine(response.error, limit)}</code> ${oneLine(response.errorDescription ?? '', limit)}</p>`}
    ${tokens.length > 0 && markup`<p class="line">Issued ${tokens.join(', ')}${issued?.family !== undefined && ` in family ${issued.family}`}</p>`}
    ${response.deniedBy !== undefined && markup`<p class="line">Denied by the rule <code>${oneLine(response.deniedBy, 80)}</code></p>`}
    ${response.fault !== undefined && markup`<p class="line">Shaped by the fault <code>${oneLine(response.fault, 80)}</code></p>`}
    ${response.body !== undefined && markup`<pre tabindex="0"><code>${printable(response.body, limit)}</code></pre>`}
  `;
}

function parameters(title: string, list: readonly Parameter[], limit: number): Html {
  if (list.length === 0) return null;
  const shown = list.slice(0, MOST_PARAMETERS);
  return markup`<table class="parameters">
    <caption>
      ${title}
    </caption>
    <tbody>
      ${shown.map(
        ({ name, value, secret }) =>
          markup`<tr>
            <th scope="row">${oneLine(name, 80)}</th>
            <td>
              ${
                secret === undefined
                  ? oneLine(value, limit)
                  : markup`<span class="secret">${secret.label}</span> <span class="muted small">${secret.fingerprint}, ${secret.length} characters</span>`
              }
            </td>
          </tr>`,
      )}
      ${
        list.length > shown.length &&
        markup`<tr>
          <td colspan="2" class="muted">and ${list.length - shown.length} more</td>
        </tr>`
      }
    </tbody>
  </table>`;
}
