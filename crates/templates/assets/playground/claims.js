// What the claims of Cognito's tokens say.

import { date, relative } from './time_words.js';

const CLAIMS = {
  sub: 'The user, for good: store this id, not the name or the address.',
  iss: 'The user pool that signed the token. Compare it; the JWKS is found below it.',
  aud: 'Whom the token is for: the app client (ID token), or the resource that was asked for (access token).',
  client_id: 'The app client that the access token was made for.',
  token_use: 'id or access. Check it, so that one is never taken for the other.',
  exp: 'When the token ends',
  iat: 'When the token was made',
  auth_time: 'When the user proved who they are; a refresh keeps it',
  jti: 'The id of this token.',
  origin_jti: 'The id of the sign-in that the token goes back to: revoking the refresh token ends all of it.',
  event_id: 'The id of the sign-in in logs and metrics.',
  nonce: 'What the sign-in sent as nonce. Compare it.',
  at_hash: 'The left half of a hash of the access token, which ties both together.',
  scope: 'What the access token opens, separated by spaces.',
  version: 'The version of the access token’s form.',
  username: 'The user’s name in the pool.',
  'cognito:username': 'The user’s name in the pool.',
  'cognito:groups': 'Groups of the user. Decide by these what the user may do.',
  'cognito:roles': 'Roles of the groups.',
  'cognito:preferred_role': 'The role of the group that comes first.',
  identities: 'Where a federated user comes from.',
  email: 'The user’s address.',
  email_verified: 'Whether the address was proven. Do not trust an address that was not.',
  phone_number: 'The user’s phone number.',
  phone_number_verified: 'Whether the number was proven.',
};

const DATES = ['exp', 'iat', 'auth_time'];

// Explains a claim, its date in words.
export function explainClaim(name, value, now) {
  const why = CLAIMS[name] ?? (name.startsWith('custom:') ? 'An attribute that the pool’s owner defined.' : 'An attribute of the user.');
  if (!DATES.includes(name)) return why;
  const words = date(value);
  return words === null ? `${why}.` : `${why}: ${words}, ${relative(value, now)}.`;
}
