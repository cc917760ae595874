// A quickstart of its own, in memory, and what it printed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');
const BINARY = join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/poolhouse');
const FLAGS = ['--ephemeral', '--listen', 'localhost:0', '--password-hashing', 'dev-only'];

// The variables that the pages use, by what the quickstart calls them.
const NAMES = {
  endpoint: 'POOLHOUSE',
  'user pool': 'POOL_ID',
  'public client': 'CLIENT_ID',
  'confidential client': 'CONFIDENTIAL_CLIENT_ID',
  'its secret': 'CLIENT_SECRET',
  password: 'PASSWORD',
};

export class Quickstart {
  #process;
  #values;

  static async start() {
    const started = new Quickstart();
    started.#process = spawn(BINARY, ['quickstart', ...FLAGS], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.#values = await readFacts(started.#process.stdout);
    return started;
  }

  // Puts this run's values into the lines `export NAME=...`.
  fillIn(script) {
    return script.replace(/^export (\w+)=.*$/gm, (line, name) =>
      this.#values.has(name) ? `export ${name}='${this.#values.get(name)}'` : line,
    );
  }

  async stop() {
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }
}

// Reads the lines `name   value` up to the first empty one.
async function readFacts(output) {
  const values = new Map();
  for await (const line of createInterface({ input: output })) {
    if (line === '') return values;
    const [name, value] = line.split(/\s{2,}/);
    if (NAMES[name]) values.set(NAMES[name], value);
  }
  throw new Error('the quickstart ended before it had printed its values');
}
