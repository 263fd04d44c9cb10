/** Renders the lines where a reviewer signs; visible in print only. */
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const LINES = ['Reviewed by', 'Organisation', 'Date', 'Signature'];

/** Renders the lines. */
export function signatureLines(): Html {
  return markup`<dl class="signature">
    ${LINES.map((name) => markup`<div><dt>${name}</dt><dd></dd></div>`)}
  </dl>`;
}
