// A JSON Web Token taken apart. Nothing is believed here: see verification.js.

import { bytesOf, fromBase64url } from './encoding.js';

// Splits and decodes; throws with a sentence for what is no token.
export function decode(token) {
  const parts = token.split('.');
  if (parts.length !== 3) throw new Error(`A signed token has three parts between dots, this has ${parts.length}.`);
  const [header, payload, signature] = parts;
  return {
    parts: { header, payload, signature },
    header: object(header, 'header'),
    claims: object(payload, 'payload'),
    signedBytes: bytesOf(`${header}.${payload}`),
    signature: bytes(signature, 'signature'),
  };
}

function bytes(part, name) {
  try {
    return fromBase64url(part);
  } catch {
    throw new Error(`The ${name} is no base64url.`);
  }
}

function object(part, name) {
  let value;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(part, name)));
  } catch {
    throw new Error(`The ${name} is no JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`The ${name} is no JSON object.`);
  return value;
}
