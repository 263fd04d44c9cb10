import { loadConfig } from '../../config/load.ts';
import { checkSettings, type CheckSettingsOptions, type SettingsFormat } from '../../settings/check-settings.ts';
import type { Action, Invocation } from '../command.ts';
import { usage } from '../usage.ts';

/** Checks settings and resolves with the exit code. 0: all settings are on. 1: a failure. 3: no failure, but something cannot be
 * determined.
 * @throws HarnessError (exit 2) when no metadata is found. */
export const action: Action = async (invocation) => {
  const { operands, flags, cwd, terminal } = invocation;
  if (flags.since !== undefined && flags.baseline !== undefined) {
    throw usage('--since and --baseline are two answers to one question.', 'Compare with one of them.');
  }
  const { exit, output } = await checkSettings({
    paths: operands,
    cwd,
    format: formatOf(flags),
    color: terminal.color.out,
    strict: flags.strict === true,
    ...(flags.since === undefined ? {} : { since: flags.since }),
    ...(flags.baseline === undefined ? {} : { baseline: flags.baseline }),
    ...(await configured(invocation)),
    ...rulesOf(invocation),
  });
  terminal.print(output);
  return exit;
};

function formatOf(flags: Invocation['flags']): SettingsFormat {
  const typed = flags['settings-format'];
  if (flags.json !== true) return typed ?? 'table';
  if (typed === undefined || typed === 'json') return 'json';
  throw usage(`--json and --format ${typed} contradict each other.`, 'Leave out one of them.');
}

/** Loads the configuration given by `-c`; nothing without it, because metadata can be graded without a client. */
async function configured({
  flags,
  cwd,
  env,
}: Invocation): Promise<Pick<CheckSettingsOptions, 'client' | 'attestations' | 'rules'>> {
  const path = flags['settings-config'];
  if (path === undefined) return {};
  const { app, attestations, rules } = await loadConfig({ path, cwd, env });
  const { kind, client, redirectUris, scopes, clientId, egress } = app;
  const described = { kind, client, redirectUris, scopes, clientId, ...(egress === undefined ? {} : { egress }) };
  return { client: described, attestations, rules };
}

/** The requirement set that `--extended` selects: it contains what the flag once added. */
const EXTENDED = 'sf-partner-2026-11';

/** Returns the chosen requirement set; flags take precedence over the configuration.
 * @throws HarnessError `usage` when `--rules` and `--extended` contradict each other. */
function rulesOf({ flags, terminal }: Invocation): Pick<CheckSettingsOptions, 'rules'> {
  if (flags.extended !== true) return flags.rules === undefined ? {} : { rules: flags.rules };
  if (flags.rules !== undefined && flags.rules !== EXTENDED) {
    throw usage(`--extended means --rules ${EXTENDED}.`, `Leave out --extended, or --rules ${flags.rules}.`);
  }
  terminal.say(`--extended is the same as --rules ${EXTENDED}; use that.`);
  return { rules: EXTENDED };
}
