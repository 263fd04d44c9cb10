/** Reads how long a refresh token is valid from the policy of a Connected App or an External Client App. Pure. */
import type { RefreshTokenPolicy } from '../history/settings.ts';
import { childrenOf, placeOf, textOf } from './switches.ts';
import type { XmlElement } from './xml.ts';

/** Reads `refreshTokenPolicy` of an `oauthPolicy`: `infinite`, `zero`, `specific_inactivity:30:DAYS`. Undefined when it is absent. */
export function connectedAppPolicy(file: string, policy: XmlElement | undefined): RefreshTokenPolicy | undefined {
  const element = policy === undefined ? undefined : childrenOf(policy, 'refreshTokenPolicy')[0];
  if (policy === undefined || element === undefined) return undefined;
  const text = textOf(policy, 'refreshTokenPolicy') ?? '';
  const [type = '', period, unit, ...rest] = text.split(':');
  const place = placeOf(file, element);
  return rest.length > 0 ? { type: 'unreadable', text, place } : policyOf({ type, period, unit, text, place });
}

/** Reads the three fields of an `.ecaOauthPlcy` file. Undefined when the type is absent. */
export function clientAppPolicy(file: string, root: XmlElement): RefreshTokenPolicy | undefined {
  const element = childrenOf(root, 'refreshTokenPolicyType')[0];
  if (element === undefined) return undefined;
  const type = textOf(root, 'refreshTokenPolicyType') ?? '';
  const period = textOf(root, 'refreshTokenValidityPeriod');
  const unit = textOf(root, 'refreshTokenValidityUnit');
  const text = [type, period, unit].filter((part) => part !== undefined).join(' ');
  return policyOf({ type, period, unit, text, place: placeOf(file, element) });
}

interface Written extends Pick<RefreshTokenPolicy, 'text' | 'place'> {
  readonly type: string;
  readonly period: string | undefined;
  readonly unit: string | undefined;
}

function policyOf({ type, period, unit, text, place }: Written): RefreshTokenPolicy {
  switch (type.replaceAll('_', '').toLowerCase()) {
    case 'infinite':
      return { type: 'infinite', text, place };
    case 'zero':
      return { type: 'zero', text, place };
    case 'specificlifetime':
      return { type: 'lifetime', text, place, ...daysOf(period, unit) };
    case 'specificinactivity':
      return { type: 'inactivity', text, place, ...daysOf(period, unit) };
    default:
      return { type: 'unreadable', text, place };
  }
}

/** Returns the days of a period; nothing when it is not exact: a month has 28 to 31. */
function daysOf(period: string | undefined, unit = ''): { readonly days?: number } {
  if (period === undefined || !/^\d{1,6}$/.test(period)) return {};
  const count = Number(period);
  switch (unit.toLowerCase()) {
    case 'hours':
      return { days: count / 24 };
    case 'days':
      return { days: count };
    case 'months':
      return count < 2 ? {} : { days: count * 28 };
    default:
      return {};
  }
}
