import { expect, test } from 'vitest';
import { referenceUrl } from './reference-url.ts';

test('an RFC is read at its section, its appendix or its beginning; nothing else has an address', () => {
  const rfc = 'https://www.rfc-editor.org/rfc/rfc';
  expect(referenceUrl('RFC 7636 §4.3')).toBe(`${rfc}7636#section-4.3`);
  expect(referenceUrl('RFC 9700 §4.14.2, last paragraph')).toBe(`${rfc}9700#section-4.14.2`);
  expect(referenceUrl('RFC 6749 Appendix A.17')).toBe(`${rfc}6749#appendix-A.17`);
  expect(referenceUrl('RFC 9325')).toBe(`${rfc}9325`);
  expect(referenceUrl('Partner rule §2')).toBeUndefined();
});
