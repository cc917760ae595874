// What `poolhouse quickstart` prints for axios, run as it is printed.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Starts the quickstart and gives back what it printed. */
async function quickstart(t) {
  const args = ['quickstart', '--ephemeral', '--listen', 'localhost:0'];
  const server = spawn(process.env.POOLHOUSE_BINARY, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(server, 'exit');
  t.after(async () => {
    server.kill('SIGTERM');
    await ended;
  });
  let printed = '';
  for await (const chunk of server.stdout) {
    printed += chunk;
    if (/\n# boto3: .*\n\n[\s\S]*\n\n$/.test(printed)) break;
  }
  return printed;
}

function section(printed, heading) {
  const [, rest] = printed.split(`\n# ${heading}`);
  const body = rest.slice(rest.indexOf('\n\n') + 2);
  return body.split('\n\n# ')[0];
}

/** Signs in on the page and gives back the code of the response. */
async function signIn(address, username, password) {
  const page = await fetch(address);
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const [, csrf] = (await page.text()).match(/name="_csrf" value="([^"]+)"/);
  const answer = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; ') },
    body: new URLSearchParams({ _csrf: csrf, username, password }),
  });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location')).searchParams.get('code');
}

test('the axios block exchanges the code that the printed address led to', async (t) => {
  const printed = await quickstart(t);
  const fact = (name) => printed.match(new RegExp(`^${name} +(.*)$`, 'm'))[1];
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-quickstart-'));
  t.after(() => rm(folder, { recursive: true }));
  await symlink(PACKAGES, join(folder, 'node_modules'));
  await writeFile(join(folder, 'exchange.mjs'), section(printed, 'axios'));
  const run = (...args) =>
    promisify(execFile)(process.execPath, ['exchange.mjs', ...args], { cwd: folder });

  const { stdout: hint } = await run();
  const [, offered] = hint.match(/For a code, open (\S+)/);
  for (const address of [section(printed, 'Sign in on the page').trim(), offered]) {
    const code = await signIn(address, fact('user name'), fact('password'));
    const { stdout: tokens } = await run(code);
    for (const name of ['id_token', 'access_token', 'refresh_token']) {
      assert.match(tokens, new RegExp(`${name}: '`));
    }
  }
});
