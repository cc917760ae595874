// The tokens, kept across a reload of the page.
//
// They are kept in the session storage: for this tab only, and gone when the tab is closed. What it costs: any
// script that runs in this page can read them, so a hole for foreign scripts (XSS) gives them away. An app
// that cannot take that risk keeps its tokens on a server; see the example `server-side`.

import type { Tokens } from '../cognito';

const KEY = 'custom-form.tokens';

export function loadTokens(): Tokens | null {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Tokens);
}

export function saveTokens(tokens: Tokens | null): void {
  if (tokens === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(tokens));
}
