// The recipe of docs/deployment.md for containers, run as it stands: Dockerfile and compose.yaml.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

import { JwtRsaVerifier } from 'aws-jwt-verify';

import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { BUILD_FLAGS, Engine, makeBaseImages } from './engine.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROJECT = ['--project-name', 'poolhouse'];
const [SERVER, APP] = ['poolhouse_poolhouse_1', 'poolhouse_app_1'];
const NETWORK = 'poolhouse_default';
const CURL = 'docker.io/curlimages/curl:8.11.1';

// What the browser calls, and what the app's container does.
const [OUTSIDE, INSIDE] = ['http://localhost:9229', 'http://poolhouse:9229'];

test('docker compose up --build, as the papers have it', { timeout: 280_000 }, async (t) => {
  assert.match(await readFile(`${ROOT}docs/deployment.md`, 'utf8'), /^\$ docker compose up --build$/m);
  const engine = await Engine.start(t);
  const obstacle = await engine.obstacle();
  if (obstacle) return t.skip(`no container can be run here: ${obstacle}`);
  await makeBaseImages(engine, process.env.POOLHOUSE_BINARY);
  const compose = (...args) => engine.exec('podman-compose', [...PROJECT, ...args], ROOT);
  await compose(`--podman-build-args=${BUILD_FLAGS.join(' ')}`, 'up', '--build', '--detach');

  await t.test('the browser reaches it at the public URL', () => isWell(engine));

  await t.test('its health check is good', () => engine.podman('healthcheck', 'run', SERVER));

  await t.test('it runs without root, from a root file system that nobody writes', async () => {
    const { stdout } = await engine.podman('inspect', SERVER);
    const [{ Config, HostConfig, EffectiveCaps }] = JSON.parse(stdout);
    assert.equal(Config.User, '65532');
    assert.equal(HostConfig.ReadonlyRootfs, true);
    assert.deepEqual(EffectiveCaps ?? [], []);
  });

  await t.test('the app beside it reaches it by its other name', async () => {
    const { stdout } = await engine.podman('start', '--attach', APP);
    assert.equal(JSON.parse(stdout).status, 'ok');
  });

  await t.test('a browser signs in, and the app verifies the token by keys from the other name', async () => {
    const started = await quickstart(engine);
    const tokens = await signIn(started);
    const claims = await verifyInside(engine, tokens.id_token, started);
    assert.equal(claims['cognito:username'], started.username);
  });

  await t.test('a name that it was not given is refused', async () => {
    const status = ['--silent', '--output', '/dev/null', '--write-out', '%{http_code}'];
    const evil = ['--header', 'Host: evil.example:9229'];
    const { stdout } = await inside(engine, ...status, ...evil, `${INSIDE}/_poolhouse/`);
    assert.match(stdout, /^4/);
  });

  await t.test('it stops when it is told to, and a new container has the same users', async () => {
    const before = await quickstart(engine);
    await engine.podman('stop', '--time=10', SERVER);
    const { stdout } = await engine.podman('inspect', '--format', '{{.State.ExitCode}}', SERVER);
    assert.equal(stdout.trim(), '0');
    await compose('up', '--detach', '--force-recreate');
    await isWell(engine);
    const again = await quickstart(engine);
    assert.deepEqual(again, before);
    await signIn(again);
  });
});

// Waits until the server answers on the machine's loopback.
async function isWell(engine) {
  for (let look = 0; look < 200; look += 1) {
    const answer = await fetch(`${OUTSIDE}/_poolhouse/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  const { stdout, stderr } = await engine.podman('logs', SERVER);
  assert.fail(`no answer:\n${stdout}\n${stderr}`);
}

// What the quickstart printed.
async function quickstart(engine) {
  const { stdout } = await engine.podman('logs', SERVER);
  const fact = (name) => stdout.match(new RegExp(`^${name} +(\\S+)$`, 'm'))[1];
  return {
    endpoint: fact('endpoint'),
    issuer: fact('issuer'),
    clientId: fact('public client'),
    username: fact('user name'),
    password: fact('password'),
  };
}

// Asks from a container in the app's network.
function inside(engine, ...args) {
  return engine.podman('run', '--rm', '--network', NETWORK, CURL, ...args);
}

async function signIn({ endpoint, clientId, username, password }) {
  assert.equal(endpoint, OUTSIDE);
  const callback = `${OUTSIDE}/_poolhouse/callback/${clientId}`;
  const request = { client_id: clientId, redirect_uri: callback };
  const browser = new ScriptedBrowser();
  const query = new URLSearchParams({ ...request, response_type: 'code', scope: 'openid' });
  const login = locationOf(await browser.get(`${OUTSIDE}/oauth2/authorize?${query}`));
  const [, csrf] = (await (await browser.get(login)).text()).match(/name="_csrf" value="([^"]+)"/);
  const answer = await browser.post(login, { _csrf: csrf, username, password });
  const code = locationOf(answer).searchParams.get('code');
  const body = new URLSearchParams({ ...request, grant_type: 'authorization_code', code });
  const exchanged = await fetch(`${OUTSIDE}/oauth2/token`, { method: 'POST', body });
  assert.equal(exchanged.status, 200);
  return exchanged.json();
}

// Verifies a token as the app's container does: issuer of the browser's name, keys by its own.
async function verifyInside(engine, token, { issuer, clientId }) {
  assert.ok(issuer.startsWith(`${OUTSIDE}/`));
  const jwksUri = `${issuer.replace(OUTSIDE, INSIDE)}/.well-known/jwks.json`;
  const { stdout } = await inside(engine, '--silent', '--fail', jwksUri);
  const verifier = JwtRsaVerifier.create({ issuer, audience: clientId, jwksUri });
  verifier.cacheJwks(JSON.parse(stdout));
  return verifier.verify(token);
}
