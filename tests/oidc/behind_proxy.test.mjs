// Behind a proxy, by two names: the browser's, through the proxy, and an app's beside the server.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';

import { JwtRsaVerifier } from 'aws-jwt-verify';

import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { startServer } from '../fixtures/own_server.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';
import { PROXIES, freePort, startProxy } from './proxies.mjs';

const [POOL_ID, CLIENT_ID] = ['us-east-1_Proxied01', 'proxiedapp'];
const CALLBACK = 'http://localhost:3000/callback';
const INSIDE = 'poolhouse';
const BEHIND = ['--trusted-proxies', '127.0.0.1', '--allowed-hosts', INSIDE];

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

for (const proxy of PROXIES) {
  const behind = `behind ${proxy.name}`;

  test(`${behind} a user signs in, and an app beside the server verifies the token`, async (t) => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, ...BEHIND];
    const server = await startServer(t, seed, flags);
    await startProxy(t, proxy, port, server.url);
    const tokens = await exchange(origin, await signIn(origin));
    const claims = await verifyInside(server, `${origin}/${POOL_ID}`, tokens.id_token);
    assert.equal(claims.email, 'sam@example.com');
  });

  test(`${behind} and with the issuer of AWS the app finds the keys at the server`, async (t) => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, '--issuer-form', 'aws'];
    const server = await startServer(t, seed, [...flags, ...BEHIND]);
    await startProxy(t, proxy, port, server.url);
    const tokens = await exchange(origin, await signIn(origin));
    const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`;
    await verifyInside(server, issuer, tokens.id_token);
  });

  test(`s55 ${behind} hostile headers change nothing, and a strange host is refused`, async (t) => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const flags = ['--listen', '127.0.0.1:0', '--public-url', origin, ...BEHIND];
    const server = await startServer(t, seed, flags);
    await startProxy(t, proxy, port, server.url);
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
    const strange = await getInside(origin, path, 'evil.example');
    // Caddy knows the names that it serves, and hands no other on.
    const refusal = proxy.name === 'Caddy' ? { status: 200, body: '' } : { status: 421 };
    assert.deepEqual({ ...strange, ...refusal }, strange);
  });
}
