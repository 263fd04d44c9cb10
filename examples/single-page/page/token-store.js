// One record in IndexedDB that all tabs share. A write has ended when its transaction is complete: every later read sees it.

const NAME = 'salesforce';
const STORE = 'tokens';
const KEY = 'current';

/** Returns `read`, `write` and `clear`. Other tabs hear of a change on the channel `salesforce-tokens`. */
export function openTokenStore() {
  const database = new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const changes = new BroadcastChannel('salesforce-tokens');

  /** Resolves with the request's result when the transaction is complete. */
  async function inTransaction(mode, use) {
    const transaction = (await database).transaction(STORE, mode, { durability: 'strict' });
    const request = use(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    if (mode === 'readwrite') changes.postMessage('changed');
    return request.result;
  }

  return {
    read: () => inTransaction('readonly', (store) => store.get(KEY)),
    write: (tokens) => inTransaction('readwrite', (store) => store.put(tokens, KEY)),
    clear: () => inTransaction('readwrite', (store) => store.delete(KEY)),
  };
}
