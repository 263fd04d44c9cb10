/** Provides a user of the client: a browser, and a state folder that all processes of that user share. */
import { openBrowser, type Browser } from './agent/browser.ts';
import type { SessionContext } from './driver.ts';
import { temporaryFolder } from './process/folder.ts';
import { clearAtExit } from './process/leftovers.ts';
import { endOutliving } from './process/outliving.ts';
import { lookIntoFolder } from './process/state.ts';

/** A user of the client during one scenario. */
export interface ClientUser {
  /** Name in the history: `U1`, `U2` … */
  readonly user: string;
  readonly browser: Browser;
  readonly stateDir: string;
  /** Closes the browser, ends processes that outlived the client, records the content of the folder, and removes it. */
  clear(): Promise<void>;
}

/** Opens a user of the client. @throws HarnessError `certificates-unreadable` */
export async function openUser(context: SessionContext, appOrigin?: string): Promise<ClientUser> {
  const user = `U${context.next('user')}`;
  const browser = await openBrowser(context, { user, ...(appOrigin === undefined ? {} : { appOrigin }) });
  const folder = temporaryFolder('state');
  const forget = clearAtExit(() => void endOutliving(folder.path));
  return {
    user,
    browser,
    stateDir: folder.path,
    async clear() {
      browser.close();
      const left = endOutliving(folder.path).length;
      forget();
      if (left > 0) context.record({ kind: 'note', text: outlived(left) });
      if (context.settled !== undefined) await context.settled();
      context.record({ kind: 'state', user, files: lookIntoFolder(folder.path, context) });
      folder.remove();
    },
  };
}

const outlived = (n: number): string =>
  n === 1
    ? 'A process that the client had started outside its process group was still running; the harness ended it.'
    : `${String(n)} processes that the client had started outside its process group were still running; the harness ended them.`;
