// What this tab has to remember while the person is at the sign-in page.

export interface PendingSignIn {
  // Comes back with the code. A code without our state was asked for by somebody else: taking it would
  // sign this person in as another one (RFC 6749, section 10.12).
  state: string;
  // Comes back inside the ID token, which shows that the token was made for this sign-in.
  nonce: string;
  // The secret behind the PKCE challenge.
  codeVerifier: string;
}

const KEY = 'code-grant.pending';

// The session storage belongs to this tab and survives the way to the sign-in page and back.
export function rememberPendingSignIn(pending: PendingSignIn): void {
  sessionStorage.setItem(KEY, JSON.stringify(pending));
}

// Gives it out once: whatever becomes of the answer, a second one does not find it.
export function takePendingSignIn(): PendingSignIn | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? null : (JSON.parse(text) as PendingSignIn);
}
