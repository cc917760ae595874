// The playground's modules that compute: tokens, SRP, PKCE, dates, addresses.

import assert from 'node:assert/strict';
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { explainClaim } from '../../crates/templates/assets/playground/claims.js';
import { secretHash } from '../../crates/templates/assets/playground/custom_requests.js';
import { base64url, fromBase64url } from '../../crates/templates/assets/playground/encoding.js';
import { decode } from '../../crates/templates/assets/playground/jwt.js';
import { challengeOf, newVerifier } from '../../crates/templates/assets/playground/pkce.js';
import { answerChallenge, modPow, srpTimestamp } from '../../crates/templates/assets/playground/srp.js';
import { G, N } from '../../crates/templates/assets/playground/srp_group.js';
import { foreignTarget, registrationInput } from '../../crates/templates/assets/playground/target.js';
import { date, relative } from '../../crates/templates/assets/playground/time_words.js';
import { verify } from '../../crates/templates/assets/playground/verification.js';

test('SRP gives the values of the vectors', async () => {
  const vectors = JSON.parse(await readFile(new URL('../../spec/srp-vectors.json', import.meta.url), 'utf8'));
  assert.equal(N, BigInt(`0x${vectors.N_hex}`));
  assert.equal(G, BigInt(vectors.g));
  const users = vectors.vectors.filter(({ kind }) => kind === 'user');
  assert.ok(users.length > 0);
  for (const vector of users) {
    const a = BigInt(`0x${vector.a_hex}`);
    const A = modPow(G, a, N);
    assert.equal(A, BigInt(`0x${vector.A_hex}`));
    const answer = await answerChallenge({
      a,
      A,
      poolId: vector.pool_id,
      password: vector.password,
      challenge: { SRP_B: vector.B_hex, SALT: vector.salt_hex, SECRET_BLOCK: vector.secret_block_b64, USER_ID_FOR_SRP: vector.user_id_for_srp },
      timestamp: vector.timestamp,
    });
    assert.equal(answer.k, BigInt(`0x${vectors.k_hex}`));
    for (const name of ['u', 'x', 'S']) assert.equal(answer[name], BigInt(`0x${vector[`${name}_hex`]}`), name);
    assert.equal(answer.key, vector.hkdf_key_hex);
    assert.equal(answer.signature, vector.signature_b64);
  }
});

test('a server that cheats in SRP is noticed', async () => {
  const challenge = { SALT: '01', SECRET_BLOCK: '', USER_ID_FOR_SRP: 'u' };
  for (const SRP_B of ['0', N.toString(16), (2n * N).toString(16)]) {
    await assert.rejects(answerChallenge({ a: 5n, A: 32n, poolId: 'r_p', password: 'p', challenge: { ...challenge, SRP_B }, timestamp: '' }), /cheats/);
  }
});

test('the timestamp of SRP has no zero before the day', () => {
  assert.equal(srpTimestamp(Date.UTC(2026, 10, 3, 4, 5, 6) / 1000), 'Tue Nov 3 04:05:06 UTC 2026');
});

test('the secret hash is the one of the vectors', async () => {
  const { secret_hash: one } = JSON.parse(await readFile(new URL('../../spec/srp-vectors.json', import.meta.url), 'utf8'));
  const made = await secretHash({ clientSecret: one.client_secret, clientId: one.client_id }, one.username);
  assert.equal(made, one.secret_hash);
  assert.equal(await secretHash({ clientSecret: null, clientId: 'a' }, 'b'), null);
});

test('PKCE makes the challenge of the RFC', async () => {
  // Source: RFC 7636, appendix B.
  assert.equal(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  assert.match(newVerifier(), /^[A-Za-z0-9_-]{43}$/);
  assert.notEqual(newVerifier(), newVerifier());
});

// An issuer of the test's own.
function issuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' };
  const part = (value) => base64url(Buffer.from(JSON.stringify(value)));
  const sign = (claims, header = { alg: 'RS256', kid: 'k1' }) => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  };
  return { jwks: { keys: [jwk] }, sign, part };
}

const NOW = 1_900_000_000;
const CLAIMS = { iss: 'https://i/p', aud: 'abc', token_use: 'id', exp: NOW + 60, nonce: 'n' };
const failed = (steps) => steps.filter(({ isGood }) => isGood === false).map(({ title }) => title);

test('every step of verification can fail, each for its own reason', async () => {
  const { jwks, sign, part } = issuer();
  const expected = { use: 'id', jwks, issuer: 'https://i/p', clientId: 'abc', nonce: 'n', now: NOW };
  const good = await verify(sign(CLAIMS), expected);
  assert.deepEqual(failed(good), []);
  assert.equal(good.length, 10);
  for (const [change, title] of [
    [{ iss: 'https://i/other' }, 'Compare iss'],
    [{ aud: 'other' }, 'Compare aud'],
    [{ aud: ['abc'] }, 'Compare aud'],
    [{ token_use: 'access' }, 'Compare token_use'],
    [{ exp: NOW - 1 }, 'Compare exp with the clock'],
    [{ exp: '9999999999' }, 'Compare exp with the clock'],
    [{ nonce: 'other' }, 'Compare nonce'],
    [{ nonce: undefined }, 'Compare nonce'],
  ]) {
    assert.deepEqual(failed(await verify(sign({ ...CLAIMS, ...change }), expected)), [title]);
  }
  const [header, payload, signature] = sign(CLAIMS).split('.');
  const changed = part({ ...CLAIMS, sub: 'somebody else' });
  for (const [token, title] of [
    [`${header}.${changed}.${signature}`, 'Verify the signature'],
    [`${header}.${payload}.`, 'Verify the signature'],
    [`${part({ alg: 'none', kid: 'k1' })}.${payload}.`, 'Read the header'],
    [`${part({ alg: 'HS256', kid: 'k1' })}.${payload}.${signature}`, 'Read the header'],
    [`${part({ alg: 'RS256', kid: '__proto__' })}.${payload}.${signature}`, 'Find the key'],
    [`${header}.${payload}`, 'Split the token'],
    [`${header}.!!.${signature}`, 'Split the token'],
    [`${part([1])}.${payload}.${signature}`, 'Split the token'],
    ['', 'Split the token'],
  ]) {
    const steps = await verify(token, expected);
    assert.deepEqual(failed(steps), [title], token);
    assert.equal(steps.at(-1).title, title, 'nothing after it is looked at');
  }
  assert.deepEqual(failed(await verify(sign(CLAIMS), { ...expected, jwks: {} })), ['Find the key']);
  const unknown = await verify(sign(CLAIMS), { ...expected, issuer: '' });
  assert.deepEqual(unknown.filter(({ isGood }) => isGood === null).map(({ title }) => title), ['Compare iss', 'Compare at_hash']);
});

test('an access token names its client in client_id, and at_hash ties both tokens together', async () => {
  const { jwks, sign } = issuer();
  const access = sign({ iss: 'https://i/p', client_id: 'abc', token_use: 'access', exp: NOW + 60 });
  const expected = { use: 'access', jwks, issuer: 'https://i/p', clientId: 'abc', now: NOW };
  assert.deepEqual(failed(await verify(access, expected)), []);
  assert.deepEqual(failed(await verify(access, { ...expected, clientId: 'other' })), ['Compare client_id']);
  const at_hash = createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url');
  const id = sign({ ...CLAIMS, at_hash });
  const both = { ...expected, use: 'id', nonce: 'n', accessToken: access };
  assert.deepEqual(failed(await verify(id, both)), []);
  assert.deepEqual(failed(await verify(id, { ...both, accessToken: `${access}x` })), ['Compare at_hash']);
});

test('a token that is none is told apart in words', () => {
  assert.throws(() => decode('a.b'), /three parts/);
  assert.throws(() => decode('*.b.c'), /header is no JSON/);
  assert.throws(() => decode(`${base64url(Buffer.from('{}'))}.${base64url(Buffer.from('"x"'))}.c`), /payload is no JSON object/);
  assert.throws(() => fromBase64url('a'), /base64url/);
});

test('instants are told in words, whatever a claim holds', () => {
  assert.equal(date(0), '1970-01-01 00:00:00 UTC');
  assert.equal(relative(NOW + 3600, NOW), 'in 1 hour');
  assert.equal(relative(NOW - 90, NOW), '1 minute ago');
  for (const value of ['soon', null, {}, Number.NaN, 1e300, undefined]) assert.equal(date(value), null);
  assert.match(explainClaim('exp', NOW + 60, NOW), /in 1 minute/);
  assert.match(explainClaim('exp', '<b>', NOW), /^When the token ends\.$/);
  assert.match(explainClaim('custom:plan', 'a', NOW), /owner/);
});

test('a domain that is typed in is a domain, and gives the addresses of AWS', () => {
  const typed = { domain: 'shop.auth.eu-west-1.amazoncognito.com', clientId: 'c', redirectUri: 'https://a/b', poolId: 'eu-west-1_Abc' };
  const made = foreignTarget(typed);
  assert.equal(made.domain, 'https://shop.auth.eu-west-1.amazoncognito.com');
  assert.equal(made.api, 'https://cognito-idp.eu-west-1.amazonaws.com/');
  assert.equal(made.issuer, 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc');
  for (const domain of ['', 'javascript://a', 'https://a/path', 'https://u@a', 'data:text/html,a', 'ftp://a']) {
    assert.throws(() => foreignTarget({ ...typed, domain }), domain);
  }
  assert.throws(() => foreignTarget({ ...typed, redirectUri: 'javascript:alert(1)' }));
  assert.throws(() => foreignTarget({ ...typed, clientId: '' }));
});

test('the command that registers the page names all that the client has', () => {
  const settings = { ClientId: 'c', UserPoolId: 'p', ClientName: 'n', ClientSecret: 's', CreationDate: 1, LastModifiedDate: 2, CallbackURLs: ['https://a'], ReadAttributes: ['email'], TokenValidityUnits: {}, EnableTokenRevocation: true };
  const input = registrationInput({ settings, poolId: 'p', redirectUri: 'http://localhost/own' });
  assert.deepEqual(input, {
    ClientId: 'c',
    UserPoolId: 'p',
    ClientName: 'n',
    CallbackURLs: ['https://a', 'http://localhost/own'],
    LogoutURLs: ['http://localhost/own'],
    ReadAttributes: ['email'],
    EnableTokenRevocation: true,
  });
});
