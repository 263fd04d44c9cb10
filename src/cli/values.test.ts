import { describe, expect, it } from 'vitest';
import { FLAGS, type Flag } from './flags.ts';

const parse = (name: keyof typeof FLAGS, text: string): unknown => {
  const flag: Flag = FLAGS[name];
  return flag.parse?.(text, `--${name}`);
};

describe('right values', () => {
  it.each<[keyof typeof FLAGS, string, unknown]>([
    ['suite', 'pkce', ['pkce']],
    ['suite', 'pkce, rtr,pkce', ['pkce', 'rtr']],
    ['format', 'html,sarif', ['html', 'sarif']],
    ['shard', '2/3', '2/3'],
    ['workers', '4', 4],
    ['seed', '0', 0],
    ['timeout', '1500', 1500],
    ['fail-on', 'never', 'never'],
    ['grep', '^RACE-0[1-3]$', '^RACE-0[1-3]$'],
    ['out', 'a b', 'a b'],
  ])('--%s %s', (name, text, value) => {
    expect(parse(name, text)).toEqual(value);
  });
});

describe('wrong values', () => {
  it.each<[keyof typeof FLAGS, string, string]>([
    ['suite', 'pkse', 'There is no suite "pkse". Did you mean "pkce"?'],
    ['suite', '', '--suite needs one or more of pkce, '],
    ['suite', 'pkce,,rtr', '--suite needs one or more of'],
    ['format', 'htm', 'There is no report format "htm". Did you mean "html"?'],
    ['shard', '3/2', '--shard must be i/n with 1 ≤ i ≤ n, not "3/2".'],
    ['shard', '0/2', '--shard must be i/n'],
    ['shard', '1', '--shard must be i/n'],
    ['workers', '0', '--workers must be a whole number from 1 to 64, not "0".'],
    ['workers', '1e1', '--workers must be a whole number'],
    ['workers', '-1', '--workers must be a whole number'],
    ['timeout', '2147483648', '--timeout must be a whole number from 1 to 2147483647'],
    ['fail-on', 'shuld', 'There is no level "shuld". Did you mean "should"?'],
    ['grep', '[', '--grep "[" is no regular expression.'],
    ['grep', '', '--grep "" is no regular expression.'],
    ['out', '', '--out needs a path.'],
  ])('--%s %j', (name, text, message) => {
    expect(() => parse(name, text)).toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringContaining(message) }),
    );
  });
});
