// What the server remembers of a browser. The browser itself has a cookie with the name of it, and never a
// token: scripts in the page cannot read what is not there.

import { randomBytes } from 'node:crypto';

import session from 'express-session';

export interface SignedIn {
  username: string;
  email: string;
  accessToken: string;
  refreshToken: string;
  // When the access token ends, in milliseconds of this machine's clock.
  expiresAt: number;
}

// What is remembered while the person is at the sign-in page.
export interface PendingSignIn {
  // Comes back with the code. A code without our state was asked for by somebody else: taking it would sign
  // this person in as another one.
  state: string;
  // Comes back inside the ID token, which shows that the token was made for this sign-in.
  nonce: string;
  // PKCE: the secret behind the hash that went to the sign-in page. A stolen code is worth nothing without it.
  codeVerifier: string;
}

// Cookies belong to a host with all of its ports: on localhost, names must tell the servers apart.
export const COOKIE = 'express-example';

declare module 'express-session' {
  interface SessionData {
    pending: PendingSignIn;
    signedIn: SignedIn;
  }
}

// Sessions are in this process's memory, and so is the key that their cookies are signed with. A server of
// several processes, or one that people shall not notice the restart of, takes a store such as Redis and a
// secret from its configuration.
export const sessions = session({
  name: COOKIE,
  secret: randomBytes(32).toString('hex'),
  resave: false,
  saveUninitialized: false,
  cookie: {
    httpOnly: true,
    // Sent when a link leads here, as from the sign-in page, but with no form of another site.
    sameSite: 'lax',
    // Over https only, wherever the server is reached by https.
    secure: 'auto',
    maxAge: 8 * 60 * 60 * 1000,
  },
});
