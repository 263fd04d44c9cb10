/** Records bytes that are not an HTTP request, at most 200 times. */
import type { Event, EventBody } from '../../src/history/event.ts';

const MOST = 200;

/** Returns a function that records a refusal. The note contains none of the received bytes. */
export function noteRefused(record: (body: EventBody) => Event): (status: number, code: string) => void {
  let count = 0;
  return (status, code) => {
    count += 1;
    if (count > MOST) return;
    const more = count === MOST ? ' No more of them are noted.' : '';
    const why = /^[A-Z_]{1,60}$/.test(code) ? ` (${code})` : '';
    try {
      record({
        kind: 'note',
        text: `What came on a connection is no HTTP request and was refused unread: ${status}${why}.${more}`,
      });
    } catch {
      // When the history cannot be written, the next request reports it.
    }
  };
}
