/** Answers `response_type=device_code`: a device requests codes, at the token endpoint or the authorization endpoint. */
import { denial } from '../salesforce/denial.ts';
import { tokenRefusal } from '../salesforce/refusal.ts';
import { tokenReply } from '../salesforce/token-answer.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';
import { startDevice } from './device.ts';
import { parameterOf } from './token-request.ts';

/** Answers with a device code and a user code. The client is named and not authenticated. */
export async function startAtDevice(exchange: Exchange, context: MockContext): Promise<Reply> {
  if (parameterOf(exchange, 'client_id') !== context.app.clientId)
    return tokenRefusal(exchange, denial('unknown-client', 'client-identifier'));
  const started = await startDevice(parameterOf(exchange, 'scope'), context);
  return started.kind === 'refused' ? tokenRefusal(exchange, started.denial) : tokenReply(exchange, started.answer);
}
