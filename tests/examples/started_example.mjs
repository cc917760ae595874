// An example as a reader starts it: its one command, pointed at the ring's server.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const LOOKS = 600;

// Runs the command of an example in its folder, from before the first test of a file to after its last.
export function startExample({ folder, command, environment = {}, address }) {
  let example;
  before(async () => {
    example = await start(folder, command, environment, address);
  });
  after(() => example?.stop());
}

// Starts it and waits until its page answers; what it printed is kept in `printed`.
async function start(folder, [program, ...options], environment, address) {
  if (await answers(address)) throw new Error(`something else is at ${address}: is the example running?`);
  const child = spawn(program, options, {
    cwd: join(EXAMPLES, folder),
    // Vite and others open a browser by it: here the tests do.
    env: { ...process.env, BROWSER: 'none', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A file of tests that takes too long is ended by a signal, and its hooks are not run then.
  process.on('SIGTERM', () => process.exit(1));
  process.on('exit', () => child.kill());
  const example = { printed: '', stop: () => stop(child) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      example.printed += chunk;
    });
  }
  for (let look = 0; look < LOOKS && child.exitCode === null; look += 1) {
    if (await answers(address)) return example;
    await pause(50);
  }
  await stop(child);
  throw new Error(`${folder} did not start:\n${example.printed}`);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function answers(address) {
  return fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
