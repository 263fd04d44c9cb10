import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

export default {
  bug: 'It writes log lines to standard output and standard error, between its answers.',
  behaviours: {
    actions: (actions) =>
      wrapActions(actions, (action, name) => async (request, emit) => {
        process.stdout.write(`\n[12:00:00] DEBUG ${name} begins\n["not an answer"]\n${'-'.repeat(5000)}\n`);
        process.stderr.write(`warning: ${name} is deprecated \u001b[31m!\u001b[0m\n`);
        const answer = await action(request, emit);
        process.stdout.write('null\n{"half":\n42\n{"level":30,"msg":"done"}\n');
        return answer;
      }),
  },
  expect: {},
} satisfies Variant;
