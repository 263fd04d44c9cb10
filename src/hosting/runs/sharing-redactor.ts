/** Shares the secrets of a run with the partner's harness, which redacts them from its reports. Its client knows them anyway. */
import { type SecretRedactor, createRedactor } from '../../../mock-server/recording.ts';
import type { SecretKind } from '../../history/label.ts';

/** Creates a redactor that passes each new secret to `share`, in the order of its labels. */
export function createSharingRedactor(share: (kind: SecretKind, raw: string) => void): SecretRedactor {
  const redactor = createRedactor();
  const shared = new Set<string>();
  return {
    label(kind, raw) {
      const secret = redactor.label(kind, raw);
      if (!shared.has(secret.label)) {
        shared.add(secret.label);
        share(kind, raw);
      }
      return secret;
    },
    redact: (raw) => redactor.redact(raw),
  };
}
