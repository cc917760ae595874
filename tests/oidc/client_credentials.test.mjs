// The client credentials grant, by a certified relying party, and the token checked by
// aws-jwt-verify.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { JwtVerifier } from 'aws-jwt-verify';
import * as oidc from 'openid-client';

import { record } from '../fixtures/used_secrets.mjs';
import { UserPool, cognito } from '../fixtures/user_pool.mjs';

const API = 'https://api.example.com';

async function createMachine(test) {
  const pool = await UserPool.create(test);
  await cognito.createResourceServer({
    UserPoolId: pool.id,
    Identifier: API,
    Name: 'API',
    Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
  });
  const client = await pool.createClient({
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: [`${API}/read`, `${API}/write`],
    AllowedOAuthFlowsUserPoolClient: true,
  });
  return { pool, client };
}

function discover(pool, client, authentication) {
  return oidc.discovery(new URL(pool.issuer), client.id, undefined, authentication(client.secret), {
    execute: [oidc.allowInsecureRequests],
  });
}

async function verify(pool, client, token, scope) {
  const jwksUri = `${pool.issuer}/.well-known/jwks.json`;
  const verifier = JwtVerifier.create({
    issuer: pool.issuer,
    jwksUri,
    audience: null,
    scope,
    customJwtCheck: ({ payload }) => assert.equal(payload.client_id, client.id),
  });
  verifier.cacheJwks(await (await fetch(jwksUri)).json());
  return verifier.verify(token);
}

for (const [way, authentication] of [
  ['Basic', oidc.ClientSecretBasic],
  ['post', oidc.ClientSecretPost],
]) {
  test(`a machine that authenticates by ${way} gets a token for its scopes`, async (t) => {
    const { pool, client } = await createMachine(t);
    const configuration = await discover(pool, client, authentication);
    const all = await oidc.clientCredentialsGrant(configuration);
    record(all);
    assert.equal(all.expires_in, 3600);
    assert.equal(all.refresh_token, undefined);
    assert.equal(all.id_token, undefined);
    const claims = await verify(pool, client, all.access_token, [`${API}/read`]);
    assert.equal(claims.sub, client.id);
    assert.equal(claims.scope, `${API}/read ${API}/write`);
    const one = await oidc.clientCredentialsGrant(configuration, { scope: `${API}/write` });
    record(one);
    await verify(pool, client, one.access_token, [`${API}/write`]);
    await assert.rejects(verify(pool, client, one.access_token, [`${API}/read`]));
  });
}

test('s31 a machine does not get the scopes of users', async (t) => {
  const { pool, client } = await createMachine(t);
  const configuration = await discover(pool, client, oidc.ClientSecretBasic);
  for (const scope of ['openid', 'aws.cognito.signin.user.admin', `${API}/read openid`]) {
    await assert.rejects(oidc.clientCredentialsGrant(configuration, { scope }), {
      error: 'invalid_scope',
    });
  }
});

test('s25 a wrong secret is refused', async (t) => {
  const { pool, client } = await createMachine(t);
  const wrong = { ...client, secret: `${client.secret}x` };
  const configuration = await discover(pool, wrong, oidc.ClientSecretBasic);
  await assert.rejects(oidc.clientCredentialsGrant(configuration), { error: 'invalid_client' });
});
