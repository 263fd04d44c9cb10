/** Estimates the age of a file from its fields and the Metadata API version that introduced each (Metadata WSDL, API 47–67). */
import type { NewestField } from '../history/settings.ts';
import { childrenOf } from './switches.ts';
import type { XmlElement } from './xml.ts';

/** Fields of a Connected App that were introduced with the two switches or later: `section/field` → version. */
const CONNECTED_APP: readonly (readonly [section: string, field: string, since: number])[] = [
  ['oauthConfig', 'isDPopEnabled', 67],
  ['oauthConfig', 'isIpBindingEnabled', 67],
  ['oauthConfig', 'isPKImTLSEnabled', 67],
  ['oauthConfig', 'isEnforceRefreshTokenTTL', 67],
  ['oauthConfig', 'isDeviceFlowEnabled', 67],
  ['oauthConfig', 'isTokenExchangeEnabled', 60],
  ['oauthConfig', 'isSecretRequiredForTokenExchange', 60],
  ['oauthPolicy', 'isTokenExchangeFlowEnabled', 60],
];

/** Returns the newest field of a Connected App that is where Salesforce writes it; undefined when no field shows the age of the file. A
 * retrieve writes all fields of its version, so a switch of that or an older version that is missing next to such a field was left out. */
export function newestField(root: XmlElement): NewestField | undefined {
  const found = CONNECTED_APP.find(([section, field]) =>
    childrenOf(root, section).some((element) => childrenOf(element, field).length > 0),
  );
  return found === undefined ? undefined : { name: found[1], since: found[2] };
}
