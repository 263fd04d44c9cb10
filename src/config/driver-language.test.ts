import { expect, test } from 'vitest';
import { driverSchema } from '../drivers/config.ts';
import { driverLanguage } from './driver-language.ts';

const adapter = (...command: string[]): string | undefined =>
  driverLanguage(driverSchema.parse({ type: 'adapter', command }));

test('the file that is started shows the language, else the program', () => {
  expect(adapter('python3', 'adapter.py')).toBe('python');
  expect(adapter('/usr/bin/python3.12', '-m', 'acme')).toBe('python');
  expect(adapter('java', '-jar', 'adapter.jar')).toBe('java');
  expect(adapter('dotnet', 'run')).toBe('csharp');
  expect(adapter('go', 'run', '.')).toBe('go');
  expect(adapter('bundle', 'exec', 'adapter')).toBe('ruby');
  expect(adapter('C:\\tools\\node.exe', 'adapter.mjs')).toBe('javascript');
  expect(adapter('npx', 'tsx', 'adapter.ts')).toBe('javascript');
  expect(adapter('./run.sh', 'adapter.php')).toBe('php');
});

test('an unknown program and a driver that starts nothing show none', () => {
  expect(adapter('./acme-cli')).toBeUndefined();
  expect(driverLanguage(driverSchema.parse({ type: 'manual' }))).toBeUndefined();
});
