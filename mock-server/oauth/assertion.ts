/** Verifies assertions: JWTs that identify the app, or the user it acts for (RFC 7523). */
import { errors, jwtVerify } from 'jose';
import { refusal, type Denial } from '../salesforce/denial.ts';
import { USER_NAME } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';

/** Salesforce allows clocks to differ by three minutes. */
const TOLERANCE_SECONDS = 180;
const LONGEST = 16_384;

/** Audiences of Salesforce itself, which clients may have built in. */
const REAL = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Claims of an assertion. */
export type Claims = Readonly<Record<string, unknown>>;

/** Verifies signature, time and audience of an assertion. Resolves with its claims, or with a denial in Salesforce's words. */
export async function readAssertion(raw: string, context: MockContext): Promise<Claims | Denial> {
  const { publicKey, clock, machineAheadMs, issuer, loginUrl, instanceUrl } = context;
  if (publicKey === undefined || raw.length > LONGEST) return refusal('assertion');
  const audience = [...new Set([issuer, loginUrl, instanceUrl, ...REAL])].flatMap((origin) => [
    origin,
    `${origin}/`,
    `${origin}/services/oauth2/token`,
  ]);
  try {
    const { payload } = await jwtVerify(raw, publicKey, {
      algorithms: ['RS256'],
      audience,
      // The client used this machine's clock.
      currentDate: new Date(clock() + machineAheadMs()),
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['iss', 'exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refusal('assertion-expired');
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return refusal('audience');
    return refusal('assertion');
  }
}

/** Returns whether a result of `readAssertion` is a denial. */
export const isDenial = (value: Claims | Denial): value is Denial => 'errorDescription' in value;

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Checks a `client_assertion`: the app must be both issuer and subject (RFC 7523 §3). Undefined when none was sent. */
export async function clientAssertion(
  form: URLSearchParams,
  context: MockContext,
): Promise<'proven' | 'refused' | undefined> {
  const raw = form.get('client_assertion');
  if (raw === null) return undefined;
  if (form.get('client_assertion_type') !== TYPE) return 'refused';
  const claims = await readAssertion(raw, context);
  const { clientId } = context.app;
  return !isDenial(claims) && claims['iss'] === clientId && claims['sub'] === clientId ? 'proven' : 'refused';
}

/** Returns the user whose username is the subject, or Salesforce's older `prn`. */
export function userOf(claims: Claims, { org }: MockContext): string | undefined {
  const name = claims['sub'] ?? claims['prn'];
  return typeof name === 'string' && USER_NAME.test(name) ? org.named(name).name : undefined;
}
