/** Names the hosts of one org, each a port of the mock: login, login for sandboxes, My Domain, instance, Experience site. */

/** Hosts that are opened only when `MockOptions.hosts` names them. */
export const MORE_HOSTS = ['test', 'my-domain', 'experience'] as const;

/** One of `MORE_HOSTS`. */
export type MoreHost = (typeof MORE_HOSTS)[number];

/** A host: `login` replaces login.salesforce.com, `test` test.salesforce.com; `instance` is the `instance_url` of answers. */
export type HostName = 'login' | 'instance' | MoreHost;

/** Every host. */
export const HOST_NAMES: readonly HostName[] = ['login', 'instance', ...MORE_HOSTS];
