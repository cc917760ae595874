// Who is signed in, and by which tokens.

import { verifyIdToken } from '../oauth/idToken';
import type { User } from '../oauth/idToken';
import type { TokenAnswer } from '../oauth/tokenEndpoint';

export interface Session {
  user: User;
  accessToken: string;
  refreshToken: string;
  // When the access token ends, in milliseconds of this machine's clock. It is counted from `expires_in`,
  // and so right even where this clock and the server's differ.
  expiresAt: number;
}

// A token is renewed this long before it ends, so that none ends on its way to the API.
const RENEWED_EARLY = 5 * 60_000;

export function renewalTime(session: Session): number {
  return session.expiresAt - RENEWED_EARLY;
}

// Makes the session of a new sign-in.
export async function newSession(answer: TokenAnswer, nonce: string): Promise<Session> {
  if (answer.refresh_token === undefined) throw new Error('The server sent no refresh token.');
  const user = await verifyIdToken(answer.id_token, nonce);
  return withTokens(user, answer, answer.refresh_token);
}

// Makes the session that goes on with renewed tokens.
export async function renewedSession(before: Session, answer: TokenAnswer): Promise<Session> {
  const user = await verifyIdToken(answer.id_token, null);
  if (user.sub !== before.user.sub) throw new Error('The renewed tokens are those of another user.');
  // With rotation each renewal brings a new refresh token, and the one before is worth nothing.
  return withTokens(user, answer, answer.refresh_token ?? before.refreshToken);
}

function withTokens(user: User, answer: TokenAnswer, refreshToken: string): Session {
  const expiresAt = Date.now() + answer.expires_in * 1000;
  return { user, accessToken: answer.access_token, refreshToken, expiresAt };
}
