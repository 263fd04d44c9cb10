/** The hosts of one org, each a port of the mock (facts, section 1): login, sandboxes' login, My Domain, instance, Experience site. */

/** Hosts that are opened only when they are asked for. */
export const MORE_HOSTS = ['test', 'my-domain', 'experience'] as const;

export type MoreHost = (typeof MORE_HOSTS)[number];

/** `login` stands in for login.salesforce.com, `test` for test.salesforce.com, `instance` is the `instance_url` of answers. */
export type HostName = 'login' | 'instance' | MoreHost;

export const HOST_NAMES: readonly HostName[] = ['login', 'instance', ...MORE_HOSTS];
