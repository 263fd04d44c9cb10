/** Manages the page of a tab: opened on first use, opened again after it was closed, dead after a crash. */
import type { Page } from '@playwright/test';
import type { SessionContext } from '../driver.ts';
import type { Evidence } from '../process/evidence.ts';
import { hearPage } from './console.ts';
import type { OpenPage, Profile } from './profile.ts';

/** The page of a tab over its lifetime; made by `createWindow`. */
export interface Window {
  /** Opens the page unless it is open.
   * @param at where a new page navigates first; undefined when the caller navigates */
  open(at: string | undefined): Promise<OpenPage>;
  /** Opens another page on the same storage; the caller closes it. */
  beside(): Promise<OpenPage>;
  /** Resolves with the reason when the page or the browser has crashed. */
  readonly died: Promise<string>;
  readonly dead: boolean;
  close(): Promise<void>;
}

/** What a window needs of its tab. */
export interface WindowParts {
  readonly id: string;
  readonly profile: Profile;
  readonly context: Pick<SessionContext, 'record' | 'timeoutMs'>;
  readonly evidence: Evidence;
}

/** Creates the window of a tab; its page is opened on first use. */
export function createWindow({ id, profile, context, evidence }: WindowParts): Window {
  let opening: Promise<OpenPage> | undefined;
  let death = newDeath();

  const die = (why: string): void => {
    if (death.dead) return;
    death.dead = true;
    evidence.flush();
    context.record({ kind: 'process-end', process: id, code: null, signal: null, expected: false });
    death.resolve(why);
  };
  void profile.gone.then(() => die('the browser has ended'));

  const make = async (at: string | undefined): Promise<OpenPage> => {
    const opened = await profile.open();
    const { page } = opened;
    hearPage(page, evidence);
    page.once('crash', () => die('the page has crashed'));
    const version = page.context().browser()?.version() ?? 'of unknown version';
    context.record({ kind: 'process-begin', process: id, browser: `Chromium ${version}` });
    page.once('close', () => {
      opening = undefined;
      evidence.flush();
      if (!death.dead) context.record({ kind: 'process-end', process: id, code: 0, signal: null, expected: true });
    });
    if (at !== undefined) await page.goto(at, { timeout: context.timeoutMs });
    return opened;
  };

  return {
    open(at) {
      if (opening === undefined) {
        const made = make(at);
        opening = made;
        made.catch(() => {
          if (opening === made) opening = undefined;
        });
      }
      return opening;
    },
    async beside() {
      const opened = await profile.open();
      hearPage(opened.page, evidence);
      return opened;
    },
    get died() {
      return death.promise;
    },
    get dead() {
      return death.dead;
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      if (opened !== undefined) await closed(opened.page);
      opening = undefined;
      death = newDeath();
    },
  };
}

function newDeath() {
  return { ...Promise.withResolvers<string>(), dead: false };
}

/** Closes a page, which may already be gone after a crash. */
export async function closed(page: Page): Promise<void> {
  await page.close({ runBeforeUnload: false }).catch(() => undefined);
}
