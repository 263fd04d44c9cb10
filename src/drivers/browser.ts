/** Runs the browser driver: an application whose pages need JavaScript, in a real Chromium (docs/contract.md, section 4). */
import type { BrowserConfig, DriverPlace } from './config.ts';
import type { ClientProcess, ClientSession, SessionContext } from './driver.ts';
import { openProfile, type Profile } from './browser/profile.ts';
import { createTab } from './browser/tab.ts';
import { createApplication } from './http/lifetime.ts';
import { openUser, type ClientUser } from './client-user.ts';

/** Begins a session in Chromium. @throws HarnessError `playwright-missing`, `chromium-missing`, `chromium-failed`, and those of the http driver. */
export async function beginBrowser(
  config: BrowserConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const appOrigin = new URL(config.baseUrl).origin;
  const users: ClientUser[] = [];
  const profiles: Profile[] = [];
  const tabs: ClientProcess[] = [];

  const nextUser = async (): Promise<ClientUser> => {
    const clientUser = await openUser(context, appOrigin);
    users.push(clientUser);
    return clientUser;
  };
  const first = await nextUser();
  const application = createApplication({
    context,
    config,
    place,
    id: `P${context.next('process')}`,
    clientUser: first,
  });

  const openTab = (profile: Profile): ClientProcess => {
    const id = `P${context.next('process')}`;
    const tab = createTab({ id, profile, application, config, context });
    tabs.push(tab);
    return tab;
  };
  const openProfileOf = async (clientUser: ClientUser): Promise<Profile> => {
    const profile = await openProfile(context, clientUser, config.baseUrl);
    profiles.push(profile);
    return profile;
  };
  const end = async (): Promise<void> => {
    try {
      await Promise.all(profiles.map((profile) => profile.look()));
      await Promise.all(tabs.map((tab) => tab.end()));
    } finally {
      await Promise.allSettled([application.end(), ...profiles.map((profile) => profile.close())]);
      for (const clientUser of users) await clientUser.clear();
    }
  };

  try {
    // Both are awaited even when one fails, so that nothing is left running.
    const [opened, started] = await Promise.allSettled([openProfileOf(first), application.start()]);
    if (started.status === 'rejected') throw started.reason;
    if (opened.status === 'rejected') throw opened.reason;
    const profile = opened.value;
    const main = openTab(profile);
    let open = 1;
    return {
      main,
      spawn: async () => {
        if (open >= config.tabs) return undefined;
        open += 1;
        return openTab(profile);
      },
      another: async () => openTab(await openProfileOf(await nextUser())),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
