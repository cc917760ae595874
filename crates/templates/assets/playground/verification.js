// The steps by which an application verifies a token, each with what was compared.
//
// A step is { title, why, rows, isGood }; `isGood` is null when it was not reached or does not
// apply. Source: OpenID Connect Core 1.0, section 3.1.3.7; AWS page "Verifying JSON web tokens".

import { base64url, bytesOf, sha256 } from './encoding.js';
import { decode } from './jwt.js';
import { date, relative } from './time_words.js';

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

// `expected` is { use: 'id' | 'access', jwks, issuer, clientId, nonce, accessToken, now }; `now` in
// seconds. `nonce` is undefined where the sign-in sent none.
export async function verify(token, expected) {
  const steps = [];
  const step = (title, why, rows, isGood) => steps.push({ title, why, rows, isGood }) && isGood;

  let jwt;
  try {
    jwt = decode(token);
    step('Split the token', 'Header, payload and signature stand between two dots, each as base64url.',
      [['parts', '3'], ['signed text', `${jwt.parts.header.length + jwt.parts.payload.length + 1} characters`]], true);
  } catch (error) {
    step('Split the token', 'Header, payload and signature stand between two dots, each as base64url.', [['problem', error.message]], false);
    return steps;
  }

  const { alg, kid } = jwt.header;
  if (!step('Read the header', 'It must name the algorithm that you expect. Never let the token choose: “none” and HS256 are attacks.',
    [['alg', show(alg)], ['expected', 'RS256'], ['kid', show(kid)]], alg === 'RS256')) return steps;

  const keys = Array.isArray(expected.jwks?.keys) ? expected.jwks.keys : [];
  const jwk = keys.find((key) => key.kid === kid && key.kty === 'RSA');
  if (!step('Find the key', 'The JWKS of the issuer you trust lists public keys by kid. Cache it; fetch it again for a kid you do not know.',
    [['kid of the token', show(kid)], ['kids of the JWKS', keys.map((key) => show(key.kid)).join(', ') || 'none']], jwk !== undefined)) return steps;

  if (!(await checkSignature(jwt, jwk, step))) return steps;
  checkClaims(jwt.claims, expected, step);
  await checkBindings(jwt.claims, expected, step);
  return steps;
}

async function checkSignature(jwt, jwk, step) {
  let isGood = false;
  let result = 'does not fit';
  try {
    const { kty, n, e } = jwk;
    const key = await crypto.subtle.importKey('jwk', { kty, n, e, alg: 'RS256', ext: true }, RS256, false, ['verify']);
    isGood = await crypto.subtle.verify(RS256, key, jwt.signature, jwt.signedBytes);
    if (isGood) result = 'fits';
  } catch (error) {
    result = `cannot be checked: ${error.message || error.name}`;
  }
  return step('Verify the signature', 'RSA with SHA-256 over header.payload. One changed letter and it fails; nothing after this step is worth reading then.',
    [['signature', `${jwt.signature.length} bytes`], ['under this key it', result]], isGood);
}

function checkClaims(claims, { use, issuer, clientId, now }, step) {
  step('Compare iss', 'The issuer is your pool and no other: its keys were the ones you used.', [['token', show(claims.iss)], ['expected', issuer || 'not known: give the user pool id in step 1']], issuer ? claims.iss === issuer : null);
  const audience = use === 'id' ? 'aud' : 'client_id';
  step(`Compare ${audience}`, use === 'id'
    ? 'An ID token is for one app client: yours.'
    : 'A Cognito access token names its client in client_id; aud is there only when a resource was asked for.',
  [['token', show(claims[audience])], ['expected', show(clientId)]], claims[audience] === clientId);
  step('Compare token_use', 'Keeps an ID token from being taken for an access token, and the other way round.', [['token', show(claims.token_use)], ['expected', use]], claims.token_use === use);
  const isNumber = typeof claims.exp === 'number';
  step('Compare exp with the clock', 'The token ends here. Allow a few seconds for clocks that differ, not minutes.',
    [['token', isNumber ? `${claims.exp} (${date(claims.exp)}, ${relative(claims.exp, now)})` : show(claims.exp)], ['now', `${Math.floor(now)} (${date(Math.floor(now))})`]],
    isNumber && claims.exp > now);
}

async function checkBindings(claims, { use, nonce, accessToken }, step) {
  if (use !== 'id') return;
  const hasNonce = nonce !== undefined;
  step('Compare nonce', 'What this sign-in sent comes back inside the token: it was made for this sign-in.',
    [['token', show(claims.nonce)], ['sent', hasNonce ? show(nonce) : 'none']], hasNonce ? claims.nonce === nonce : null);
  const canHash = typeof claims.at_hash === 'string' && typeof accessToken === 'string';
  const hash = canHash ? base64url((await sha256(bytesOf(accessToken))).slice(0, 16)) : 'not computed';
  step('Compare at_hash', 'The left half of SHA-256 over the access token: both tokens came together.',
    [['token', show(claims.at_hash)], ['computed', hash]], canHash ? hash === claims.at_hash : null);
}

const show = (value) => (value === undefined ? 'absent' : typeof value === 'string' ? value : JSON.stringify(value));
