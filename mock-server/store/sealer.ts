/** Seals what is kept outside this process: AES-256-GCM, so that a reader of the store learns nothing and a writer is found out. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Sealer {
  /** @param place where the text is kept: it opens nowhere else */
  seal(text: string, place: string): string;
  /** @throws Error for anything that this key did not seal for this place */
  open(sealed: string, place: string): string;
  /** A name for a value that must not be read from it: 32 characters. */
  name(raw: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 bytes or more */
export function createSealer(key: Buffer): Sealer {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', key, '', `sf-conformance store ${info}`, 32));
  const [sealing, naming] = [derive('seal'), derive('name')];
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
    },
    name: (raw) => createHmac('sha256', naming).update(raw).digest('base64url').slice(0, 32),
  };
}
