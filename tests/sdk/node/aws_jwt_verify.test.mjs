// aws-jwt-verify: what an API on Node.js does with a token it is handed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

import { PASSWORD, UserPool, cognito } from '../../fixtures/user_pool.mjs';

// The library fetches keys over https alone, so this fetches them over http on loopback.
class LoopbackFetcher {
  async fetch(uri) {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(5000) });
    assert.equal(answer.status, 200);
    return answer.arrayBuffer();
  }
}

function verifierOf(pool, client, tokenUse) {
  const isIdToken = tokenUse === 'id';
  return JwtVerifier.create(
    {
      issuer: pool.issuer,
      jwksUri: `${pool.issuer}/.well-known/jwks.json`,
      // An access token of a user pool has no audience; it names its client otherwise.
      audience: isIdToken ? client.id : null,
      customJwtCheck: ({ payload }) => {
        assert.equal(payload.token_use, tokenUse);
        if (!isIdToken) assert.equal(payload.client_id, client.id);
      },
    },
    { jwksCache: new SimpleJwksCache({ fetcher: new LoopbackFetcher() }) },
  );
}

async function signIn(pool, client) {
  const username = await pool.createUser();
  const { AuthenticationResult } = await cognito.initiateAuth({
    ClientId: client.id,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD },
  });
  return { username, ...AuthenticationResult };
}

test('an ID token and an access token verify', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const { username, IdToken, AccessToken } = await signIn(pool, client);
  const id = await verifierOf(pool, client, 'id').verify(IdToken);
  assert.equal(id['cognito:username'], username);
  const access = await verifierOf(pool, client, 'access').verify(AccessToken);
  assert.equal(access.username, username);
});

test('s3 one kind of token is not taken for the other', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const { IdToken, AccessToken } = await signIn(pool, client);
  await assert.rejects(verifierOf(pool, client, 'access').verify(IdToken));
  await assert.rejects(verifierOf(pool, client, 'id').verify(AccessToken));
});

test('s3 a token for another client or of another pool does not verify', async (t) => {
  const pool = await UserPool.create(t);
  const [client, other] = [await pool.createClient(), await pool.createClient()];
  const { IdToken } = await signIn(pool, client);
  await assert.rejects(verifierOf(pool, other, 'id').verify(IdToken));
  const neighbour = await UserPool.create(t);
  await assert.rejects(verifierOf(neighbour, client, 'id').verify(IdToken));
});

test('s1 a changed token does not verify', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const { IdToken } = await signIn(pool, client);
  const [header, payload, signature] = IdToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody' })).toString('base64url');
  await assert.rejects(verifierOf(pool, client, 'id').verify(`${header}.${forged}.${signature}`));
});
