/** Serves `/setup/connect`, where a user answers for a device. The harness's browser approves automatically. */
import { USER_NAME } from '../salesforce/org.ts';
import { answerDevice, waitingDevice } from '../oauth/device.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';
import { connectPage } from './connect-page.ts';
import { framed, page } from '../salesforce/frame.ts';

const CODE = /^[A-Za-z0-9]{8}$/;

/** Answers the page on which a user connects a device: GET shows the form (`?user_code=` fills it in), POST takes the answer. */
export async function connect(exchange: Exchange, context: MockContext): Promise<Reply> {
  const { form, query, browser, method, path } = exchange;
  const userCode = (form.get('user_code') ?? query.get('user_code') ?? '').trim();
  const waiting = CODE.test(userCode) ? await waitingDevice(userCode, context) : undefined;
  const answer = browser && exchange.user !== null ? 'allow' : method === 'POST' ? form.get('answer') : null;
  const user = browser && exchange.user !== null ? exchange.user : (form.get('user')?.trim() ?? 'U1');
  if (waiting !== undefined && answer === 'deny') {
    await answerDevice(userCode, undefined, context);
    return page(framed('Not connected', '<p>The device was refused. This window may be closed.'));
  }
  if (waiting !== undefined && answer === 'allow' && USER_NAME.test(user)) {
    await answerDevice(userCode, user, context);
    return page(framed('Connected', '<p>The device is connected. This window may be closed.'));
  }
  const unknown = waiting === undefined && userCode !== '';
  const complaint = waiting === undefined ? 'No device waits with this code.' : 'A user name has 1 to 80 characters.';
  const html = connectPage({
    action: path,
    userCode: CODE.test(userCode) ? userCode : '',
    user: USER_NAME.test(user) ? user : 'U1',
    ...(waiting && { scopes: waiting.scopes }),
    ...((method === 'POST' || unknown) && { complaint }),
  });
  return page(html, {}, unknown ? 400 : 200);
}
