import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A download that says nothing for this long is given up: behind a proxy it otherwise hangs for ever. */
const SILENCE_MS = 60_000;
const INSTALL_MS = 5 * 60_000;

/** Root in a container has no user namespaces to build a browser's sandbox from. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Paths that environment variables name, in their order; unset and empty ones left out. */
export function namedBy(...variables: readonly string[]): string[] {
  return variables.map((variable) => process.env[variable]).filter((path): path is string => path !== undefined && path !== '');
}

/** Where programs of these names would be in the folders of the path, by name and then by folder. */
export function onPath(names: readonly string[]): string[] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

/** Installs a package of Debian or a relative of it. False where that is not possible: another system, not root, no network. */
export async function installPackage(name: string, say: (line: string) => void): Promise<boolean> {
  if (!canInstallPackages()) return false;
  await run('apt-get', ['update'], say);
  return run('apt-get', ['install', '-y', '--no-install-recommends', name], say);
}

export function canInstallPackages(): boolean {
  return isRoot() && existsSync('/usr/bin/apt-get');
}

/** Runs a program to its end; stops it, with the processes it started, when it is silent for too long. True when it succeeded. */
export function run(program: string, args: readonly string[], say: (line: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    // A group of its own: Playwright downloads in a grandchild, which would outlive its parent and hold our pipes open.
    const grouped = process.platform !== 'win32';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: grouped, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    const give = (why: string) => () => {
      say(`${program}: ${why}, stopped.`);
      if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    };
    const silence = setTimeout(give(`no progress for ${SILENCE_MS / 1000} s`), SILENCE_MS);
    const whole = setTimeout(give(`not done after ${INSTALL_MS / 60_000} minutes`), INSTALL_MS);
    const heard = (chunk: Buffer): void => {
      silence.refresh();
      process.stdout.write(chunk);
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    const done = (ok: boolean): void => {
      clearTimeout(silence);
      clearTimeout(whole);
      resolve(ok);
    };
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}
