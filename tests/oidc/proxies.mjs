// Proxies of other makers, set up as docs/deployment.md has it: without TLS, on a free port.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PAGE = new URL('../../docs/deployment.md', import.meta.url);

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// The block of the page that has a text, with lines of it in place of others; each must be there.
async function recipe(text, changes) {
  const page = await readFile(PAGE, 'utf8');
  const blocks = [...page.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  let found = blocks.find((block) => block.includes(text));
  for (const [from, to] of changes) {
    assert.ok(found.includes(from), `${from} in ${found}`);
    found = found.replace(from, to);
  }
  return found;
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const nginx = {
  name: 'nginx',
  program: 'nginx',
  arguments: (folder, file) => ['-p', folder, '-c', file, '-e', join(folder, 'error.log')],
  async configuration(folder, port, upstream) {
    const server = await recipe('proxy_pass', [
      ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
      ['server_name auth.example.com auth.widget.example;', ''],
      ['ssl_certificate /etc/ssl/auth.pem;', ''],
      ['ssl_certificate_key /etc/ssl/auth-key.pem;', ''],
      ['http://127.0.0.1:9229', upstream],
    ]);
    const paths = TEMPORARY.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n');
    return `
daemon off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {}
http {
access_log off;
${paths}
${server}
}
`;
  },
};

const caddy = {
  name: 'Caddy',
  program: 'caddy',
  arguments: (folder, file) => ['run', '--adapter', 'caddyfile', '--config', file],
  async configuration(folder, port, upstream) {
    const site = await recipe('reverse_proxy', [
      ['auth.example.com, auth.widget.example', `http://localhost:${port}`],
      ['127.0.0.1:9229', upstream.replace('http://', '')],
    ]);
    return `
{
	admin off
	auto_https off
	storage file_system ${folder}
}
${site}
`;
  },
};

export const PROXIES = [nginx, caddy];

// Starts a proxy for one test, and waits until it answers for the server behind it.
export async function startProxy(t, proxy, port, upstream) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-proxy-'));
  const file = join(folder, 'configuration');
  await writeFile(file, await proxy.configuration(folder, port, upstream));
  const env = { HOME: folder, PATH: `${process.env.PATH}:/usr/sbin` };
  const log = join(folder, 'log');
  const output = await open(log, 'w');
  const stdio = ['ignore', output.fd, output.fd];
  const child = spawn(proxy.program, proxy.arguments(folder, file), { stdio, env });
  t.after(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await output.close();
    await rm(folder, { recursive: true, force: true });
  });
  for (let look = 0; look < 200 && child.exitCode === null; look += 1) {
    const answer = await fetch(`http://localhost:${port}/_poolhouse/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`${proxy.name} did not start:\n${await readFile(log, 'utf8')}`);
}
