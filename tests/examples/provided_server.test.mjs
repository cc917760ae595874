// Each example starts Poolhouse where none runs, and says what to do where there is none to start.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

const EXAMPLES = [['react-code-grant', 'us-east-1_CodeGrant']];

// Provides a server from the folder of an example, and prints the first key of its pool.
const PROGRAM = `
import { providePoolhouse } from './poolhouse.mjs';
const [address, pool] = process.argv.slice(1);
try {
  await providePoolhouse(address);
  const { keys } = await (await fetch(address + '/' + pool + '/.well-known/jwks.json')).json();
  console.log(keys[0].alg);
  process.exit();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}`;

function provide(folder, pool, address, program) {
  const options = {
    cwd: join(import.meta.dirname, '../../examples', folder),
    env: { ...process.env, POOLHOUSE_EPHEMERAL: 'true', POOLHOUSE_BIN: program },
    timeout: 60_000,
  };
  return run(process.execPath, ['--input-type=module', '--eval', PROGRAM, address, pool], options);
}

async function freeAddress() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}`;
}

for (const [folder, pool] of EXAMPLES) {
  test(`${folder} starts a server and makes its pool`, async () => {
    const { stdout } = await provide(folder, pool, await freeAddress(), process.env.POOLHOUSE_BINARY);
    assert.match(stdout, /^RS256$/m);
  });

  test(`${folder} says what to do without a server`, async () => {
    const outcome = provide(folder, pool, await freeAddress(), '/no/such/program');
    await assert.rejects(outcome, ({ code, stderr }) => code === 1 && stderr.includes('POOLHOUSE_BIN'));
  });
}
