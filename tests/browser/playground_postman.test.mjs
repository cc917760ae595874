// The Postman collection of the playground, run by newman against the server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promisify } from 'node:util';

import newman from 'newman';

import { challengeOf, newVerifier } from '../../crates/templates/assets/playground/pkce.js';
import { collection, environment } from '../../crates/templates/assets/playground/postman.js';
import { authorizeRequest, fullUrl } from '../../crates/templates/assets/playground/requests.js';
import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, REGION, UserPool } from '../fixtures/user_pool.mjs';

const run = promisify(newman.run);

const REDIRECT_URI = 'https://app.example.com/callback?a=b&c={d}';
const SCOPES = ['openid', 'email', 'aws.cognito.signin.user.admin'];

for (const isConfidential of [false, true]) {
  test(`newman runs every request of the collection (${isConfidential ? 'confidential' : 'public'} client)`, async (t) => {
    const pool = await UserPool.create(t);
    const client = await pool.createWebClient(REDIRECT_URI, { GenerateSecret: isConfidential, AllowedOAuthScopes: SCOPES });
    const username = await pool.createUser();
    const target = {
      domain: ENDPOINT,
      api: `${ENDPOINT}/`,
      region: REGION,
      clientId: client.id,
      clientName: 'app "one" </script>',
      clientSecret: client.secret ?? null,
      redirectUri: REDIRECT_URI,
      scopes: SCOPES,
    };
    const code_verifier = newVerifier();
    const code_challenge = await challengeOf(code_verifier);
    const address = fullUrl(authorizeRequest(target, [
      ['client_id', client.id],
      ['response_type', 'code'],
      ['redirect_uri', REDIRECT_URI],
      ['scope', SCOPES.join(' ')],
      ['code_challenge', code_challenge],
      ['code_challenge_method', 'S256'],
    ]));
    const answer = await new ScriptedBrowser().signIn(address, username, PASSWORD);
    const code = locationOf(answer).searchParams.get('code');
    record({ code, code_verifier, ClientSecret: client.secret });
    const made = collection(target);
    const summary = await run({
      // As a file that was downloaded.
      collection: JSON.parse(JSON.stringify(made)),
      environment: JSON.parse(JSON.stringify(environment(target, { code, code_verifier, code_challenge, state: 's', nonce: 'n' }))),
      reporters: [],
      timeoutRequest: 15_000,
    });
    const failures = summary.run.failures.map(({ error, source }) => `${source?.name}: ${error.message}`);
    assert.deepEqual(failures, []);
    assert.equal(summary.run.executions.length, made.item.length);
    assert.equal(summary.run.stats.assertions.total, made.item.length);
    const kept = Object.fromEntries(summary.environment.values.map(({ key, value }) => [key, value]));
    record(kept);
    assert.match(kept.id_token, /^eyJ/);
  });
}

test('a collection holds no value of its client, and an environment marks what is secret', () => {
  const target = { domain: 'https://d', api: 'https://a/', region: 'r', clientId: 'the-client', clientName: 'n', clientSecret: 'the-secret', redirectUri: 'https://r', scopes: [] };
  assert.doesNotMatch(JSON.stringify(collection(target)), /the-client|the-secret|https:\/\/[dar]\b/);
  const secrets = environment(target).values.filter(({ type }) => type === 'secret').map(({ key }) => key);
  assert.ok(secrets.includes('client_secret') && secrets.includes('refresh_token'));
});
