/** Shows the variables that a person enters in the client before the first instruction. */
import type { SessionContext } from '../driver.ts';

/** Returns a function that prints the variables when they have changed: the mock of a run keeps its address through all scenarios. */
export function createVariablesNotice(): (context: SessionContext, say: (text: string) => void) => void {
  let shown = '';
  return ({ env }, say) => {
    const text = variablesText(env);
    if (text === shown) return;
    shown = text;
    say(text);
  };
}

/** Returns the variables of docs/contract.md, section 3, one a line. */
function variablesText(env: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(env).map((name) => name.length));
  const lines = Object.entries(env).map(([name, value]) => `   ${name.padEnd(width)}  ${value}`);
  return ['\nType this into your client:', ...lines].join('\n');
}
