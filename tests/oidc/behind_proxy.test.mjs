// Behind nginx, by two names: the browser's, through the proxy, and an app's beside the server.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { JwtRsaVerifier } from 'aws-jwt-verify';

import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { startServer } from '../fixtures/own_server.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';

const [POOL_ID, CLIENT_ID] = ['us-east-1_Proxied01', 'proxiedapp'];
const CALLBACK = 'http://localhost:3000/callback';
const INSIDE = 'poolhouse';
const PROXIES = ['--trusted-proxies', '127.0.0.1', '--allowed-hosts', INSIDE];

const seed = {
  user_pools: [
    {
      id: POOL_ID,
      name: 'proxied',
      clients: [
        {
          id: CLIENT_ID,
          name: 'app',
          settings: {
            CallbackURLs: [CALLBACK],
            AllowedOAuthFlows: ['code'],
            AllowedOAuthScopes: ['openid', 'email'],
            AllowedOAuthFlowsUserPoolClient: true,
            SupportedIdentityProviders: ['COGNITO'],
          },
        },
      ],
      users: [{ username: 'sam', password: PASSWORD, attributes: { email: 'sam@example.com' } }],
    },
  ],
};

// The recipe of docs/deployment.md, without TLS.
const configuration = (folder, port, upstream) => `
daemon off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    large_client_header_buffers 4 32k;
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-Host "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Forwarded "";
      proxy_buffer_size 16k;
      proxy_buffers 8 16k;
    }
  }
}
`;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function startProxy(t, port, upstream) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, upstream));
  const flags = ['-p', folder, '-c', file, '-e', join(folder, 'error.log')];
  const PATH = `${process.env.PATH}:/usr/sbin`;
  const proxy = spawn('nginx', flags, { stdio: 'ignore', env: { PATH } });
  t.after(async () => {
    if (proxy.exitCode === null) {
      proxy.kill('SIGTERM');
      await once(proxy, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });
  for (let look = 0; look < 200; look += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/_poolhouse/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error('nginx did not start');
}

// Asks the server itself by a name of its own, as a container beside it does.
function getInside(url, path, host) {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { headers: { host } }, async (answer) => {
      const parts = [];
      for await (const part of answer) parts.push(part);
      resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() });
    });
    asked.on('error', reject).end();
  });
}

async function signIn(origin) {
  const browser = new ScriptedBrowser();
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'openid email',
    redirect_uri: CALLBACK,
    state: 's'.repeat(6000),
  });
  const started = await browser.get(`${origin}/oauth2/authorize?${query}`);
  const login = locationOf(started);
  assert.equal(login.origin, origin);
  const page = await (await browser.get(login)).text();
  const [, csrf] = page.match(/name="_csrf" value="([^"]+)"/);
  const answer = await browser.post(login, { _csrf: csrf, username: 'sam', password: PASSWORD });
  const callback = locationOf(answer);
  assert.equal(callback.origin + callback.pathname, CALLBACK);
  return callback.searchParams.get('code');
}

async function exchange(origin, code) {
  const answer = await fetch(`${origin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      code,
    }),
  });
  assert.equal(answer.status, 200);
  const tokens = await answer.json();
  record(tokens);
  return tokens;
}

// Verifies a token as an app beside the server does: issuer of the browser's name, keys by its own.
async function verifyInside(server, issuer, token) {
  const keys = await getInside(server.url, `/${POOL_ID}/.well-known/jwks.json`, `${INSIDE}:9229`);
  assert.equal(keys.status, 200);
  const jwksUri = `http://${INSIDE}:9229/${POOL_ID}/.well-known/jwks.json`;
  const verifier = JwtRsaVerifier.create({ issuer, audience: CLIENT_ID, jwksUri });
  verifier.cacheJwks(JSON.parse(keys.body));
  return verifier.verify(token);
}

test('a user signs in through nginx, and an app beside the server verifies the token', async (t) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, ...PROXIES];
  const server = await startServer(t, seed, flags);
  await startProxy(t, port, server.url);
  const tokens = await exchange(origin, await signIn(origin));
  const claims = await verifyInside(server, `${origin}/${POOL_ID}`, tokens.id_token);
  assert.equal(claims.email, 'sam@example.com');
});

test('with the issuer of AWS the app finds the keys at the server', async (t) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, '--issuer-form', 'aws'];
  const server = await startServer(t, seed, [...flags, ...PROXIES]);
  await startProxy(t, port, server.url);
  const tokens = await exchange(origin, await signIn(origin));
  const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`;
  await verifyInside(server, issuer, tokens.id_token);
});

test('s55 hostile headers through nginx change nothing, and a strange host is refused', async (t) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, ...PROXIES];
  const server = await startServer(t, seed, flags);
  await startProxy(t, port, server.url);
  const path = `/${POOL_ID}/.well-known/openid-configuration`;
  const plain = await (await fetch(origin + path)).text();
  const headers = {
    forwarded: 'for=1.2.3.4;host=evil.example;proto=https',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  };
  const hostile = await fetch(origin + path, { headers });
  assert.equal(await hostile.text(), plain);
  assert.equal(JSON.parse(plain).issuer, `${origin}/${POOL_ID}`);
  const strange = await getInside(origin.replace('localhost', '127.0.0.1'), path, 'evil.example');
  assert.equal(strange.status, 421);
});
