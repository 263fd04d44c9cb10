/** Calls functions over the link in both directions: a request has an answer, a note has none. */
import { z } from 'zod';
import { HarnessError } from '../../errors.ts';

/** Describes an error as it crosses the link. */
export const failureSchema = z.object({
  code: z.string().max(100),
  message: z.string().max(10_000),
  hint: z.string().max(10_000),
  exit: z.union([z.literal(2), z.literal(70)]),
});
/** An error in the form in which it is sent over the link. */
export type Failure = z.infer<typeof failureSchema>;

const messageSchema = z.union([
  z.object({ call: z.int().positive(), method: z.string().max(40), params: z.unknown() }),
  z.object({ answer: z.int().positive(), value: z.unknown() }),
  z.object({ failed: z.int().positive(), error: failureSchema }),
  z.object({ note: z.string().max(40), params: z.unknown() }),
]);

/** Functions that one side provides to the other, by name. Each validates its parameters. */
export type Methods = Readonly<Record<string, (params: unknown) => unknown>>;

/** Returns a peer that sends with `send` and answers with `methods`. */
export function createPeer(send: (message: unknown) => void, methods: Methods) {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  let closed: HarnessError | undefined;

  const answer = async (id: number, method: string, params: unknown): Promise<void> => {
    try {
      const handle = methods[method];
      if (handle === undefined) throw unknownMethod(method);
      send({ answer: id, value: await handle(params) });
    } catch (error) {
      send({ failed: id, error: failureOf(error) });
    }
  };
  const settle = (id: number, how: (call: PromiseWithResolvers<unknown>) => void): void => {
    const call = open.get(id);
    open.delete(id);
    if (call !== undefined) how(call);
  };

  return {
    /** Asks the other side; rejects with its error, or with that of `close`. */
    call(method: string, params: unknown): Promise<unknown> {
      if (closed !== undefined) return Promise.reject(closed);
      last += 1;
      const call = Promise.withResolvers<unknown>();
      open.set(last, call);
      send({ call: last, method, params });
      return call.promise;
    },
    note(name: string, params: unknown) {
      if (closed === undefined) send({ note: name, params });
    },
    /** Takes a message of the other side. @throws ZodError for what is not one */
    receive(received: unknown) {
      const message = messageSchema.parse(received);
      if ('call' in message) void answer(message.call, message.method, message.params);
      else if ('answer' in message) settle(message.answer, ({ resolve }) => resolve(message.value));
      else if ('failed' in message) settle(message.failed, ({ reject }) => reject(errorOf(message.error)));
      else methods[message.note]?.(message.params);
    },
    /** Rejects open calls with `error`; later ones too. */
    close(error: HarnessError) {
      closed = error;
      for (const id of [...open.keys()]) settle(id, ({ reject }) => reject(error));
    },
  };
}

/** One side of the link. */
export type Peer = ReturnType<typeof createPeer>;

/** Returns what crosses the link of an error: what a person reads, never a stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HarnessError) {
    const { code, message, hint, exit } = error;
    return { code, message, hint, exit };
  }
  const text = error instanceof z.ZodError ? 'A message is not what was expected.' : 'The other side failed.';
  return { code: 'link-failed', message: text, hint: 'Use the same version on both sides.', exit: 70 };
}

/** Returns the error that a failure describes. */
export const errorOf = ({ code, message, hint, exit }: Failure): HarnessError =>
  new HarnessError(code, message, hint, { exit });

const unknownMethod = (method: string): HarnessError =>
  new HarnessError('link-failed', `The method "${method}" is not known.`, 'Use the same version on both sides.', {
    exit: 70,
  });
