/** One exchange, folded: the request as it came, the answer as it went, every secret a label. */
import type { Parameter } from '../../src/history/label.ts';
import { describeAnswer, describeRequest } from '../evidence/describe.ts';
import type { TrailExchange } from '../evidence/trail.ts';
import { oneLine, printable } from '../text/printable.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, markup } from './markup.ts';
import type { Html } from './markup.ts';

const MOST_PARAMETERS = 24;

/** Request, arrow, answer, on one line. */
export function told(item: TrailExchange): Html {
  return markup`${describeRequest(item.request)} ${icon('arrow')}<span class="sr"> answered </span> ${describeAnswer(item)}`;
}

export function exchange(item: TrailExchange, { limits, selection }: PageContext): Html {
  const { request, response, rotation } = item;
  const isEvidence = [request, response, rotation].some(
    (event) => event !== undefined && selection.evidence.has(event.seq),
  );
  const took =
    response === undefined ? 'never answered' : `${String(Math.round((item.endedAt - request.begunAt) * 10) / 10)} ms`;
  return markup`<details class="exchange" id=${anchor('event', request.seq)}>
    <summary>
      <span class="seq">#${request.seq}</span
      ><span class="lane-tag">${request.browser ? 'Browser' : oneLine(request.connection, 12)}</span>
      <span class="what">${told(item)}</span>${isEvidence && markup`<span class="tag">evidence</span>`}
      <span class="muted small nowrap">${took}</span>
    </summary>
    <div class="pair">
      <div class="request">
        <button type="button" class="curl" hidden>Copy as curl</button>
        <h4>
          Request <span class="muted">#${request.seq}, ${request.host} host, ${request.bodyBytes} bytes of body</span>
        </h4>
        <p class="line"><code>${oneLine(request.method, 16)} ${oneLine(request.path, limits.text)}</code></p>
        ${parameters('Query', request.query, limits.text)} ${parameters('Headers', request.headers, limits.text)}
        ${parameters('Body', request.body, limits.text)}
      </div>
      <div>
        <h4>
          Answer ${response !== undefined && markup`<span class="muted" id=${anchor('event', response.seq)}>#${response.seq}</span>`}
        </h4>
        ${answer(item, limits.text)}
      </div>
    </div>
  </details>`;
}

function answer({ response, rotation }: TrailExchange, limit: number): Html {
  const decision =
    rotation !== undefined &&
    markup`<p class="line" id=${anchor('event', rotation.seq)}>
      The mock decided:${' '}<strong>${rotation.presented.label} ${rotation.outcome}</strong>${
        rotation.successor !== undefined && ` → ${rotation.successor.label}`
      } <span class="muted">#${rotation.seq}</span>
    </p>`;
  if (response === undefined)
    return markup`${decision}
      <p class="muted">None was sent.</p>`;
  const { issued } = response;
  const tokens = [issued?.code, issued?.accessToken, issued?.refreshToken].flatMap((token) =>
    token === undefined ? [] : [`${token.label} (${token.fingerprint}, ${String(token.length)} characters)`],
  );
  return markup`
    ${decision}
    <p class="line">
      <code>${response.status}</code> ${response.delivered === 'complete' ? 'delivered whole' : `delivery: ${response.delivered}`}
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
