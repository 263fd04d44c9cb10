/** `response_type=device_code`: a device asks for codes, at the token endpoint or the authorization endpoint. */
import type { Context } from 'koa';
import { writeAnswer } from '../salesforce/token-answer.ts';
import { denial } from '../salesforce/denial.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { startDevice } from './device.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** Answers with a device code and a user code. No client authentication: the client is only named. */
export async function startAtDevice(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { form, query } = exchange;
  const parameter = (name: string) => form.get(name) ?? query.get(name);
  if (parameter('client_id') !== parts.app.clientId) {
    refuseToken(ctx, exchange, denial('unknown-client', 'client-identifier'));
    return;
  }
  const started = await startDevice(parameter('scope'), parts);
  if (started.kind === 'refused') refuseToken(ctx, exchange, started.denial);
  else writeAnswer(ctx, started.answer, parameter('format'));
}
