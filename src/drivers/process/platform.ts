/** What differs between operating systems where processes are started, signalled and handed a URL. Pure: each branch is tested on every system. */

/** How processes are treated on a system. */
export interface Platform {
  /** Children get a process group of their own, which one signal reaches as a whole. */
  readonly processGroups: boolean;
  /** Files have permission bits that mean something. */
  readonly fileModes: boolean;
  /** `$BROWSER` may hold neither spaces nor colons: programs split it at them. */
  readonly plainBrowserPath: boolean;
  /** What the name of a program may end in besides what was typed. */
  readonly programEndings: readonly string[];
  /** Program and arguments that end a process and all that it has started, where there are no process groups. */
  endTree(pid: number, force: boolean): readonly [string, ...string[]];
  /** Returns the program behind `$BROWSER`, which appends the URL that it is given to the file `list`, and how to read a line of that file. */
  browserProgram(list: string): BrowserProgram;
}

/** The program behind `$BROWSER`. */
export interface BrowserProgram {
  readonly name: string;
  readonly script: string;
  /** Returns the URL in a line that the program has written; undefined when there is none. */
  readonly urlIn: (line: string) => string | undefined;
}

/** Returns how a system behaves; `platform` as Node names it. */
export function platformOf(platform: NodeJS.Platform): Platform {
  return platform === 'win32' ? WINDOWS : POSIX;
}

const endTree = (pid: number, force: boolean): readonly [string, ...string[]] => [
  'taskkill',
  ...['/PID', String(pid), '/T'],
  ...(force ? ['/F'] : []),
];

// The first argument that looks like a URL: some callers put options before it.
const POSIX: Platform = {
  ...{ processGroups: true, fileModes: true, plainBrowserPath: true, programEndings: [''], endTree },
  browserProgram: (list) => ({
    name: 'open-url',
    script: `#!/bin/sh
for argument in "$@"; do
  case "$argument" in
    *://*) printf '%s\\n' "$argument" >> '${list}'; exit 0 ;;
  esac
done
exit 1
`,
    urlIn: (line) => line,
  }),
};

const WINDOWS: Platform = {
  ...{ processGroups: false, fileModes: false, plainBrowserPath: false },
  programEndings: ['', '.exe', '.cmd', '.bat'],
  endTree,
  // cmd.exe splits arguments at the & of a URL, but keeps its whole command line; `exit` keeps it from running what it split off.
  browserProgram: (list) => ({
    name: 'open-url.cmd',
    script: [
      '@echo off',
      'setlocal EnableDelayedExpansion',
      `>> "${list.replaceAll('%', '%%')}" echo(!CMDCMDLINE!`,
      'exit',
      '',
    ].join('\r\n'),
    urlIn: (line) => /[a-z][a-z0-9+.-]*:\/\/[^\s"]+/i.exec(line)?.[0],
  }),
};

/** The system that this process runs on. */
export const here = platformOf(process.platform);
