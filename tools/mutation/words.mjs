// For Stryker: texts for people decide on no verdict, so they are not mutated.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const FINDINGS = new Set(['pass', 'fail', 'warn', 'info', 'review', 'inconclusive', 'skip', 'tell']);
const TEXTS = new Set(['message', 'diagnosis', 'remedy', 'detail', 'why', 'title', 'failure', 'untested']);

const words = {
  shouldIgnore(path) {
    const { parent } = path;
    const literal = path.isStringLiteral() || path.isTemplateLiteral();
    if (literal && path.listKey === 'arguments' && FINDINGS.has(parent?.callee?.name)) return 'a text for people';
    if (literal && parent?.type === 'ObjectProperty' && TEXTS.has(parent.key?.name)) return 'a text for people';
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words', words)];
