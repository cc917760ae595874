import { base64url } from 'jose';

// 32 random bytes as 43 letters: nobody guesses it, and it may stand in an address as it is.
export function randomText(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

// PKCE (RFC 7636): the sign-in page sees only this hash of the verifier, the token endpoint then asks for
// the verifier itself. Whoever reads the code on its way, in a log or a history, cannot exchange it.
export async function challengeOf(codeVerifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return base64url.encode(new Uint8Array(hash));
}
