/** Collects the differences between operating systems in starting and signalling processes and in passing a URL. Pure, so that each branch
 * is tested on every system. */

/** How an operating system treats processes and files. */
export interface Platform {
  /** Whether child processes get a process group that one signal reaches as a whole. */
  readonly processGroups: boolean;
  /** Whether files have meaningful permission bits. */
  readonly fileModes: boolean;
  /** Whether `$BROWSER` may contain neither spaces nor colons, because programs split it at them. */
  readonly plainBrowserPath: boolean;
  /** Extensions that the name of a program may have besides the typed one. */
  readonly programEndings: readonly string[];
  /** Returns program and arguments that end a process and all that it started, where there are no process groups. */
  endTree(pid: number, force: boolean): readonly [string, ...string[]];
  /** Returns the program behind `$BROWSER`, which appends its URL to the file `list`, and how to read a line of that file. */
  browserProgram(list: string): BrowserProgram;
}

/** A program for `$BROWSER`. */
export interface BrowserProgram {
  readonly name: string;
  readonly script: string;
  /** Returns the URL in a line that the program wrote; undefined when there is none. */
  readonly urlIn: (line: string) => string | undefined;
}

/** Returns how an operating system behaves; `platform` as Node.js names it. */
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
  // cmd.exe splits arguments at the & of a URL but keeps its whole command line; `exit` prevents it from running the rest.
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

/** The platform of this process. */
export const here = platformOf(process.platform);
