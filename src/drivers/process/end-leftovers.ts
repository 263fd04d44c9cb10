/** Ends processes of clients and removes folders that a killed harness has left behind. */
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { deadline } from './deadline.ts';
import { plainTemporary } from './folder.ts';
import { signalGroup } from './group.ts';
import { LEDGER_NAME, ledgerLine, type LedgerLine } from './ledger.ts';
import { endOutliving } from './outliving.ts';
import { placeOfProcesses, startOf } from './process-start.ts';

/** What one harness had left behind and is now gone. */
export interface Leftovers {
  /** Programs of the client that were still running. */
  readonly processes: readonly { readonly pid: number; readonly program: string }[];
  /** Folders that were removed. */
  readonly folders: readonly string[];
}

/** Time without changes after which the ledger of a harness in another container is treated as left behind, because that process cannot be
 * checked. */
const silentMs = 86_400_000;
/** Longest time in milliseconds for a process to disappear after SIGKILL. */
const goneMs = 1_000;
const lookMs = 20;
/** Names of the folders that a harness creates. */
const FOLDER_NAME = /^sf-conformance-[a-z]+-[A-Za-z0-9]{6}$/;

/** Ends leftovers, except those of a running harness and of other users. */
export async function endLeftovers(folder = plainTemporary()): Promise<readonly Leftovers[]> {
  const found: Leftovers[] = [];
  for (const name of namesIn(folder)) {
    if (!LEDGER_NAME.test(name)) continue;
    const path = join(folder, name);
    const lines = readLedger(path);
    if (lines === undefined || isInUse(lines, path)) continue;
    found.push(await clear(lines, folder));
    rmSync(path, { force: true });
  }
  return found.filter(({ processes, folders }) => processes.length + folders.length > 0);
}

/** Reads a ledger; undefined for a file that another user created. */
function readLedger(path: string): readonly LedgerLine[] | undefined {
  try {
    const { uid } = lstatSync(path);
    if (!lstatSync(path).isFile() || (process.getuid !== undefined && uid !== process.getuid())) return undefined;
    return readFileSync(path, 'utf8').split('\n').flatMap(lineOf);
  } catch {
    return undefined;
  }
}

/** Reads one line; the last one may be incomplete. */
function lineOf(text: string): readonly LedgerLine[] {
  try {
    const line = ledgerLine.safeParse(JSON.parse(text));
    return line.success ? [line.data] : [];
  } catch {
    return [];
  }
}

function isInUse(lines: readonly LedgerLine[], path: string): boolean {
  const harness = lines.find((line) => line.kind === 'harness');
  if (harness?.place === placeOfProcesses()) return startOf(harness.pid) === harness.startedAt;
  const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return !sameMachineStartedAnew(harness?.place ?? '') && age < silentMs;
}

/** Returns whether it is the same machine after a restart: no process of that time is running. */
function sameMachineStartedAnew(place: string): boolean {
  const [host, boot] = place.split(' ');
  const [ownHost, ownBoot] = placeOfProcesses().split(' ');
  return host === ownHost && boot !== undefined && ownBoot !== undefined && boot !== ownBoot;
}

async function clear(lines: readonly LedgerLine[], folder: string): Promise<Leftovers> {
  const ended = new Set(lines.flatMap((line) => (line.kind === 'ended' ? [line.what] : [])));
  const harness = lines.find((line) => line.kind === 'harness');
  const processes = new Map<number, string>();
  for (const line of lines) {
    if (line.kind !== 'process' || ended.has(line.pid) || harness?.place !== placeOfProcesses()) continue;
    if (startOf(line.pid) !== line.startedAt) continue;
    processes.set(line.pid, line.program);
    signalGroup(line.pid, 'SIGKILL');
  }
  const paths = lines.flatMap((line) => (line.kind === 'folder' && !ended.has(line.path) ? [line.path] : []));
  const own = paths.filter((path) => dirname(path) === folder && FOLDER_NAME.test(basename(path)));
  for (const path of own)
    for (const pid of endOutliving(path)) processes.set(pid, processes.get(pid) ?? 'what the client started');
  const untilMs = performance.now() + goneMs;
  while ([...processes.keys()].some((pid) => startOf(pid) !== undefined) && performance.now() < untilMs) {
    await deadline(lookMs);
  }
  const there = own.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  for (const path of there) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  return { processes: [...processes].map(([pid, program]) => ({ pid, program })), folders: there };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
