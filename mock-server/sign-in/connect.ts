/** `/setup/connect`: where a person answers for a device. The harness's browser says yes by itself. */
import type { Context } from 'koa';
import { USER_NAME } from '../salesforce/org.ts';
import { answerDevice, waitingDevice } from '../oauth/device.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { connectPage } from './connect-page.ts';
import { framed, showPage } from './frame.ts';

const CODE = /^[A-Za-z0-9]{8}$/;

/** GET shows the form (`?user_code=` fills it in), POST takes the answer. */
export async function connect(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { form, query, browser } = exchange;
  const userCode = (form.get('user_code') ?? query.get('user_code') ?? '').trim();
  const waiting = CODE.test(userCode) ? await waitingDevice(userCode, parts) : undefined;
  const answer = browser && exchange.user !== null ? 'allow' : ctx.method === 'POST' ? form.get('answer') : null;
  const user = browser && exchange.user !== null ? exchange.user : (form.get('user')?.trim() ?? 'U1');
  if (waiting !== undefined && answer === 'deny') {
    await answerDevice(userCode, undefined, parts);
    showPage(ctx, framed('Not connected', '<p>The device was refused. This window may be closed.'));
    return;
  }
  if (waiting !== undefined && answer === 'allow' && USER_NAME.test(user)) {
    await answerDevice(userCode, user, parts);
    showPage(ctx, framed('Connected', '<p>The device is connected. This window may be closed.'));
    return;
  }
  if (waiting === undefined && userCode !== '') ctx.status = 400;
  const complaint = waiting === undefined ? 'No device waits with this code.' : 'A user name has 1 to 80 characters.';
  showPage(
    ctx,
    connectPage({
      action: ctx.path,
      userCode: CODE.test(userCode) ? userCode : '',
      user: USER_NAME.test(user) ? user : 'U1',
      ...(waiting && { scopes: waiting.scopes }),
      ...((ctx.method === 'POST' || (waiting === undefined && userCode !== '')) && { complaint }),
    }),
  );
}
