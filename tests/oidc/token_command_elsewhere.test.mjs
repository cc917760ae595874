// `poolhouse token` at a provider that is not ours: node-oidc-provider, certified, which signs with
// other algorithms, gives opaque access tokens, and knows no token_use.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, test } from 'node:test';

import * as jose from 'jose';
import Provider from 'oidc-provider';

import { serve } from '../fixtures/loopback.mjs';
import { ScriptedBrowser } from '../fixtures/scripted_browser.mjs';
import { recordTexts } from '../fixtures/used_secrets.mjs';

const SECRET = 'a secret of the machine: +%&/=';

let keys;
before(async () => {
  const made = ['RS256', 'PS256', 'ES256', 'EdDSA'].map(async (alg) => {
    const curve = alg === 'EdDSA' ? { crv: 'Ed25519' } : {};
    const { privateKey } = await jose.generateKeyPair(alg, { extractable: true, ...curve });
    return { ...(await jose.exportJWK(privateKey)), alg, use: 'sig', kid: alg };
  });
  keys = await Promise.all(made);
});

// A provider for one test, with a client of each kind.
async function provider(t, alg) {
  let handler;
  const issuer = await serve(t, (request, response) => handler(request, response));
  const native = {
    client_id: 'native',
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: alg,
  };
  const machine = {
    client_id: 'machine',
    client_secret: SECRET,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
  };
  const settings = {
    clients: [native, machine],
    jwks: { keys },
    cookies: { keys: ['of the test'] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    features: { clientCredentials: { enabled: true }, revocation: { enabled: true } },
    scopes: ['openid', 'offline_access', 'orders'],
  };
  handler = new Provider(issuer, settings).callback();
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-token-'));
  t.after(() => rm(folder, { recursive: true }));
  return { issuer, folder };
}

// Starts the command with no browser to be found.
function begin({ issuer, folder }, args, secrets = {}) {
  const command = spawn(process.env.POOLHOUSE_BINARY, ['token', ...args], {
    cwd: folder,
    env: { PATH: folder, POOLHOUSE_ISSUER: issuer, ...secrets },
  });
  const outcome = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    command[stream].on('data', (text) => {
      outcome[stream] += text;
    });
  }
  return { command, outcome };
}

async function run(place, args, { input = '', secrets } = {}) {
  const { command, outcome } = begin(place, args, secrets);
  command.stdin.end(input);
  const [code] = await once(command, 'close');
  return { code, ...outcome };
}

// Signs in as a person would, whose browser ends at the port of the command.
async function logIn(place, more = []) {
  const args = ['login', '--client-id', 'native', '--redirect-uri', 'http://127.0.0.1:0/callback'];
  const scope = ['--scope', 'openid offline_access', '--parameter', 'prompt=consent'];
  const { command, outcome } = begin(place, [...args, ...scope, '--save', 'tokens.json', ...more]);
  const closed = once(command, 'close');
  const address = await addressIn(command.stderr);
  const browser = new ScriptedBrowser();
  let { address: page, response } = await browser.follow(address);
  for (const form of [{ prompt: 'login', login: 'alice', password: 'any' }, { prompt: 'consent' }]) {
    assert.equal(response.status, 200, `${page}`);
    const [, action] = (await response.text()).match(/action="([^"]+)"/);
    const answer = await browser.post(new URL(action, page), form);
    const next = new URL(answer.headers.get('location'), page);
    ({ address: page, response } = await browser.follow(next));
  }
  const shown = await response.text();
  const [code] = await closed;
  return { code, page, shown, ...outcome };
}

async function addressIn(stream) {
  for await (const line of createInterface({ input: stream })) {
    if (line.trim().startsWith('http')) return line.trim();
  }
  throw new Error('the command ended before it told an address');
}

for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
  test(`a login at another provider holds with ${alg}`, async (t) => {
    const place = await provider(t, alg);
    const login = await logIn(place);
    assert.equal(login.code, 0, login.stderr);
    assert.match(login.shown, /Back to the terminal/);
    const saved = JSON.parse(await readFile(join(place.folder, 'tokens.json'), 'utf8'));
    recordTexts([saved.access_token, saved.refresh_token]);
    assert.equal(jose.decodeProtectedHeader(saved.id_token).alg, alg);
    const file = ['--token-file', 'tokens.json'];

    const verified = await run(place, ['verify', ...file, '--token-use', 'id', '--json']);
    // It knows no token_use, and who asks for it by name is told so.
    assert.equal(verified.code, 5);
    const plain = await run(place, ['verify', '--client-id', 'native'], { input: saved.id_token });
    assert.equal(plain.code, 0, plain.stdout);
    const other = await run(place, ['verify', '--client-id', 'machine'], { input: saved.id_token });
    assert.equal(other.code, 5, other.stdout);

    const info = await run(place, ['userinfo', ...file]);
    assert.equal(JSON.parse(info.stdout).sub, 'alice');
    const renewed = await run(place, ['refresh', ...file, '--save', 'tokens.json']);
    assert.equal(renewed.code, 0, renewed.stderr);
    assert.equal((await run(place, ['revoke', ...file])).code, 0);
    const refused = await run(place, ['refresh', ...file]);
    assert.equal(refused.code, 7);
    assert.match(refused.stderr, /invalid_grant/);
  });
}

test('a machine gets an opaque token with a secret that needs encoding', async (t) => {
  const place = await provider(t, 'RS256');
  const args = ['client-credentials', '--client-id', 'machine', '--scope', 'orders', '--json'];
  const got = await run(place, args, { secrets: { POOLHOUSE_CLIENT_SECRET: SECRET } });
  assert.equal(got.code, 0, got.stderr);
  assert.ok(JSON.parse(got.stdout).access_token);
  const wrong = await run(place, args, { secrets: { POOLHOUSE_CLIENT_SECRET: `${SECRET}.` } });
  assert.equal(wrong.code, 7);
  assert.ok(!wrong.stderr.includes(SECRET), wrong.stderr);
});

test('a callback that the provider does not know is refused before a browser opens', async (t) => {
  const place = await provider(t, 'RS256');
  const args = ['login', '--client-id', 'native', '--redirect-uri', 'http://127.0.0.1:0/other'];
  const refused = await run(place, args);
  assert.equal(refused.code, 7, refused.stderr);
  assert.match(refused.stderr, /Is http:.* registered with the client native/);
});
