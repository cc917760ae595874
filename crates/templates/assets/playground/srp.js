// The client's half of USER_SRP_AUTH, with every number on the way. The password never leaves it.
//
// Source: amazon-cognito-identity-js and pycognito, which agree; RFC 5054 for the letters.

import { base64, bytesOf, concat, fromBase64, fromHex, hexOf, hmacSha256, sha256 } from './encoding.js';
import { G, N } from './srp_group.js';

const INFO = 'Caldera Derived Key';

export function modPow(base, exponent, modulus) {
  let [result, power, rest] = [1n, ((base % modulus) + modulus) % modulus, exponent];
  while (rest > 0n) {
    if (rest & 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
    rest >>= 1n;
  }
  return result;
}

const number = (hex) => BigInt(`0x${hex || '0'}`);

// The bytes of a number as Java's BigInteger writes them: a zero byte first where the top bit is
// set, and no padding to the length of N.
export function paddedBytes(value) {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  else if ('89abcdef'.includes(hex[0])) hex = `00${hex}`;
  return fromHex(hex);
}

const hash = async (...parts) => number(hexOf(await sha256(concat(...parts))));

// Draws the secret a, of 1024 bits as Amplify does, and makes A of it.
export function newEphemeral() {
  const a = number(hexOf(crypto.getRandomValues(new Uint8Array(128))));
  return { a, A: modPow(G, a, N) };
}

// Answers a challenge; `challenge` is ChallengeParameters. Gives every value on the way.
export async function answerChallenge({ a, A, poolId, password, challenge, timestamp }) {
  const { SRP_B, SALT, SECRET_BLOCK, USER_ID_FOR_SRP: userId } = challenge;
  const poolName = poolId.slice(poolId.indexOf('_') + 1);
  const B = number(SRP_B);
  if (B % N === 0n) throw new Error('SRP_B is a multiple of N: the other side cheats.');
  const k = await hash(paddedBytes(N), paddedBytes(G));
  const u = await hash(paddedBytes(A), paddedBytes(B));
  if (u === 0n) throw new Error('u is zero: the other side cheats.');
  const identity = await sha256(bytesOf(`${poolName}${userId}:${password}`));
  const x = await hash(paddedBytes(number(SALT)), identity);
  const base = (((B - k * modPow(G, x, N)) % N) + N) % N;
  const S = modPow(base, a + u * x, N);
  const seed = await hmacSha256(paddedBytes(u), paddedBytes(S));
  const key = (await hmacSha256(seed, concat(bytesOf(INFO), new Uint8Array([1])))).slice(0, 16);
  const message = concat(bytesOf(poolName), bytesOf(userId), fromBase64(SECRET_BLOCK), bytesOf(timestamp));
  const signature = base64(await hmacSha256(key, message));
  return { k, u, x, S, key: hexOf(key), signature, timestamp, poolName, userId };
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// TIMESTAMP as the service reads it: English names, and a day without a zero before it.
export function srpTimestamp(seconds) {
  const at = new Date(seconds * 1000);
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()} ${time} UTC ${at.getUTCFullYear()}`;
}
