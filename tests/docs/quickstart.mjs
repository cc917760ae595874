// A quickstart of its own, in memory, and what it printed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '../..');
const BINARY = join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/poolhouse');
const FLAGS = ['--ephemeral', '--listen', 'localhost:0', '--password-hashing', 'dev-only'];

// What the pages write in place of what the quickstart prints under these names.
const SAMPLES = {
  endpoint: 'http://localhost:9229',
  'user pool': 'us-east-1_5af3v2UKS',
  'public client': 'ursf8tho6k2xjpxvrzz0uqu4mu',
  'confidential client': 'v2s1sgrdhx6ua251952fko3ys6',
  'its secret': 'aud4vqlk9f4hfllels7k06tkcf3x8ze5s3g3xq0qloywnxvntts5',
  password: 'Dev1-xvzgy2tachxn6dc8fc9859q2',
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

  // Puts this run's values into the code of a page.
  fillIn(code) {
    return [...this.#values].reduce((text, [sample, value]) => text.replaceAll(sample, value), code);
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
    if (SAMPLES[name]) values.set(SAMPLES[name], value);
  }
  throw new Error('the quickstart ended before it had printed its values');
}
