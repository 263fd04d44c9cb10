/** A user of the client: a browser, and a state folder that all processes of that user share. */
import { openBrowser, type Browser } from './agent/browser.ts';
import type { SessionContext } from './driver.ts';
import { temporaryFolder } from './process/folder.ts';
import { lookIntoFolder } from './process/state.ts';

export interface ClientUser {
  /** `U1`, `U2` … */
  readonly user: string;
  readonly browser: Browser;
  readonly stateDir: string;
  /** Closes the browser, writes down what the folder holds, removes it. */
  clear(): void;
}

/** @throws HarnessError `certificates-unreadable` */
export async function openUser(context: SessionContext, appOrigin?: string): Promise<ClientUser> {
  const user = `U${context.next('user')}`;
  const browser = await openBrowser(context, { user, ...(appOrigin === undefined ? {} : { appOrigin }) });
  const folder = temporaryFolder('state');
  return {
    user,
    browser,
    stateDir: folder.path,
    clear() {
      browser.close();
      context.record({ kind: 'state', user, files: lookIntoFolder(folder.path, context) });
      folder.remove();
    },
  };
}
