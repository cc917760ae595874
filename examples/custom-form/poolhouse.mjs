// The identity server of this machine, with the pool, the app client and the user of seed.json.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const MISSING = `There is no Poolhouse to talk to. Do one of these and start again:
  - put the program \`poolhouse\` on your PATH, or
  - set POOLHOUSE_BIN to where it is, or
  - start it yourself: poolhouse serve`;

// Puts seed.json in force at the server with this address, which is started here if none answers.
export async function providePoolhouse(address) {
  if (!(await isThere(address))) await start(address);
  const answer = await fetch(`${address}/_poolhouse/seed`, {
    method: 'POST',
    body: await readFile('seed.json'),
  });
  if (!answer.ok) throw new Error(`the seed was refused: ${await answer.text()}`);
}

async function isThere(address) {
  const answer = await fetch(`${address}/_poolhouse/health`).catch(() => null);
  return answer !== null && answer.ok;
}

async function start(address) {
  const program = process.env.POOLHOUSE_BIN ?? 'poolhouse';
  const options = ['--listen', new URL(address).host, '--log', 'warn'];
  const server = spawn(program, ['serve', ...options], { stdio: 'inherit' });
  process.on('exit', () => server.kill());
  const failed = new Promise((_, reject) => {
    server.on('error', () => reject(new Error(MISSING)));
    server.on('exit', (code) => reject(new Error(`poolhouse ended with code ${code}`)));
  });
  await Promise.race([failed, answers(address)]);
  // From here on its end is the end of the example.
  failed.catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}

async function answers(address) {
  for (let look = 0; look < 300; look += 1) {
    if (await isThere(address)) return;
    await pause(100);
  }
  throw new Error(`poolhouse does not answer at ${address}`);
}
