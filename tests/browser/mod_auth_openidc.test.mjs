// Apache with mod_auth_openidc, unmodified; docs/clients/mod-auth-openidc.md has its configuration.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'headers', 'auth_openidc'];
const INSTALLED = existsSync('/usr/lib/apache2/modules/mod_auth_openidc.so');
const MOST_KNOCKS = 200;

// What an administrator writes; the paths alone are this test's.
function configuration({ folder, port, pool, client }) {
  const origin = `http://localhost:${port}`;
  // Only root has to be told whose rights Apache takes.
  const owner = process.getuid() === 0 ? 'User www-data\nGroup www-data' : '';
  return `
ServerRoot /usr/lib/apache2
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/www
${owner}
${MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}

OIDCProviderMetadataURL ${pool.issuer}/.well-known/openid-configuration
OIDCClientID ${client.id}
OIDCClientSecret ${client.secret}
OIDCRedirectURI ${origin}/private/callback
OIDCScope "openid email"
OIDCPKCEMethod S256
OIDCRemoteUserClaim email
OIDCCryptoPassphrase a-secret-of-the-site

<Location /private/>
  AuthType openid-connect
  Require valid-user
  Header set X-User "expr=%{REMOTE_USER}"
  Header set X-Verified "expr=%{env:OIDC_CLAIM_email_verified}"
</Location>
`;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Whether somebody listens.
function answers(port) {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function startApache(t) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-apache-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'www/private'), { recursive: true });
  await writeFile(join(folder, 'www/private/index.txt'), 'secret page');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const pool = await UserPool.create(t);
  const client = await pool.createWebClient(`${origin}/private/callback`, {
    GenerateSecret: true,
    LogoutURLs: [`${origin}/private/callback?logout=get`],
  });
  const file = join(folder, 'httpd.conf');
  await writeFile(file, configuration({ folder, port, pool, client }));
  const apache = spawn('/usr/sbin/apache2', ['-f', file, '-D', 'FOREGROUND'], { stdio: 'ignore' });
  const ended = once(apache, 'exit');
  t.after(async () => {
    apache.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  });
  for (let knocks = 0; !(await answers(port)); knocks += 1) {
    const log = () => readFile(join(folder, 'error.log'), 'utf8').catch(() => 'no log');
    assert.ok(knocks < MOST_KNOCKS && apache.exitCode === null, await log());
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  const attributes = { email: 'eve@example.com', email_verified: 'true' };
  const username = await pool.createUser(undefined, attributes);
  return { origin, client, username };
}

// Where it cannot be installed, the runner says that it is missing.
const options = { skip: !INSTALLED && 'mod_auth_openidc is not installed' };

test('mod_auth_openidc opens a page after the sign-in and closes it again', options, async (t) => {
  const { origin, client, username } = await startApache(t);
  const window = await openWindow(t);
  const page = `${origin}/private/index.txt`;
  await window.goto(page);
  assert.equal(new URL(window.url()).origin, ENDPOINT);
  await window.locator('#signInFormUsername:visible').fill(username);
  await window.locator('#signInFormPassword:visible').fill(PASSWORD);
  const opened = window.waitForResponse(page);
  await window.locator('[name="signInSubmitButton"]:visible').click();
  const response = await opened;
  assert.equal(await response.text(), 'secret page');
  assert.equal(response.headers()['x-user'], 'eve@example.com');
  assert.equal(response.headers()['x-verified'], '1');

  // First the server forgets the browser, then the module does.
  const logout_uri = `${origin}/private/callback?logout=get`;
  const query = new URLSearchParams({ client_id: client.id, logout_uri });
  const bye = await window.goto(`${ENDPOINT}/logout?${query}`);
  assert.equal(window.url(), logout_uri);
  assert.match(await bye.text(), /Logged Out/);
  await window.goto(page);
  await window.locator('#signInFormPassword:visible').waitFor();
});
