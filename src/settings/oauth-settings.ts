/** Reads the element with an app's OAuth switches, which Connected Apps and External Client Apps name alike. */
import { oneLine } from '../../reports/text/printable.ts';
import { isPlaceholder } from '../../suites/settings/placeholder.ts';
import type { OauthSettings } from '../history/settings.ts';
import { redactUrl } from './redact-url.ts';
import type { MetadataFile } from './metadata-source.ts';
import { childrenOf, collapsed, commentedOut, placeOf, readSwitch } from './switches.ts';
import type { XmlComment, XmlElement } from './xml.ts';

/** Most callback URLs that are kept; Salesforce's field holds 2,000 characters. */
const MAX_CALLBACKS = 50;

/** Reads the OAuth settings in `element`: `oauthConfig`, or the root of ExtlClntAppGlobalOauthSettings. `clientId` is the configured one. */
export function readOauthSettings(
  file: MetadataFile,
  element: XmlElement,
  comments: readonly XmlComment[],
  clientId: string | undefined,
): OauthSettings {
  const { path } = file;
  const secret = childrenOf(element, 'consumerSecret').find(({ text }) => !isPlaceholder(collapsed(text)));
  const keys = childrenOf(element, 'consumerKey')
    .map((one) => collapsed(one.text))
    .filter((one) => !isPlaceholder(one));
  const callback = childrenOf(element, 'callbackUrl');
  return {
    place: placeOf(path, element),
    ...(file.apiVersion === undefined ? {} : { apiVersion: file.apiVersion }),
    isPkceRequired: readSwitch(path, element, 'isPkceRequired'),
    isRefreshTokenRotationEnabled: readSwitch(path, element, 'isRefreshTokenRotationEnabled'),
    isConsumerSecretOptional: readSwitch(path, element, 'isConsumerSecretOptional'),
    isSecretRequiredForRefreshToken: readSwitch(path, element, 'isSecretRequiredForRefreshToken'),
    isEnforceRefreshTokenTTL: readSwitch(path, element, 'isEnforceRefreshTokenTTL'),
    commentedOut: commentedOut(path, comments),
    callbackUrls: callback
      .flatMap((one) => one.text.split(/[\r\n]+/))
      .map((line) => oneLine(redactUrl(line.trim()), 500))
      .filter((line) => line !== '')
      .slice(0, MAX_CALLBACKS),
    callbackPlace: placeOf(path, callback[0] ?? element),
    consumerKey:
      keys.length === 0 ? 'absent' : clientId !== undefined && keys.includes(clientId) ? 'client' : 'present',
    ...(secret === undefined ? {} : { consumerSecret: placeOf(path, secret) }),
    ...(file.tracked === undefined ? {} : { tracked: file.tracked }),
  };
}
