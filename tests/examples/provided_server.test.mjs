// Each example starts Poolhouse where none runs, and says what to do where there is none to start.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

// Provides a server from the folder of an example, and prints the keys of its pool.
const NODE = [
  process.execPath,
  '--input-type=module',
  '--eval',
  `
import { providePoolhouse } from './poolhouse.mjs';
const [address, pool] = process.argv.slice(1);
try {
  await providePoolhouse(address);
  console.log(await (await fetch(address + '/' + pool + '/.well-known/jwks.json')).text());
  process.exit();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}`,
];
const PYTHON = [
  'python3',
  '-B',
  '-c',
  `
import sys
from urllib.request import urlopen
from poolhouse import provide_poolhouse
address, pool = sys.argv[1:]
provide_poolhouse(address)
print(urlopen(f"{address}/{pool}/.well-known/jwks.json").read().decode())
`,
];

const EXAMPLES = [
  ['react-code-grant', NODE, 'us-east-1_CodeGrant'],
  ['custom-form', NODE, 'us-east-1_OwnForms1'],
  ['server-side/express', NODE, 'us-east-1_ExpressEx'],
  ['server-side/fastapi', PYTHON, 'us-east-1_FastApiEx'],
];

async function provide([folder, [program, ...options], pool], poolhouse) {
  const surroundings = {
    cwd: join(import.meta.dirname, '../../examples', folder),
    env: { ...process.env, POOLHOUSE_EPHEMERAL: 'true', POOLHOUSE_BIN: poolhouse },
    timeout: 60_000,
  };
  return run(program, [...options, await freeAddress(), pool], surroundings);
}

async function freeAddress() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}`;
}

for (const example of EXAMPLES) {
  test(`${example[0]} starts a server and makes its pool`, async () => {
    const { stdout } = await provide(example, process.env.POOLHOUSE_BINARY);
    assert.match(stdout, /"alg": ?"RS256"/);
  });

  test(`${example[0]} says what to do without a server`, async () => {
    const outcome = provide(example, '/no/such/program');
    await assert.rejects(outcome, ({ code, stderr }) => code === 1 && stderr.includes('POOLHOUSE_BIN'));
  });
}
