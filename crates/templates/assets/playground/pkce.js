// What a sign-in begins with: values that only this tab knows.

import { base64url, bytesOf, sha256 } from './encoding.js';

const random = (length) => base64url(crypto.getRandomValues(new Uint8Array(length)));

// 43 characters, the fewest that RFC 7636 allows: 256 bits.
export const newVerifier = () => random(32);

export const newState = () => random(16);

export const newNonce = () => random(16);

// BASE64URL(SHA-256(verifier)).
export const challengeOf = async (verifier) => base64url(await sha256(bytesOf(verifier)));
