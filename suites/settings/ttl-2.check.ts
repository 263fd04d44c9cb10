import type { RefreshTokenPolicy, SettingsApp } from '../../src/history/settings.ts';
import { appWords } from './rule-switch.ts';
import { NEWER, retrieveToo } from './newer-rule.ts';
import { AS_DEPLOYED, isPlaceholder } from './placeholder.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

/** Longest idle time that the partner rule allows, in days. */
const LIMIT = 30;

export default settingsCheck({
  id: 'SET-TTL-2',
  level: 'MUST',
  title: 'The refresh token policy agrees with the idle limit',
  failure: 'The refresh token policy contradicts the idle limit',
  why: 'With the idle limit on, "valid until revoked" is not a valid policy any more. Salesforce does not change the metadata: the next deployment brings the old policy back.',
  remedy:
    'Set refreshTokenPolicy to specific_inactivity:30:DAYS (Connected App), or refreshTokenPolicyType to SpecificInactivity, refreshTokenValidityPeriod to 30 and refreshTokenValidityUnit to Days (.ecaOauthPlcy).',
  references: ['Salesforce Help, Limit Idle Refresh Token TTL', 'Metadata API ConnectedAppOauthPolicy'],
  requirements: ['SF-IDLE-TTL'],
  rules: NEWER,
  notApplicable: 'No app in the metadata has the idle limit enabled.',
  grade: ({ apps }) =>
    apps
      .filter(({ oauth }) => oauth.some((one) => one.isEnforceRefreshTokenTTL.state === 'true'))
      .map((app) => ({ app: app.name, place: app.refreshTokenPolicy?.place ?? app.place, ...graded(app) })),
});

type Graded = Pick<SettingsFinding, 'verdict' | 'message' | 'remedy'>;

function graded(app: SettingsApp): Graded {
  const policy = app.refreshTokenPolicy;
  if (policy === undefined) {
    const [where, type] =
      app.kind === 'connected-app'
        ? ['the file has no refreshTokenPolicy', 'ConnectedApp']
        : ['no .ecaOauthPlcy file gives it a refreshTokenPolicyType', 'ExtlClntAppOauthConfigurablePolicies'];
    return { verdict: 'review', message: `${appWords(app)}: ${where}.`, remedy: retrieveToo(type) };
  }
  const name = `${appWords(app)}: the refresh token policy is ${words(policy)}`;
  switch (policy.type) {
    case 'infinite':
      return {
        verdict: 'fail',
        message: `${name}, although the idle limit is enabled: a refresh token may not be valid until it is revoked.`,
      };
    case 'zero':
      return { verdict: 'pass', message: `${name}: refresh tokens expire at once.` };
    case 'unreadable':
      return policy.text !== '' && isPlaceholder(policy.text)
        ? {
            verdict: 'inconclusive',
            message: `${name}, a placeholder that is filled in at deployment.`,
            remedy: AS_DEPLOYED,
          }
        : { verdict: 'inconclusive', message: `${name}, which is not known.` };
    case 'lifetime':
    case 'inactivity':
      return limited(name, policy);
  }
}

function limited(name: string, { type, days }: RefreshTokenPolicy): Graded {
  if (days === undefined) {
    return { verdict: 'inconclusive', message: `${name}: how many days that is cannot be said.` };
  }
  if (days <= LIMIT) return { verdict: 'pass', message: `${name}, within ${String(LIMIT)} days.` };
  return type === 'inactivity'
    ? { verdict: 'fail', message: `${name}, more than the limit of ${String(LIMIT)} days.` }
    : {
        verdict: 'review',
        message: `${name}. Whether Salesforce accepts a lifetime beside the idle limit is not documented: look in the org.`,
      };
}

const words = ({ text }: RefreshTokenPolicy): string => (text === '' ? 'empty' : `"${text}"`);
