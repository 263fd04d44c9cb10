/** Answers one poll of a device that waits for its user. Salesforce calls the grant `device`, not by the name of RFC 8628. */
import type { MockContext } from '../../context.ts';
import { limitApprovals } from '../../token-families/approvals.ts';
import { deviceId, pollDevice } from '../device.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { issueTokens } from '../issue-tokens.ts';
import { startFamily } from '../new-family.ts';

const SITUATIONS = {
  unknown: 'device-code',
  expired: 'device-expired',
  denied: 'device-denied',
  'too-soon': 'slow-down',
  pending: 'authorization-pending',
} as const;

export default {
  names: ['device'],
  parameters: ['code'],
  needsSecret: false,
  decide: poll,
} satisfies Grant;

async function poll({ parameter }: GrantRequest, context: MockContext): Promise<GrantResult> {
  const { switches, userStatuses, models } = context;
  if (!switches.deviceFlow) return refused('flow-disabled');
  const id = deviceId(parameter('code'));
  const device = await pollDevice(id, context);
  if (device.kind !== 'approved') return refused(SITUATIONS[device.kind]);
  const { user, scopes } = device;
  const denied = userStatuses.denial(user, 'token');
  if (denied !== undefined) return refusedAs(denied);
  const login = { id: id.slice(0, 16), user, scopes, refreshable: scopes.includes('refresh_token') };
  const family = await startFamily(switches.deviceFlowRotates ? login : { ...login, rotates: false }, context);
  // A concurrent poll was first, or the code was used before.
  if (family === undefined) return refused('device-expired');
  await models.remove('Device', id);
  await limitApprovals(family, context);
  return issueTokens(family, context);
}
