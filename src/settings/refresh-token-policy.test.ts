import { describe, expect, it } from 'vitest';
import { NS } from './fixtures/shapes.ts';
import { clientAppPolicy, connectedAppPolicy } from './refresh-token-policy.ts';
import { readXml, type XmlElement } from './xml.ts';

function rootOf(inner: string): XmlElement {
  const reading = readXml(new TextEncoder().encode(`<Root xmlns="${NS}">${inner}</Root>`));
  if ('problem' in reading) throw new TypeError(reading.problem.message);
  return reading.document.root;
}

describe('the policy of a Connected App', () => {
  it.each([
    ['infinite', 'infinite', undefined],
    ['zero', 'zero', undefined],
    ['specific_inactivity:30:DAYS', 'inactivity', 30],
    ['specific_inactivity:2:MONTHS', 'inactivity', 56],
    ['specific_inactivity:1:MONTHS', 'inactivity', undefined],
    ['specific_lifetime:12:HOURS', 'lifetime', 0.5],
    ['specific_lifetime:many:DAYS', 'lifetime', undefined],
    ['specific_lifetime:1:FORTNIGHTS', 'lifetime', undefined],
    ['specific_lifetime:1:DAYS:more', 'unreadable', undefined],
    ['${POLICY}', 'unreadable', undefined],
    ['', 'unreadable', undefined],
  ])('%s is %s, %s days', (text, type, days) => {
    const policy = connectedAppPolicy('a', rootOf(`<refreshTokenPolicy>${text}</refreshTokenPolicy>`));
    expect({ type: policy?.type, days: policy?.days, text: policy?.text }).toEqual({ type, days, text });
  });

  it('may be left out, with or without the rest of the policy', () => {
    expect(connectedAppPolicy('a', rootOf('<ipRelaxation>ENFORCE</ipRelaxation>'))).toBeUndefined();
    expect(connectedAppPolicy('a', undefined)).toBeUndefined();
  });
});

describe('the policy of an External Client App', () => {
  const fields = (type: string, period = '', unit = ''): XmlElement =>
    rootOf(
      `<refreshTokenPolicyType>${type}</refreshTokenPolicyType>` +
        `<refreshTokenValidityPeriod>${period}</refreshTokenValidityPeriod>` +
        `<refreshTokenValidityUnit>${unit}</refreshTokenValidityUnit>`,
    );

  it('is made of three fields', () => {
    expect(clientAppPolicy('a', fields('SpecificInactivity', '30', 'Days'))).toMatchObject({
      ...{ type: 'inactivity', days: 30, text: 'SpecificInactivity 30 Days' },
    });
    expect(clientAppPolicy('a', fields('Infinite'))).toMatchObject({ type: 'infinite', text: 'Infinite' });
    expect(clientAppPolicy('a', fields('SpecificLifetime'))?.days).toBeUndefined();
    expect(clientAppPolicy('a', rootOf(''))).toBeUndefined();
  });
});
