/** Nobody may take the mock for the real thing: every page says what it is, and what is no page carries a header that does. */
import type { Context } from 'koa';

/** What every page says. */
export const DISCLOSURE = 'This is a mock for conformance tests, not Salesforce.';

/** Name of the header that every answer carries, texts and JSON above all: their bodies are as the platform has them. */
export const DISCLOSURE_HEADER = 'X-SF-Conformance-Mock';

/** To be called before anything is answered. */
export function disclose(ctx: Context): void {
  ctx.set(DISCLOSURE_HEADER, DISCLOSURE);
}
