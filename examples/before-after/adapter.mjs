// The same adapter for both: node adapter.mjs before, node adapter.mjs after
import { createInterface } from 'node:readline';

const client = await import(`./${process.argv[2]}/salesforce.mjs`);
const say = (line) => console.log(JSON.stringify(line));
const actions = {
  authorize: () => client.connect((url) => say({ event: 'open', url })),
  async call() {
    const status = await client.get();
    if (status >= 300) throw new Error(`the API answered ${status}`);
    return { status };
  },
  status: async () => ({ connected: client.load() !== undefined }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: action } = JSON.parse(line);
  if (!Object.hasOwn(actions, action)) say({ id, unsupported: true });
  else
    actions[action]().then(
      (more) => say({ id, ok: true, ...more }),
      (error) => say({ id, ok: false, error: error.message, reauthorize: error.constructor.name === 'ConnectAgain' }),
    );
}
process.exit(0);
