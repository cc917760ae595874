// The session, kept across a reload of the page.
//
// It is kept in the session storage: for this tab only, and gone when the tab is closed. What it costs: any
// script that runs in this page can read it, so a hole for foreign scripts (XSS) gives the tokens away. An
// app that cannot take that risk keeps its tokens on a server; see the example `server-side`.

import type { Session } from './session';

const KEY = 'code-grant.session';

export function loadSession(): Session | null {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Session);
}

export function saveSession(session: Session | null): void {
  if (session === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(session));
}
